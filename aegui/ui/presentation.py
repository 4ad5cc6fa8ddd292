"""Presenting: what is shown, larger, and nothing beside it."""

from PySide6.QtWidgets import QApplication, QVBoxLayout

from aegui.ui.left_column import LeftColumn
from aegui.ui.runs.runs_column import RunsColumn
from aegui.ui.theme import ThemeSwitch

_SCALE = 1.5
_BAR_WIDTH = 700
_ANY_WIDTH = 16777215
"""Qt's QWIDGETSIZE_MAX, which PySide6 leaves out."""


class Presentation:
    """Folds the side columns away and enlarges the rest, or goes back; the run bar stays.

    Parameters
    ----------
    switch
        The theme, whose scale changes.
    column, runs
        What is folded away.
    middle
        Takes the run bar while somebody presents.
    """

    def __init__(
        self, switch: ThemeSwitch, column: LeftColumn, runs: RunsColumn, middle: QVBoxLayout
    ) -> None:
        self._switch = switch
        self._column = column
        self._runs = runs
        self._middle = middle
        self._is_on = False

    @property
    def is_on(self) -> bool:
        """Whether somebody presents."""
        return self._is_on

    def toggle(self) -> None:
        """Begin to present, or go back."""
        self._is_on = not self._is_on
        focus = QApplication.focusWidget()
        self._runs.setVisible(not self._is_on)
        self._column.setVisible(not self._is_on)
        self._move_run_bar()
        self._switch.enlarge(_SCALE if self._is_on else 1.0)
        if focus is not None and focus.isVisible():
            # A button of the run bar loses the keyboard as the bar moves.
            focus.setFocus()

    def _move_run_bar(self) -> None:
        run_bar = self._column.run_bar
        # As wide as the window, its buttons would be far from each other.
        run_bar.setMaximumWidth(_BAR_WIDTH if self._is_on else _ANY_WIDTH)
        if self._is_on:
            self._middle.addWidget(run_bar)
        else:
            self._column.take_run_bar_back()
        # Moved between parents, a widget is hidden.
        run_bar.show()
