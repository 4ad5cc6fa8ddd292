"""The list of kept runs at the right, newest first; a rail of colours where room is short."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from aegui.runs import RunCard
from aegui.ui.forms import label
from aegui.ui.run_button import RunButton
from aegui.ui.theme import DARK, Theme

_WIDE, _NARROW = 232, 44


class RunsColumn(QFrame):
    """The runs that are kept; a click opens one."""

    run_chosen = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "column-right")
        self._title = label("Runs", "heading")
        self._hint = label("click to open", "muted")
        self._empty = label("Runs are kept here.\nTrain to make the first.", "muted", wrap=True)
        self._list = QWidget()
        self._buttons: list[RunButton] = []
        self._theme = DARK
        self._is_narrow = False
        self._chosen: Path | None = None

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
        self.set_narrow(False)

    def show_runs(self, cards: Sequence[tuple[str, RunCard]], chosen: Path | None) -> None:
        """Show runs, each with its name; ``chosen`` is the folder of the one on the screen."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, (name, card) in enumerate(cards):
            button = RunButton(card, name, place)
            button.show_as(self._theme, is_narrow=self._is_narrow)
            button.clicked.connect(lambda _=False, folder=card.folder: self._choose(folder))
            self._rows.insertWidget(place, button)
            self._buttons.append(button)
        self.mark(chosen)
        self._show_words()

    def mark(self, chosen: Path | None) -> None:
        """Mark the run that is on the screen."""
        self._chosen = chosen
        for button in self._buttons:
            button.setChecked(button.card.folder == chosen)

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
        self._restyle()
        self._show_words()

    def _restyle(self) -> None:
        for button in self._buttons:
            button.show_as(self._theme, is_narrow=self._is_narrow)

    def _show_words(self) -> None:
        self._title.setVisible(not self._is_narrow)
        self._hint.setVisible(bool(self._buttons) and not self._is_narrow)
        self._empty.setVisible(not self._buttons and not self._is_narrow)

    def _choose(self, folder: Path) -> None:
        # The click itself has marked a run that may turn out not to be readable.
        self.mark(self._chosen)
        self.run_chosen.emit(folder)
