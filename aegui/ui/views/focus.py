"""Where the keyboard is, in views that the style sheet does not reach."""

from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractScrollArea


def draw_focus_frame(view: QAbstractScrollArea, colour: str) -> None:
    """Draw a thin frame inside a view that has the keyboard; for the end of a paint event."""
    if view.hasFocus():
        painter = QPainter(view.viewport())
        painter.setPen(QColor(colour))
        painter.drawRect(view.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()
