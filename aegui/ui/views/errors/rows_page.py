"""Rows of errors: as tiles, a page at a time, and beside them as a table."""

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter

from aegui.data import Dataset
from aegui.records import FloatArray, IndexArray
from aegui.ui.theme import Theme
from aegui.ui.views.errors.row_pages import RowPages
from aegui.ui.views.errors.row_table import RowTable


class RowsPage(QSplitter):
    """``pages`` shows the rows in the order that ``table`` has; a line of it turns to its tile."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._errors: FloatArray = np.empty(0, dtype=np.float32)
        self.pages, self.table = RowPages("rows"), RowTable()
        self.setChildrenCollapsible(False)
        self.setHandleWidth(12)
        for part, share in ((self.pages, 3), (self.table, 2)):
            self.addWidget(part)
            self.setStretchFactor(self.count() - 1, share)
        self.setSizes([600, 300])
        self.table.sorted.connect(self._follow_order)
        self.table.row_pointed.connect(self.pages.go_to)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self.pages.set_theme(theme)
        self.table.set_theme(theme)

    def start(self, dataset: Dataset) -> None:
        """Begin with other data: no rows yet."""
        self._errors = np.empty(0, dtype=np.float32)
        self.pages.start(dataset)
        self.table.start(dataset)

    def show_rows(self, ascending: IndexArray, errors: FloatArray, *, keep_page: bool) -> None:
        """Show rows, given by rising error; ``errors`` are those of all test rows.

        With ``keep_page`` the page stays the one that it was, if there still is one.
        """
        self._errors = errors
        self.table.show_rows(ascending, errors)
        self.pages.show_rows(self.table.rows, errors, keep_page=keep_page)

    @Slot()
    def _follow_order(self) -> None:
        self.pages.show_rows(self.table.rows, self._errors)
