"""The threshold of errors, kept with the run that it was chosen for."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from aegui.data import Dataset
from aegui.records import RunResult
from aegui.runs import RunCard
from aegui.specs import ExperimentSpec
from aegui.ui.runs.shelf import Shelf
from aegui.ui.views.errors.threshold_row import ThresholdRow

# A hand that drags would write at every move.
_PAUSE_MS = 400


class ThresholdKeeping(QObject):
    """Writes what a person chooses beside the run in view, once it has a folder to be kept in."""

    def __init__(self, row: ThresholdRow, shelf: Shelf, parent: QObject) -> None:
        super().__init__(parent)
        self._row, self._shelf = row, shelf
        self._folder: Path | None = None
        self._chosen: float | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._write)
        row.threshold_chosen.connect(self._take)
        shelf.deleted.connect(self._lose)

    def close(self) -> None:
        """Write what was chosen a moment ago."""
        self._write()

    @Slot(ExperimentSpec, Dataset)
    def begin(self, _experiment: ExperimentSpec, _dataset: Dataset) -> None:
        """Begin with another run, which nobody chose anything for yet."""
        self._write()
        self._folder = self._chosen = None

    def take_stored(self, card: RunCard) -> None:
        """Show what was chosen for a run from the disk, after it came into view."""
        self._folder = card.folder
        if card.about.threshold is not None:
            self._row.restore(card.about.threshold)

    @Slot(RunResult)
    def take_end(self, result: RunResult) -> None:
        """Keep with a run that ended what was chosen while it trained."""
        self._folder = result.folder
        self._write()

    @Slot(tuple)
    def _lose(self, folders: tuple[Path, ...]) -> None:
        if self._folder in folders:
            self._folder = None

    @Slot(float)
    def _take(self, threshold: float) -> None:
        self._chosen = threshold
        self._pause.start()

    @Slot()
    def _write(self) -> None:
        self._pause.stop()
        if self._folder is not None and self._chosen is not None:
            self._shelf.set_threshold(self._folder, self._chosen)
            self._chosen = None
