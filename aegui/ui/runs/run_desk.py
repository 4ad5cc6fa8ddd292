"""Where runs are looked after: the column, its menu, the library window and the comparison."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from aegui.runs import Listing
from aegui.ui.library.library_window import LibraryWindow
from aegui.ui.runs.run_menu import RunMenu
from aegui.ui.runs.runs_column import RunsColumn
from aegui.ui.runs.shelf import Shelf
from aegui.ui.theme import Theme


class RunDesk(QObject):
    """Connects the shelf with all that shows runs; the library window is made when wanted."""

    open_requested = Signal(Path)

    def __init__(self, shelf: Shelf, runs: RunsColumn, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._shelf, self._runs, self._window = shelf, runs, window
        self._theme = theme
        self._menu = RunMenu(shelf, window)
        self.library: LibraryWindow | None = None

        shelf.listed.connect(self._show_list)
        shelf.ticks_changed.connect(self._show_ticks)
        runs.tick_changed.connect(shelf.tick)
        runs.delete_requested.connect(shelf.delete)
        runs.rename_requested.connect(self._menu.ask_name)
        runs.menu_requested.connect(self._menu.pop_up)
        runs.library_requested.connect(self.open_library)
        self._menu.open_requested.connect(self.open_requested)
        cast("QApplication", QApplication.instance()).applicationStateChanged.connect(
            self._look_again
        )
        self.set_theme(theme)

    @Slot(Theme)
    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._menu.set_theme(theme)
        if self.library is not None:
            self.library.set_theme(theme)

    @Slot()
    def open_library(self) -> None:
        """Show the library window, with the runs as they are on the disk now."""
        if self.library is None:
            self.library = LibraryWindow(self._shelf, self._window)
            self.library.set_theme(self._theme)
            self.library.open_requested.connect(self.open_requested)
            self._shelf.add_notice(self.library.notice)
        self.library.show_runs(self._shelf.listing)
        self.library.show()
        self.library.raise_()
        self.library.activateWindow()
        self.library.search.setFocus()
        self._shelf.refresh()

    def close(self) -> None:
        """Close the library window."""
        if self.library is not None:
            self.library.close()

    @Slot(Qt.ApplicationState)
    def _look_again(self, state: Qt.ApplicationState) -> None:
        """Whoever comes back may have trained or deleted something in another window."""
        if state is Qt.ApplicationState.ApplicationActive and self._shelf.is_open:
            self._shelf.refresh()

    @Slot(Listing)
    def _show_list(self, listing: Listing) -> None:
        self._runs.show_runs(listing.cards, self._shelf.hues)
        self._runs.show_ticks(self._shelf.ticked, self._shelf.hues)

    @Slot()
    def _show_ticks(self) -> None:
        self._runs.show_ticks(self._shelf.ticked, self._shelf.hues)
