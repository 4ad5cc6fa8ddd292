"""Runs that come in as a file, and what goes out of them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from aegui.runs import unpack_run
from aegui.ui.runs.shelf import Shelf
from aegui.ui.workers.exports import read_report

if TYPE_CHECKING:
    # It brings in scikit-learn.
    from aegui.run_report import Report


class Handing(QObject):
    """Reads and writes files for others on the task thread, and says what came of it."""

    taken_in = Signal(Path)
    """The folder of a run that came into the library."""

    def __init__(self, shelf: Shelf, parent: QObject) -> None:
        super().__init__(parent)
        self._shelf = shelf

    def take_in(self, path: Path) -> None:
        """Put the run of an ``.aegui`` file into the library."""

        def done(folder: Path) -> None:
            self._shelf.refresh()
            self.taken_in.emit(folder)

        self._shelf.work(lambda: unpack_run(path, self._shelf.root), done)

    def hand_out(self, path: Path, write: Callable[[], object]) -> None:
        """Write something to a path of a person's choice, and say that it is there.

        ``write`` is called on the task thread; the message of what it raises is said.
        """
        self._shelf.work(write, lambda _: self._tell_saved(path))

    def report(self, folders: Sequence[Path], path: Path) -> None:
        """Write a report of runs to a path of a person's choice, and say that it is there."""

        def done(report: "Report") -> None:
            # It draws, which only this thread may do.
            from aegui.ui.handing.report_file import write_report

            try:
                write_report(report, path)
            except OSError as error:
                self._shelf.say(f"{path} cannot be written ({error.strerror or error}).")
            else:
                self._tell_saved(path)

        self._shelf.work(lambda: read_report(folders), done)

    def _tell_saved(self, path: Path) -> None:
        self._shelf.offer(
            f"{path.name} was saved.", "Show folder", lambda: show_folder(path.parent)
        )


def show_folder(folder: Path) -> None:
    """Open a folder in the system's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
