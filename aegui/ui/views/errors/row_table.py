"""Test rows as a table: number, class and error; sorted by NumPy, drawn only where in view."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from aegui.analysis.error_ranks import Column, sort_rows
from aegui.data import Dataset
from aegui.records import FloatArray, IndexArray
from aegui.ui.handing.export import Table, install_export_menu, picture_of
from aegui.ui.theme import Theme
from aegui.ui.views.row_words import name_of
from aegui.ui.views.text import error_decimals

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_HEIGHT = 26
_LEAST_WIDTH, _NAMED_WIDTH = 180, 280
# A name that is cut off is whole in the tip.
_SAID = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractTableModel):
    """Some test rows of a dataset in an order; a hundred thousand of them sort in some 10 ms."""

    def __init__(self) -> None:
        super().__init__()
        self._ascending: IndexArray = np.empty(0, dtype=np.intp)
        self._errors: FloatArray = np.empty(0, dtype=np.float32)
        self._decimals = 2
        self._dataset: Dataset | None = None
        self._column: Column = "error"
        self._descending = True
        self.rows: IndexArray = self._ascending

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns there are: rows without classes have no label."""
        labelled = self._dataset is not None and self._dataset.test_labels is not None
        return ("row", "label", "error") if labelled else ("row", "error")

    def start(self, dataset: Dataset) -> None:
        """Begin with other data, of which no row is chosen yet."""
        self.beginResetModel()
        self._dataset, self._column, self._descending = dataset, "error", True
        self._ascending = self.rows = np.empty(0, dtype=np.intp)
        self.endResetModel()

    def show_rows(self, ascending: IndexArray, errors: FloatArray) -> None:
        """Show rows, given by rising error; ``errors`` are those of all test rows."""
        self.beginResetModel()
        self._ascending, self._errors = ascending, errors
        self._decimals = error_decimals(errors, figures=4)
        self._order()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        if 0 <= column < len(self.columns):
            self.layoutAboutToBeChanged.emit()
            self._column = self.columns[column]
            self._descending = order is Qt.SortOrder.DescendingOrder
            self._order()
            self.layoutChanged.emit()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            noun = "class" if self._dataset is None else self._dataset.class_noun
            names = {"row": "Row", "label": noun.capitalize(), "error": "Error"}
            return names[self.columns[section]]
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role not in _SAID or not index.isValid():
            return None
        if role == Qt.ItemDataRole.ToolTipRole and not self.is_named:
            return None
        row, column = int(self.rows[index.row()]), self.columns[index.column()]
        if column == "error":
            return f"{self._errors[row]:.{self._decimals}f}"
        if self._dataset is None:
            return None
        if column == "row":
            return name_of(self._dataset, row)
        return self._dataset.class_name(self._label(row))

    def table(self) -> Table:
        """Return the rows as they are sorted, for a file: numbers in full."""
        return row_table(self.rows, self._errors, self._dataset)

    @property
    def is_named(self) -> bool:
        """Whether rows or classes have names of their file, which may be long."""
        dataset = self._dataset
        return dataset is not None and (dataset.test_names is not None or bool(dataset.class_names))

    def _label(self, row: int) -> int:
        labels = None if self._dataset is None else self._dataset.test_labels
        return -1 if labels is None else int(labels[row])

    def _order(self) -> None:
        labels = None if self._dataset is None else self._dataset.test_labels
        self.rows = sort_rows(self._ascending, self._column, labels, descending=self._descending)


class RowTable(QTableView):
    """A line for each row; a heading sorts. It tells of the line that a person went to."""

    row_pointed = Signal(int)
    """The person went to this line, counted from the top."""
    sorted = Signal()
    """The lines stand in another order."""

    def __init__(self) -> None:
        super().__init__()
        self._model = RowModel()
        self.setModel(self._model)
        self.setAccessibleName("Test rows")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        # Where a column is sorted by, an arrow stands at the right.
        header.setStyleSheet("QHeaderView::section { padding-right: 22px; }")
        self.verticalHeader().hide()
        # Heights that followed their content would be asked of every row.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSortingEnabled(True)
        # What tells ids from each other is mostly at their end.
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setMinimumSize(_LEAST_WIDTH, 90)
        install_export_menu(self, "errors", image=lambda: picture_of(self), table=self._model.table)
        header.sortIndicatorChanged.connect(self._tell_sorted)
        self.selectionModel().currentRowChanged.connect(self._tell_row)

    @property
    def rows(self) -> IndexArray:
        """The numbers of the rows from top to bottom."""
        return self._model.rows

    def set_theme(self, theme: Theme) -> None:
        """Take the scale of ``theme``."""
        self.verticalHeader().setDefaultSectionSize(theme.px(_HEIGHT))

    def start(self, dataset: Dataset) -> None:
        """Begin with other data: the greatest errors will be at the top."""
        self._model.start(dataset)
        self.setMinimumWidth(_NAMED_WIDTH if self._model.is_named else _LEAST_WIDTH)
        self.sortByColumn(len(self._model.columns) - 1, Qt.SortOrder.DescendingOrder)

    def show_rows(self, ascending: IndexArray, errors: FloatArray) -> None:
        """Show rows, given by rising error; what is in view and its order stay as they are."""
        place = self.verticalScrollBar().value()
        self._model.show_rows(ascending, errors)
        self.verticalScrollBar().setValue(place)

    @Slot()
    def _tell_sorted(self) -> None:
        self.sorted.emit()

    @Slot(QModelIndex)
    def _tell_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_pointed.emit(index.row())


def row_table(
    rows: IndexArray,
    errors: FloatArray,
    dataset: Dataset | None,
    threshold: float | None = None,
) -> Table:
    """Return test rows for a file: number, id and class if there are any, error, a threshold.

    Numbers are those of the file that the rows are from, counted from 1, else from 0.
    """
    columns: dict[str, list[Any]] = {"row": rows.tolist()}
    if dataset is not None:
        columns["row"] = [dataset.row_number(row) for row in rows.tolist()]
        if dataset.test_names is not None:
            columns["id"] = [dataset.test_names[row] for row in rows.tolist()]
        if dataset.test_labels is not None:
            labels = dataset.test_labels[rows].tolist()
            columns["label"] = [
                dataset.class_name(label) if dataset.class_names else label for label in labels
            ]
    # As the shortest decimal that gives the same number back.
    columns["error"] = [float(str(error)) for error in errors[rows]]
    if threshold is not None:
        columns["threshold"] = [threshold] * len(rows)
    return tuple(columns), list(zip(*columns.values(), strict=True))
