"""The first rows of a file as a table of texts."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class FirstRows(QAbstractTableModel):
    """Rows as they stand in the file, below the names of its columns; a gap is a missing value."""

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []
        self._rows: list[list[str]] = []

    def show_rows(self, names: list[str], rows: list[list[str]]) -> None:
        """Take other rows."""
        self.beginResetModel()
        self._names, self._rows = names, rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._names)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = int(Role.DisplayRole)
    ) -> Any:
        """Return a column's name, or a row's number."""
        if role not in (Role.DisplayRole, Role.ToolTipRole):
            return None
        return self._names[section] if orientation is Qt.Orientation.Horizontal else section + 1

    def data(self, index: Index, role: int = int(Role.DisplayRole)) -> Any:
        """Return a value as a text."""
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self._rows[index.row()][index.column()]
        return None
