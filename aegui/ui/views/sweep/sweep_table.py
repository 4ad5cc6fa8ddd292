"""A sweep's trials as a table that sorts by any column."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from aegui.control import RunState
from aegui.records import TrialOutcome
from aegui.sentences import capitalised
from aegui.specs import SweepSpec
from aegui.specs.differences import setting_name, setting_value
from aegui.sweeps import MEASURES
from aegui.ui.handing.export import Table, install_export_menu, picture_of
from aegui.ui.theme import Theme

_FOLDER = Qt.ItemDataRole.UserRole
_SORT = Qt.ItemDataRole.UserRole + 1
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROW = 26


class _Cell(QTableWidgetItem):
    """A cell that sorts by its value, numbers before words, whatever it says."""

    def __init__(self, value: object, text: str) -> None:
        super().__init__(text)
        self.setData(_SORT, value)
        self.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.setTextAlignment(_RIGHT)

    def __lt__(self, other: QTableWidgetItem) -> bool:
        return _order(self.data(_SORT)) < _order(other.data(_SORT))


def _order(value: object) -> tuple[int, float, str]:
    if isinstance(value, (int, float)):
        return 0, float(value), ""
    return (2, 0.0, "") if value is None else (1, 0.0, str(value))


class SweepTable(QTableWidget):
    """A row for each trial; pressing a row opens its run."""

    run_chosen = Signal(Path)

    def __init__(self) -> None:
        super().__init__(0, 0)
        self._headers: tuple[str, ...] = ()
        self._fields: tuple[str, ...] = ()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setSortingEnabled(True)
        self.setAccessibleName("Trials")
        self.setToolTip("Click a row to open its run; click a heading to sort")
        self.verticalHeader().hide()
        # Shared out evenly, columns would cut off their own headings and figures.
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(_RIGHT)
        self.setMinimumHeight(90)
        install_export_menu(
            self, "sweep-trials", image=lambda: picture_of(self), table=self.numbers
        )
        self.cellClicked.connect(self._choose)
        self.cellActivated.connect(self._choose)

    def set_theme(self, theme: Theme) -> None:
        """Take the scale of ``theme``."""
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))

    def start(self, spec: SweepSpec) -> None:
        """Begin a sweep: its columns, and no rows yet."""
        self._fields = tuple(axis.field for axis in spec.axes)
        settings = tuple(capitalised(setting_name(field)) for field in self._fields)
        self._headers = (*settings, "Seed", *(measure.short for measure in MEASURES), "State")
        self.setRowCount(0)
        self.setColumnCount(len(self._headers))
        self.setHorizontalHeaderLabels(self._headers)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def add_outcome(self, outcome: TrialOutcome) -> None:
        """Add a trial."""
        # Sorted while it is filled, a row would move away under its next cells.
        self.setSortingEnabled(False)
        row = self.rowCount()
        self.insertRow(row)
        for column, (value, text) in enumerate(self._cells(outcome)):
            cell = _Cell(value, text)
            cell.setData(_FOLDER, outcome.folder)
            self.setItem(row, column, cell)
        self.setSortingEnabled(True)

    def numbers(self) -> Table:
        """Return the table as it is sorted, for a file: numbers in full."""
        rows = [
            ["" if (value := self._value(row, column)) is None else value
             for column in range(self.columnCount())]
            for row in range(self.rowCount())
        ]  # fmt: skip
        return self._headers, rows

    def _cells(self, outcome: TrialOutcome) -> list[tuple[object, str]]:
        has_failed = outcome.summary.status is RunState.FAILED
        settings = [(value, setting_value(value)) for value in outcome.settings.values()]
        figures = [measure.of(outcome) for measure in MEASURES]
        return [
            *settings,
            (outcome.seed, str(outcome.seed)),
            *((figure, "–" if figure is None else f"{figure:.4g}") for figure in figures[:-1]),
            (figures[-1], f"{outcome.seconds:.2f}"),
            (has_failed, "loss not finite" if has_failed else "finished"),
        ]

    def _value(self, row: int, column: int) -> object:
        item = self.item(row, column)
        value = None if item is None else item.data(_SORT)
        return (item.text() if item else "") if isinstance(value, bool) else value

    @Slot(int, int)
    def _choose(self, row: int, _column: int) -> None:
        item = self.item(row, 0)
        folder = None if item is None else item.data(_FOLDER)
        if isinstance(folder, Path):
            self.run_chosen.emit(folder)
