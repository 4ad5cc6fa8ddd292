"""Type and numbers as the views write them."""

import math

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from aegui.ui.theme import Theme

_SMALL = 12
_FEW_LETTERS = 2


def small_font(theme: Theme) -> QFont:
    """Return the application's typeface, small, with figures of equal width."""
    font = QFont(QApplication.font())
    font.setPixelSize(theme.px(_SMALL))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def fitting(text: str, font: QFont, width: float) -> str:
    """Return a text, its end cut off with an ellipsis where it is wider than ``width`` pixels."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


def beside_name(name: str, number: str, font: QFont, width: float) -> str:
    """Return ``name · number`` in ``width`` pixels: a name gives way, and a number never does.

    A few letters are not cut.
    """
    told = f" · {number}"
    if len(name) <= _FEW_LETTERS or fitting(name + told, font, width) == name + told:
        return name + told
    room = width - QFontMetricsF(font).horizontalAdvance(told)
    short = fitting(name, font, room)
    return short + told if len(short) > _FEW_LETTERS else number


def grouped(number: int) -> str:
    """Write a whole number in groups of three figures that do not break: ``10 000``."""
    return f"{number:,}".replace(",", "\u00a0")


def loss_text(value: float | None) -> str:
    """Write a loss with four decimals, or three figures where these say nothing."""
    if value is None or not math.isfinite(value):
        return "–"
    return f"{value:.4f}" if 0.001 <= abs(value) < 1000 else f"{value:.3g}"


def error_decimals(errors: ArrayLike, figures: int = 3) -> int:
    """Return how many decimals errors, (rows,), are written with.

    Where most are less than 1, the median has ``figures`` figures; greater ones have two decimals
    less than that. Errors that are not finite are passed over.
    """
    values = np.asarray(errors, np.float64).ravel()
    values = values[np.isfinite(values)]
    median = float(np.median(values)) if len(values) else 1.0
    if not 0 < median < 1:
        return figures - 2
    return figures - 1 - math.floor(math.log10(median))


def error_text(error: float, among: ArrayLike, figures: int = 3) -> str:
    """Write an error as those ``among`` which it stands are written: ``25.8``, ``0.0314``."""
    return f"{error:.{error_decimals(among, figures)}f}"


def error_texts(errors: ArrayLike, among: ArrayLike, figures: int = 3) -> list[str]:
    """Write several errors as ``error_text`` does."""
    decimals = error_decimals(among, figures)
    return [f"{error:.{decimals}f}" for error in np.asarray(errors).tolist()]


def epoch_text(position: float) -> str:
    """Write a position on the axis of epochs: ``epoch 3``, or ``epoch 3, 40 %`` inside of it."""
    epoch = math.ceil(position)
    if epoch == position:
        return f"epoch {epoch}"
    share = min(max(round(100 * (position - epoch + 1)), 1), 99)
    return f"epoch {epoch}, {share}\u00a0%"
