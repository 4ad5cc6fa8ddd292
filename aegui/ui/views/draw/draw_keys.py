"""The keys of the Draw tab."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class Undoable(Protocol):
    """A canvas whose steps can be taken back."""

    def undo(self) -> None:
        """Take back the last step."""

    def redo(self) -> None:
        """Do again what was taken back."""

    def clear(self) -> None:
        """Take everything away."""


class DrawKeys:
    """Ties keys to the canvas that is drawn on, and Return to keeping what was drawn."""

    def __init__(
        self, view: QWidget, canvas: Callable[[], Undoable], keep: Callable[[], None]
    ) -> None:
        _tie(view, "Ctrl+Z", lambda: canvas().undo())
        _tie(view, "Ctrl+Shift+Z", lambda: canvas().redo())
        _tie(view, "Ctrl+Y", lambda: canvas().redo())
        _tie(view, "Delete", lambda: canvas().clear())
        self._keep = [_tie(view, key, keep) for key in ("Return", "Enter")]
        self.let_keep(False)

    def let_keep(self, is_on: bool) -> None:
        """Take Return for keeping what was drawn, or leave it to the buttons."""
        for shortcut in self._keep:
            shortcut.setEnabled(is_on)


def _tie(view: QWidget, keys: str, action: Callable[[], None]) -> QShortcut:
    shortcut = QShortcut(QKeySequence(keys), view)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(action)
    return shortcut
