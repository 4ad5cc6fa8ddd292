"""Type and numbers as the views write them."""

import math

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

SMALL = 12


def small_font(pixels: int = SMALL) -> QFont:
    """Return the application's typeface at a size in pixels, with figures of equal width."""
    font = QFont(QApplication.font())
    font.setPixelSize(pixels)
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
