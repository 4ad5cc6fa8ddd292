"""All runs as a table."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from aegui.runs import RunCard
from aegui.ui.library.library_columns import COLUMNS, NAME, NOTE, Column
from aegui.ui.theme import DARK, Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

SORT = int(Role.UserRole)


class LibraryModel(QAbstractTableModel):
    """A line for each run; names and notes are edited in place, the first column ticks."""

    renamed = Signal(Path, str)
    annotated = Signal(Path, str)
    tick_changed = Signal(Path, bool)

    def __init__(self) -> None:
        super().__init__()
        self._cards: tuple[RunCard, ...] = ()
        self._ticked: frozenset[Path] = frozenset()
        self._hues: Mapping[Path, int] = {}
        self._theme = DARK

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._tell_all()

    def show_runs(self, cards: Sequence[RunCard]) -> None:
        """Show these runs; while they are the same ones, what is selected stays so."""
        cards = tuple(cards)
        if [card.folder for card in cards] == [card.folder for card in self._cards]:
            self._cards = cards
            self._tell_all()
            return
        self.beginResetModel()
        self._cards = cards
        self.endResetModel()

    def show_ticks(self, ticked: Sequence[Path], hues: Mapping[Path, int]) -> None:
        """Tick the runs of the comparison."""
        self._ticked, self._hues = frozenset(ticked), hues
        self._tell_all()

    def card(self, row: int) -> RunCard:
        """Return the run of a line."""
        return self._cards[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Return the number of runs."""
        return 0 if parent.isValid() else len(self._cards)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = int(Role.DisplayRole)
    ) -> Any:
        """Return a column's title and what it means."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Role.DisplayRole:
            return column.title
        if role == Role.ToolTipRole:
            return column.tip or None
        if role == Role.TextAlignmentRole:
            return _alignment(column)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let names and notes be edited, and finished runs be ticked."""
        flags = super().flags(index)
        title = COLUMNS[index.column()].title
        if title in (NAME, NOTE):
            flags |= Qt.ItemFlag.ItemIsEditable
        if title == NAME and self._cards[index.row()].summary is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = int(Role.DisplayRole)) -> Any:
        """Return what a cell says, is sorted by, is edited as, or how it looks."""
        card, column = self._cards[index.row()], COLUMNS[index.column()]
        if role == Role.CheckStateRole:
            return self._check_state(card, column)
        readers: dict[int, Callable[[], Any]] = {
            int(Role.DisplayRole): lambda: column.words(card),
            SORT: lambda: column.value(card),
            int(Role.EditRole): lambda: _edited(card, column),
            int(Role.ToolTipRole): lambda: _tip(card, column),
            int(Role.TextAlignmentRole): lambda: _alignment(column),
            int(Role.DecorationRole): lambda: self._hue(card) if column.title == NAME else None,
        }
        read = readers.get(role)
        return None if read is None else read()

    def setData(self, index: Index, value: Any, role: int = int(Role.EditRole)) -> bool:  # noqa: N802
        """Wish for a name, a note or a tick; what is shown follows when it is done."""
        card, title = self._cards[index.row()], COLUMNS[index.column()].title
        if role == Role.CheckStateRole:
            self.tick_changed.emit(card.folder, Qt.CheckState(value) is Qt.CheckState.Checked)
        elif title == NAME and value != card.about.name:
            self.renamed.emit(card.folder, value)
        elif title == NOTE and value != card.about.note:
            self.annotated.emit(card.folder, value)
        else:
            return False
        return True

    def _check_state(self, card: RunCard, column: Column) -> Qt.CheckState | None:
        if column.title != NAME or card.summary is None:
            return None
        is_ticked = card.folder in self._ticked
        return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked

    def _hue(self, card: RunCard) -> QColor:
        return QColor(self._theme.series[self._hues.get(card.folder, 0) % len(self._theme.series)])

    def _tell_all(self) -> None:
        if self._cards:
            last = self.index(len(self._cards) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _edited(card: RunCard, column: Column) -> str:
    return card.about.name if column.title == NAME else card.about.note


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _tip(card: RunCard, column: Column) -> str:
    if column.title == NOTE:
        return card.about.note
    return "\n".join(filter(None, (column.words(card), str(card.folder), card.warning)))
