"""Files that a person brings: runs that were handed on, and data of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from aegui.places import BUNDLE_ENDING
from aegui.specs import ExperimentSpec
from aegui.ui.handing.file_target import FileTarget
from aegui.ui.left_column import LeftColumn

if TYPE_CHECKING:
    # They bring in what the first paint must not wait for.
    from aegui.ui.handing.handing import Handing
    from aegui.ui.own_data.desk import DataDesk


class Incoming(QObject):
    """Takes files that are dropped, named or asked for; those that come too early wait."""

    data_taken = Signal(ExperimentSpec)
    """What a person's own rows are to be learned by."""

    data: "DataDesk"

    def __init__(self, window: QWidget, column: LeftColumn) -> None:
        super().__init__(window)
        self._window, self._column = window, column
        self._handing: Handing | None = None
        self._waiting: list[Callable[[], None]] = []
        FileTarget(window).dropped.connect(self.take)
        column.dataset.file_requested.connect(self.ask_file)
        column.dataset.change_requested.connect(self._change)

    def start(self, handing: "Handing") -> None:
        """Begin when the window is built; what came before is taken now."""
        from aegui.ui.own_data.desk import DataDesk

        self._handing = handing
        self.data = DataDesk(self._window)
        self.data.taken.connect(self.data_taken)
        waiting, self._waiting = self._waiting, []
        for do in waiting:
            do()

    @Slot(Path)
    def take(self, path: Path) -> None:
        """Put the run of an ``.aegui`` file into the library; show what another file holds."""
        if self._handing is None:
            self._waiting.append(lambda: self.take(path))
        elif path.suffix.lower() == BUNDLE_ENDING:
            self._handing.take_in(path)
        else:
            self.data.show_file(path)

    @Slot()
    def ask_file(self) -> None:
        """Let a person choose a file of data."""
        self._soon(self.data.ask_file)

    @Slot()
    def ask_folder(self) -> None:
        """Let a person choose a folder of pictures."""
        self._soon(self.data.ask_folder)

    def close(self) -> None:
        """Call off what is read."""
        if self._handing is not None:
            self.data.close()

    @Slot()
    def _change(self) -> None:
        self._soon(lambda: self.data.change(self._column.experiment()))

    def _soon(self, do: Callable[[], None]) -> None:
        if self._handing is None:
            self._waiting.append(do)
        else:
            do()
