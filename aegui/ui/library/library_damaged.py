"""The folders of runs that cannot be read, in the library's window."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from aegui.runs import DamagedRun
from aegui.ui.forms import label
from aegui.ui.runs.card_words import size_in_words

_COLUMNS = ("Folder", "Why", "Size")
_WIDTH, _LINES, _LINE = 320, 3, 30


class DamagedRuns(QWidget):
    """A heading and a table of folders with what is wrong with each; not there without any."""

    selection_changed = Signal()
    delete_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heading = label("", "muted")
        self.table = _Table(0, len(_COLUMNS))
        self._runs: tuple[DamagedRun, ...] = ()
        self._set_up_table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._heading)
        layout.addWidget(self.table)
        self.hide()

        self.table.itemSelectionChanged.connect(self.selection_changed)
        self.table.delete_requested.connect(self.delete_requested)

    def show_runs(self, runs: Sequence[DamagedRun]) -> None:
        """Show these folders; while they are the same ones, what is selected stays so."""
        if tuple(runs) != self._runs:
            self._runs = tuple(runs)
            self.table.setRowCount(len(runs))
            for row, run in enumerate(runs):
                # The folder stands beside it: files in it need not repeat it.
                why = str(run.error).replace(f"{run.folder}{os.sep}", "")
                words = (str(run.folder), why, size_in_words(run.size))
                for column, text in enumerate(words):
                    item = QTableWidgetItem(text)
                    item.setToolTip(text)
                    self.table.setItem(row, column, item)
        count = len(runs)
        self._heading.setText(
            "One folder cannot be read as a run; it is as it was found."
            if count == 1
            else f"{count} folders cannot be read as runs; they are as they were found."
        )
        self.table.setFixedHeight(
            self.table.horizontalHeader().sizeHint().height() + min(count, _LINES) * _LINE + 4
        )
        self.setVisible(bool(runs))

    def selected(self) -> list[Path]:
        """Return the folders that are selected."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        return [self._runs[row].folder for row in rows]

    def _set_up_table(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(_COLUMNS)
        table.setAccessibleName("Folders that cannot be read")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        # The end of a path tells more than its beginning.
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_LINE)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(_COLUMNS.index("Why"), QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, _WIDTH)


class _Table(QTableWidget):
    """A table in which Delete deletes."""

    delete_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key that means something for a folder."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit()
        else:
            super().keyPressEvent(event)
