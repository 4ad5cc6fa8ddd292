"""The library: every run in a table."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aegui.runs import Listing, RunCard
from aegui.ui.forms import label
from aegui.ui.library.library_columns import COLUMNS, NAME
from aegui.ui.library.library_damaged import DamagedRuns
from aegui.ui.library.library_groups import GroupChoice
from aegui.ui.library.library_model import LibraryModel
from aegui.ui.library.library_proxy import LibraryProxy
from aegui.ui.library.library_table import RunTable
from aegui.ui.notice import Notice
from aegui.ui.runs.card_words import group_of, size_in_words
from aegui.ui.runs.run_menu import RunMenu
from aegui.ui.runs.shelf import Shelf
from aegui.ui.theme import Theme

_SIZE = (1320, 620)
_EMPTY = "No runs yet. Train one, and it is kept here."
_NOTHING_FOUND = "No run has all of these words. Clear the search to see all runs."
_WIDTHS = {
    NAME: 190,
    "Data": 106,
    "Shape": 108,
    "Epochs": 100,
    "Error / feature": 106,
    "Always mean": 94,
    "Size": 76,
    "Date": 112,
}
_WIDTH, _LINE = 72, 30


class LibraryWindow(QDialog):
    """Sorts, searches, renames, annotates, ticks, opens and deletes; not modal."""

    open_requested = Signal(Path)

    def __init__(self, shelf: Shelf, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Library of runs")
        self.resize(*_SIZE)
        self._shelf = shelf
        self.notice = Notice()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search name, data, shape, note")
        self.search.setAccessibleName("Search")
        self.search.setClearButtonEnabled(True)
        self.group = GroupChoice()
        self._count, self._model = label("", "muted"), LibraryModel()
        self.proxy, self.table = LibraryProxy(self._model), RunTable()
        self._empty = label(_EMPTY, "empty", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        self.damaged = DamagedRuns()
        self.open_button, self.delete_button = QPushButton("Open"), QPushButton("Delete")
        self.undo_button = QPushButton("Undo deletion")
        self.undo_button.setShortcut(QKeySequence.StandardKey.Undo)
        self.undo_button.setToolTip("Bring back what was deleted last (Ctrl+Z)")
        self.undo_button.setEnabled(shelf.can_undo)
        self._menu = RunMenu(shelf, self)
        self._held: Listing | None = None

        self._set_up_table()
        self._lay_out()
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._model.set_theme(theme)
        self._menu.set_theme(theme)
        self.notice.set_theme(theme)

    def selected(self) -> list[RunCard]:
        """Return the selected runs, from top to bottom."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        indices = (self.proxy.mapToSource(self.proxy.index(row, 0)) for row in rows)
        return [self._model.card(index.row()) for index in indices]

    @Slot(Listing)
    def show_runs(self, listing: Listing) -> None:
        """Show the runs as they are now; what somebody is typing into a cell is not disturbed."""
        if self.table.is_editing:
            self._held = listing
            return
        self._held = None
        chosen = {card.folder for card in self.selected()}
        self._model.show_runs(listing.cards)
        self._model.show_ticks(self._shelf.ticked, self._shelf.hues)
        self._select(chosen)
        self.damaged.show_runs(listing.damaged)
        if self.group.show_groups(map(group_of, listing.cards)):
            self._choose_group()
        self._show_count()

    @Slot()
    def _show_held(self) -> None:
        if self._held is not None:
            self.show_runs(self._held)

    @Slot(tuple)
    def show_ticks(self, ticked: Sequence[Path]) -> None:
        """Tick the runs of the comparison."""
        if self.table.is_editing:
            self._held = self._shelf.listing
            return
        self._model.show_ticks(ticked, self._shelf.hues)

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.proxy)
        table.setSortingEnabled(True)
        table.sortByColumn(_column("Date"), Qt.SortOrder.DescendingOrder)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        triggers = QAbstractItemView.EditTrigger
        table.setEditTriggers(triggers.EditKeyPressed | triggers.SelectedClicked)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setAccessibleName("Runs")
        table.setTabKeyNavigation(False)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_LINE)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for place, column in enumerate(COLUMNS):
            table.setColumnWidth(place, _WIDTHS.get(column.title, _WIDTH))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.group)
        bottom = QHBoxLayout()
        bottom.addWidget(self._count, 1)
        for button in (self.undo_button, self.delete_button, self.open_button):
            bottom.addWidget(button)
            button.setAutoDefault(False)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 12)
        layout.addLayout(top)
        layout.addWidget(self.notice)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.damaged)
        layout.addLayout(bottom)

    def _connect(self) -> None:
        shelf, model = self._shelf, self._model
        model.renamed.connect(shelf.rename)
        model.annotated.connect(shelf.annotate)
        model.tick_changed.connect(shelf.tick)
        shelf.listed.connect(self.show_runs)
        shelf.ticks_changed.connect(self.show_ticks)
        shelf.undoable_changed.connect(self.undo_button.setEnabled)
        self.undo_button.clicked.connect(shelf.undo)
        self.search.textChanged.connect(self._search)
        self.group.currentIndexChanged.connect(self._choose_group)
        self.table.selectionModel().selectionChanged.connect(self._show_count)
        self.table.edit_ended.connect(self._show_held)
        self.table.doubleClicked.connect(self._open)
        self.table.open_requested.connect(self._open)
        self.table.delete_requested.connect(self._delete)
        self.damaged.selection_changed.connect(self._show_count)
        self.damaged.delete_requested.connect(self._delete)
        self.table.customContextMenuRequested.connect(self._pop_up)
        self.open_button.clicked.connect(self._open)
        self.delete_button.clicked.connect(self._delete)
        self._menu.open_requested.connect(self.open_requested)

    @Slot(str)
    def _search(self, text: str) -> None:
        self.proxy.search(text)
        self._show_count()

    @Slot()
    def _choose_group(self) -> None:
        self.proxy.choose_group(self.group.chosen)
        self._show_count()

    @Slot()
    def _open(self) -> None:
        cards = self.selected()
        if len(cards) == 1:
            self.open_requested.emit(cards[0].folder)

    @Slot()
    def _delete(self) -> None:
        folders = [card.folder for card in self.selected()]
        self._shelf.delete((*folders, *self.damaged.selected()))

    @Slot(QPoint)
    def _pop_up(self, place: QPoint) -> None:
        cards = self.selected()
        if cards:
            menu = self._menu.make(cards)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.table.viewport().mapToGlobal(place))

    def _select(self, folders: set[Path]) -> None:
        """Select the lines of these runs again after they have moved."""
        if {card.folder for card in self.selected()} == folders:
            return
        selection = self.table.selectionModel()
        flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
        selection.clearSelection()
        for row in range(self.proxy.rowCount()):
            index = self.proxy.index(row, 0)
            if self._model.card(self.proxy.mapToSource(index).row()).folder in folders:
                selection.select(index, flags)

    @Slot()
    def _show_count(self) -> None:
        cards, shown = self.selected(), self.proxy.rowCount()
        listing = self._shelf.listing
        total = sum(c.size for c in listing.cards) + sum(run.size for run in listing.damaged)
        words = f"{shown} of {len(self._shelf.cards)} runs · {size_in_words(total)} on the disk"
        if cards:
            size = size_in_words(sum(card.size for card in cards))
            words += f" · {len(cards)} selected, {size}"
        self._count.setText(words)
        self.open_button.setEnabled(len(cards) == 1)
        is_interrupted = len(cards) == 1 and cards[0].is_interrupted
        self.open_button.setText("Continue" if is_interrupted else "Open")
        self.delete_button.setEnabled(bool(cards or self.damaged.selected()))
        self._empty.setText(_NOTHING_FOUND if self._shelf.cards else _EMPTY)
        self._pages.setCurrentIndex(0 if shown else 1)


def _column(title: str) -> int:
    return next(place for place, column in enumerate(COLUMNS) if column.title == title)
