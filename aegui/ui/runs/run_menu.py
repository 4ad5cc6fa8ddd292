"""A run's menu, in the list and in the library: what can be done with one run, or with several."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QActionGroup, QColor, QIcon, QPixmap
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QWidget

from aegui.runs import RunCard
from aegui.ui.handing.handing import Handing, show_folder
from aegui.ui.handing.handing_menu import add_handing, add_report
from aegui.ui.runs.shelf import Shelf
from aegui.ui.theme import DARK, Theme

_SWATCH = 14


class RunMenu(QObject):
    """Opens the menu over a window and passes what is chosen there to the shelf."""

    open_requested = Signal(Path)

    def __init__(self, shelf: Shelf, window: QWidget) -> None:
        super().__init__(window)
        self._shelf = shelf
        self._handing = Handing(shelf, self)
        self._window = window
        self._theme = DARK

    @Slot(Theme)
    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme: they are what a run can have."""
        self._theme = theme

    @Slot(Path, QPoint)
    def pop_up(self, folder: Path, place: QPoint) -> None:
        """Open the menu of a run at a point of the screen."""
        card = self._shelf.card(folder)
        if card is not None:
            menu = self.make([card])
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(place)

    def make(self, cards: Sequence[RunCard]) -> QMenu:
        """Return the menu of these runs; of several only what makes sense for all."""
        menu = QMenu(self._window)
        folders = tuple(card.folder for card in cards)
        if len(cards) == 1:
            self._add_single(menu, cards[0])
        elif all(card.summary is not None for card in cards):
            add_report(menu, cards, self._window, self._handing)
        menu.addSeparator()
        words = "Delete" if len(cards) == 1 else f"Delete {len(cards)} runs"
        delete = menu.addAction(words, lambda: self._shelf.delete(folders))
        delete.setEnabled(not any(card.is_running for card in cards))
        return menu

    @Slot(Path)
    def ask_name(self, folder: Path) -> None:
        """Ask for a run's name; an empty answer gives it back its first one."""
        card = self._shelf.card(folder)
        if card is None:
            return
        name, accepted = QInputDialog.getText(
            self._window,
            "Rename the run",
            f"Name (empty: {card.experiment.shape})",
            QLineEdit.EchoMode.Normal,
            card.about.name,
        )
        if accepted:
            self._shelf.rename(folder, name)

    def ask_note(self, folder: Path) -> None:
        """Ask for a note about a run."""
        card = self._shelf.card(folder)
        if card is None:
            return
        note, accepted = QInputDialog.getMultiLineText(
            self._window, "Note about the run", card.name, card.about.note
        )
        if accepted:
            self._shelf.annotate(folder, note)

    def _add_single(self, menu: QMenu, card: RunCard) -> None:
        folder = card.folder
        words = "Continue" if card.is_interrupted else "Open"
        menu.addAction(words, lambda: self.open_requested.emit(folder))
        menu.addAction("Rename…", lambda: self.ask_name(folder))
        self._add_colours(menu.addMenu("Colour"), card)
        menu.addAction("Note…", lambda: self.ask_note(folder))
        menu.addAction("Show folder", lambda: show_folder(folder))
        add_handing(menu, card, self._window, self._handing)

    def _add_colours(self, menu: QMenu, card: RunCard) -> None:
        group = QActionGroup(menu)
        for place, name in enumerate((None, *self._theme.series)):
            hue = None if name is None else place - 1
            action = menu.addAction("Automatic" if name is None else f"Colour {place}")
            action.setCheckable(True)
            action.setChecked(card.about.colour == hue)
            if name is not None:
                action.setIcon(_swatch(name))
            group.addAction(action)
            action.triggered.connect(
                lambda _=False, hue=hue: self._shelf.recolour(card.folder, hue)
            )


def _swatch(colour: str) -> QIcon:
    picture = QPixmap(_SWATCH, _SWATCH)
    picture.fill(QColor(colour))
    return QIcon(picture)
