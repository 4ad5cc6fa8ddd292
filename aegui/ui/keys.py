"""The window's keys: a table, and how they are tied to what they do."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

# Key, what it does in words, the name of the action.
_SHORTCUTS = (
    ("Ctrl+Return", "Train", "train"),
    ("Ctrl+1", "Train tab", "show_train"),
    ("Ctrl+2", "Gallery tab", "show_gallery"),
    ("Ctrl+3", "Latent tab", "show_latent"),
    ("Ctrl+4", "Draw tab", "show_draw"),
    ("Ctrl+5", "Errors tab", "show_errors"),
    ("Ctrl+6", "Sweep tab", "show_sweep"),
    ("Ctrl+7", "Compare tab", "show_compare"),
    ("Ctrl+O", "Open data of your own", "open_data"),
    ("Ctrl+L", "Library of all runs", "open_library"),
    ("Ctrl+8", "Lesson tab", "show_lesson"),
    ("Ctrl+Left", "Previous lesson", "previous_lesson"),
    ("Ctrl+Right", "Next lesson", "next_lesson"),
    ("Ctrl+Home", "First page", "show_start"),
    ("Ctrl+T", "Light or dark", "toggle_theme"),
    ("Esc", "Stop the run", "stop"),
    ("F11", "Present: larger, without the side columns", "present"),
    ("F1", "This help", "show_help"),
)
# These reach the window only when no field, button or drawing makes use of them.
_PLAIN = {
    Qt.Key.Key_Space: ("Space", "Train, pause or resume", "press_train"),
    Qt.Key.Key_S: ("S", "Step: train one epoch, then wait", "press_step"),
    Qt.Key.Key_R: ("R", "Start over with fresh weights", "start_over"),
}
_ELSEWHERE = {
    "Ctrl+Z, Ctrl+Shift+Z": "Undo and redo a stroke",
    "Delete": "Clear the drawing; in the lists of runs: delete the run",
    "F2": "In the lists of runs: rename the run",
    "← →": "In the loss plot: look at earlier epochs; in the Errors tab: choose bars",
    "Arrows, + −, Enter, Esc": "On the latent map: point, zoom, pin, take the pins away",
    "Page Up, Page Down": "In the Errors tab: turn pages of rows",
    "D": "Draw on the digit pointed at",
    "Ctrl and drag": "On the latent map: take the nearest digit to the Draw tab",
    "Return": "In “Draw 0 to 9”: keep the digit and go on",
}

Action = Callable[[], None]


class Keys:
    """Ties the table to actions by name; every name must have one."""

    def __init__(self, window: QWidget, actions: Mapping[str, Action]) -> None:
        self._plain = {key: actions[name] for key, (_, _, name) in _PLAIN.items()}
        for key, _, name in _SHORTCUTS:
            QShortcut(QKeySequence(key), window).activated.connect(actions[name])

    def press(self, event: QKeyEvent) -> bool:
        """Do what a plain key stands for; return whether it stands for anything."""
        action = self._plain.get(Qt.Key(event.key()))
        if action is None or event.isAutoRepeat() or event.modifiers():
            return False
        action()
        return True


def keys_in_words() -> dict[str, str]:
    """Return all keys with what they do, for the help."""
    tables = [*((key, words) for key, words, _ in _PLAIN.values())]
    tables += [(key, words) for key, words, _ in _SHORTCUTS]
    return dict(tables) | _ELSEWHERE
