"""Type and numbers as the views write them."""

import math

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from aegui.ui.theme import Theme

_SMALL = 12


def small_font(theme: Theme) -> QFont:
    """Return the application's typeface, small, with figures of equal width."""
    font = QFont(QApplication.font())
    font.setPixelSize(theme.px(_SMALL))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def grouped(number: int) -> str:
    """Write a whole number in groups of three figures that do not break: ``10 000``."""
    return f"{number:,}".replace(",", "\u00a0")


def loss_text(value: float | None) -> str:
    """Write a loss with four decimals, or three figures where these say nothing."""
    if value is None or not math.isfinite(value):
        return "–"
    return f"{value:.4f}" if 0.001 <= abs(value) < 1000 else f"{value:.3g}"


def epoch_text(position: float) -> str:
    """Write a position on the axis of epochs: ``epoch 3``, or ``epoch 3, 40 %`` inside of it."""
    epoch = math.ceil(position)
    if epoch == position:
        return f"epoch {epoch}"
    share = min(max(round(100 * (position - epoch + 1)), 1), 99)
    return f"epoch {epoch}, {share}\u00a0%"
