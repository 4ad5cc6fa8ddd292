"""How the settings of several runs differ: only what differs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from aegui.specs.differences import difference_rows
from aegui.ui.forms import Card, label, say_within
from aegui.ui.views.compare.compared import ComparedRun

_NAMES = 200
_SAME = "These runs have the same settings."


class CompareTable(Card):
    """A line for each setting that is not the same in all runs, a column for each run."""

    def __init__(self) -> None:
        super().__init__("What differs", "settings that are the same are left out")
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(4)
        self._cells: list[QLabel] = []
        self.body.addWidget(self._table)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_runs(self, runs: list[ComparedRun]) -> None:
        """Show how the settings of these runs differ."""
        for cell in self._cells:
            cell.hide()
            cell.deleteLater()
        self._cells = []
        rows = difference_rows([run.experiment for run in runs])
        if not rows:
            self._write(0, 0, _SAME, "muted")
            return
        for column, run in enumerate(runs, start=1):
            self._write(0, column, run.name, "")
            say_within(self._cells[-1], run.name, _NAMES)
        for line, (name, values) in enumerate(rows, start=1):
            self._write(line, 0, name, "muted")
            for column, value in enumerate(values, start=1):
                self._write(line, column, value, "")

    @property
    def texts(self) -> list[str]:
        """What the cells say, line by line."""
        return [cell.text() for cell in self._cells]

    def _write(self, line: int, column: int, text: str, role: str) -> None:
        cell = label(text, role)
        cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(cell, line, column)
        self._grid.setColumnStretch(column, 1 if column else 0)
        self._cells.append(cell)
