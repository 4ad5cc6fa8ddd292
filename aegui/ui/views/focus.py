"""Where the keyboard is, in views that the style sheet does not reach."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractScrollArea


def is_escape(event: QEvent) -> bool:
    """Tell whether an event asks if a view wants Escape for itself, before a shortcut takes it."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_Escape
    )


def draw_focus_frame(view: QAbstractScrollArea, colour: str, left: int = 0) -> None:
    """Draw a thin frame inside a view that has the keyboard; for the end of a paint event.

    ``left`` pixels at the left edge stay outside it.
    """
    if view.hasFocus():
        painter = QPainter(view.viewport())
        painter.setPen(QColor(colour))
        painter.drawRect(view.viewport().rect().adjusted(left, 0, -1, -1))
        painter.end()
