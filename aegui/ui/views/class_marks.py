"""How the dots of a class look: a hue and a shape, so that colour is not the only cue."""

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap, QTransform

from aegui.ui.theme import Theme
from aegui.ui.views.lesson.figure_colours import tone_colour

_SHAPES = ("o", "s", "t", "d", "+", "x", "t1", "star", "h", "p")
UNLABELLED = -1


def class_colour(theme: Theme, number: int) -> QColor:
    """Return the hue of a class; rows without one have the accent."""
    return QColor(theme.link) if number == UNLABELLED else tone_colour(theme, f"class {number}")


def class_shape(number: int, size: float) -> QPainterPath:
    """Return the shape of a class around (0, 0), ``size`` pixels wide."""
    # As many hues as shapes: the next round has other pairs.
    turned = number + number // len(_SHAPES)
    name = "o" if number == UNLABELLED else _SHAPES[turned % len(_SHAPES)]
    return QTransform.fromScale(size, size).map(Symbols[name])


def draw_mark(painter: QPainter, area: QRectF, theme: Theme, number: int, size: float) -> None:
    """Draw the mark of a class in the middle of an area."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(class_colour(theme, number))
    painter.drawPath(class_shape(number, size).translated(area.center()))


def mark_sheet(theme: Theme, numbers: list[int], size: float, ratio: float) -> QPixmap:
    """Return the marks of classes side by side, each in a square of ``mark_side`` pixels."""
    side = mark_side(size, ratio)
    sheet = QPixmap(max(side * len(numbers), 1), side)
    sheet.fill(Qt.GlobalColor.transparent)
    painter = QPainter(sheet)
    for place, number in enumerate(numbers):
        draw_mark(painter, QRectF(place * side, 0, side, side), theme, number, size * ratio)
    painter.end()
    return sheet


def mark_side(size: float, ratio: float) -> int:
    """Return the pixels of the screen that a mark of a size takes each way, with its edge."""
    return round(size * ratio) + 3
