"""The list of kept runs at the right, newest first; a rail of colours where room is short."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from aegui.ui.forms import label
from aegui.ui.runs.card_words import group_of
from aegui.ui.runs.run_row import RunRow
from aegui.ui.theme import DARK, Theme

if TYPE_CHECKING:
    # It brings in the readers of runs, which the first paint need not wait for.
    from aegui.runs import RunCard

_WIDE, _NARROW = 232, 44
_MOST = 50
"""Runs in the list; the library has all of them."""


class RunsColumn(QFrame):
    """The newest runs, by their data; a click opens one, a tick takes it into the comparison."""

    run_chosen = Signal(Path)
    tick_changed = Signal(Path, bool)
    menu_requested = Signal(Path, QPoint)
    rename_requested = Signal(Path)
    delete_requested = Signal(tuple)
    library_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "column-right")
        self._title = label("Runs", "heading")
        self._hint = label("click to open, tick to compare", "muted")
        self._empty = label("Runs are kept here.\nTrain to make the first.", "muted", wrap=True)
        self._list = QWidget()
        self._library = QPushButton("Open library…")
        self._library.setProperty("role", "link")
        self._library.setToolTip("All runs in a table: sort, search, rename, delete (Ctrl+L)")
        self._headings: list[QLabel] = []
        self._runs: list[RunRow] = []
        self._theme = DARK
        self._is_narrow = False
        self._can_open = True
        self._chosen: Path | None = None
        self._ticked: tuple[Path, ...] = ()

        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._list)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(8)
        for part in (self._title, self._hint, self._empty):
            self._layout.addWidget(part)
        self._layout.addWidget(scroll, 1)
        self._layout.addWidget(self._library, 0, Qt.AlignmentFlag.AlignHCenter)
        self.set_narrow(False)

        self._library.clicked.connect(self.library_requested)

    def show_runs(self, cards: Sequence["RunCard"], hues: Mapping[Path, int]) -> None:
        """Show runs, newest first, each in its place among the theme's hues."""
        groups = _groups(cards)
        in_order = [card for members in groups.values() for card in members]
        if cards and [row.card for row in self._runs] == in_order:
            self.show_ticks(self._ticked, hues)
            return
        focus = next((row.card.folder for row in self._runs if row.button.hasFocus()), None)
        for widget in (*self._headings, *self._runs):
            widget.hide()
            widget.deleteLater()
        self._headings, self._runs = [], []
        for name, members in groups.items():
            self._headings.append(heading := label(name, "muted"))
            self._add(heading)
            for card in members:
                self._runs.append(row := self._make_row(card, hues[card.folder]))
                self._add(row)
                # The layout would show it with the next events only: no row in view until then.
                row.show()
                if card.folder == focus:
                    row.button.setFocus()
        self.mark(self._chosen)
        self._show_words()

    def show_ticks(self, ticked: Sequence[Path], hues: Mapping[Path, int]) -> None:
        """Tick the runs of the comparison, and let two of them not look the same."""
        self._ticked = tuple(ticked)
        for row in self._runs:
            row.show_tick(is_ticked=row.card.folder in ticked)
            row.button.set_hue(hues.get(row.card.folder, 0))

    def mark(self, chosen: Path | None) -> None:
        """Mark the run that is on the screen."""
        self._chosen = chosen
        for row in self._runs:
            row.button.setChecked(row.card.folder == chosen)

    def set_can_open(self, can_open: bool) -> None:
        """Let runs be opened or not; they can be ticked at any time."""
        self._can_open = can_open
        for row in self._runs:
            row.button.setEnabled(can_open)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._restyle()

    def set_narrow(self, is_narrow: bool) -> None:
        """Fold the column into a rail, or unfold it."""
        self._is_narrow = is_narrow
        self.setFixedWidth(_NARROW if is_narrow else _WIDE)
        margin = 6 if is_narrow else 12
        self._layout.setContentsMargins(margin, 14, margin, 12)
        self._library.setText("⋯" if is_narrow else "Open library…")
        self._library.setAccessibleName("Open library…")
        self._restyle()
        self._show_words()

    def _add(self, widget: QWidget) -> None:
        self._rows.insertWidget(self._rows.count() - 1, widget)

    def _make_row(self, card: "RunCard", hue: int) -> RunRow:
        row, folder = RunRow(card, hue), card.folder
        row.show_as(self._theme, is_narrow=self._is_narrow)
        row.button.setEnabled(self._can_open)
        row.button.clicked.connect(lambda: self._choose(folder))
        row.button.menu_requested.connect(lambda place: self.menu_requested.emit(folder, place))
        row.button.rename_requested.connect(lambda: self.rename_requested.emit(folder))
        row.button.delete_requested.connect(lambda: self.delete_requested.emit((folder,)))
        row.tick_changed.connect(lambda ticked: self.tick_changed.emit(folder, ticked))
        return row

    def _restyle(self) -> None:
        for row in self._runs:
            row.show_as(self._theme, is_narrow=self._is_narrow)

    def _show_words(self) -> None:
        self._title.setVisible(not self._is_narrow)
        self._hint.setVisible(bool(self._runs) and not self._is_narrow)
        self._empty.setVisible(not self._runs and not self._is_narrow)
        for heading in self._headings:
            heading.setVisible(not self._is_narrow)

    @Slot(Path)
    def _choose(self, folder: Path) -> None:
        # The click itself has marked a run that may turn out not to be readable.
        self.mark(self._chosen)
        self.run_chosen.emit(folder)


def _groups(cards: Sequence["RunCard"]) -> dict[str, list["RunCard"]]:
    """Return the newest runs by what they are listed under, the group of the newest run first."""
    groups: dict[str, list[RunCard]] = {}
    for card in cards[:_MOST]:
        groups.setdefault(group_of(card), []).append(card)
    return groups
