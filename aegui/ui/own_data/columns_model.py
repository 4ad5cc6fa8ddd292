"""A file's columns as a table: what each holds, and whether it is learned."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from aegui.data.files import ColumnReport

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

TITLES = ("Learn", "Missing", "Values", "To know")
_NAME, _MISSING, _VALUES, _NOTE = range(len(TITLES))


class ColumnsModel(QAbstractTableModel):
    """A line for each column; its tick says that the column is to be learned."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._columns: tuple[ColumnReport, ...] = ()
        self._ticked: set[str] = set()

    def show_columns(self, columns: tuple[ColumnReport, ...], ticked: Collection[str]) -> None:
        """Take a file's columns, and the names of those to learn, without telling of a change."""
        if columns != self._columns:
            self.beginResetModel()
            self._columns, self._ticked = columns, set(ticked)
            self.endResetModel()
        else:
            self._ticked = set(ticked)
            self._tell()

    @property
    def has_texts(self) -> bool:
        """Whether a column of texts is to be learned."""
        return any(c.kind == "text" for c in self._columns if c.name in self._ticked)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The names of the columns to learn, in the file's order."""
        return tuple(column.name for column in self._columns if column.name in self._ticked)

    def tick_all(self, *, is_ticked: bool) -> None:
        """Learn every column that can be, or none."""
        able = {column.name for column in self._columns if column.kind != "other"}
        self._ticked = able if is_ticked else set()
        self._tell()
        self.edited.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Return the number of columns of the file."""
        return 0 if parent.isValid() else len(self._columns)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Return how much is told of each."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = int(Role.DisplayRole)
    ) -> Any:
        """Return what is told below."""
        if role == Role.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return TITLES[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the first cell of a column that can be learned be ticked."""
        flags = super().flags(index)
        if index.column() == _NAME and self._columns[index.row()].kind != "other":
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = int(Role.DisplayRole)) -> Any:
        """Return a cell's words, and the tick of the first."""
        column = self._columns[index.row()]
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return (column.name, _missing(column), _values(column), _note(column))[index.column()]
        if role == Role.CheckStateRole and index.column() == _NAME and column.kind != "other":
            is_ticked = column.name in self._ticked
            return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = int(Role.EditRole)) -> bool:  # noqa: N802
        """Take a tick."""
        if role != Role.CheckStateRole or index.column() != _NAME:
            return False
        name = self._columns[index.row()].name
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(name)
        else:
            self._ticked.discard(name)
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def _tell(self) -> None:
        last = self.index(self.rowCount() - 1, len(TITLES) - 1)
        self.dataChanged.emit(self.index(0, 0), last)


def _missing(column: ColumnReport) -> str:
    return str(column.missing) if column.missing else ""


def _values(column: ColumnReport) -> str:
    if column.kind == "text":
        return f"{column.texts} {'text' if column.distinct == 1 else 'texts'}, one-hot"
    if column.low is None or column.high is None:
        return ""
    return f"{column.low:.6g} to {column.high:.6g}"


def _note(column: ColumnReport) -> str:
    notes = [column.note] if column.note else []
    if column.is_constant and column.kind != "other":
        notes.append("all the same")
    if column.infinite:
        notes.append(f"{column.infinite} infinite, which count as missing")
    return "; ".join(notes)
