"""Columns of a row, each value beside what a model made of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from aegui.ui.forms import label, say_within
from aegui.ui.views.readout import MOST_READINGS, Reading

_WIDEST = 190
_HEADINGS = ("Greatest errors", "x", "x̂")


class ReadoutTable(QWidget):
    """Hidden while there is nothing to read."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(2)
        for column, heading in enumerate(_HEADINGS):
            self._put(label(heading, "muted"), 0, column)
        self._lines = [[label(), label(), label()] for _ in range(MOST_READINGS)]
        for line, cells in enumerate(self._lines, start=1):
            for column, cell in enumerate(cells):
                self._put(cell, line, column)
        self.hide()

    @property
    def words(self) -> list[tuple[str, str, str]]:
        """Names, values and what was made of them, from top to bottom."""
        shown = [cells for cells in self._lines if not cells[0].isHidden()]
        return [(name.toolTip(), x.text(), made.text()) for name, x, made in shown]

    def show_readings(self, readings: Sequence[Reading]) -> None:
        """Show these, or nothing when there are none."""
        self.setVisible(bool(readings))
        for place, (name, original, made) in enumerate(self._lines):
            is_there = place < len(readings)
            for cell in (name, original, made):
                cell.setVisible(is_there)
            if is_there:
                say_within(name, readings[place].name, _WIDEST)
                original.setText(readings[place].original)
                made.setText(readings[place].made)

    def _put(self, cell: QLabel, line: int, column: int) -> None:
        if column:
            cell.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(cell, line, column)
