"""Past runs: one that ended is shown, one that was interrupted goes on."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aegui.data import DataError, Dataset
from aegui.records import Continuation
from aegui.runs import RunCard, RunError, StoredRun, data_of, read_interrupted, read_run
from aegui.ui.left_column import LeftColumn
from aegui.ui.notice import Notice
from aegui.ui.runs.run_controller import RunController
from aegui.ui.runs.runs_column import RunsColumn
from aegui.ui.runs.shelf import Shelf
from aegui.ui.runs.steering import Steering
from aegui.ui.workers.stored_model import StoredModel
from aegui.ui.workers.tasks import TaskThread

if TYPE_CHECKING:
    # They bring in the views and with them pyqtgraph, which the first paint must not wait for.
    from aegui.ui.doctor import Doctor
    from aegui.ui.errors.threshold_keeping import ThresholdKeeping
    from aegui.ui.presenter import Presenter
    from aegui.ui.sweeping import Sweeping
    from aegui.ui.yardsticks import Yardsticks

_Opened = tuple[StoredRun, Dataset]
_Interrupted = tuple[RunCard, Continuation | None]
_SWEEPING = "A sweep is under way. Cancel it or wait for its end to go on."


class Opening(QObject):
    """Reads a run on the task thread, and then puts it into panels and views."""

    about_to_open = Signal()
    opened = Signal()

    def __init__(
        self,
        column: LeftColumn,
        runs: RunsColumn,
        shelf: Shelf,
        controller: RunController,
        steering: Steering,
        tasks: TaskThread,
        notice: Notice,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._column, self._runs, self._shelf = column, runs, shelf
        self._controller, self._steering = controller, steering
        self._tasks, self._notice = tasks, notice
        self._shows: tuple[Presenter, Doctor, Yardsticks, ThresholdKeeping] | None = None
        self._sweeping: Sweeping | None = None

    def show_in(
        self,
        presenter: "Presenter",
        doctor: "Doctor",
        yardsticks: "Yardsticks",
        thresholds: "ThresholdKeeping",
    ) -> None:
        """Take what shows and examines a run; before that none can be opened."""
        self._shows = presenter, doctor, yardsticks, thresholds

    def give_way_to(self, sweeping: "Sweeping") -> None:
        """Go on with no run while a sweep has the engine."""
        self._sweeping = sweeping

    @Slot(Path)
    def open_run(self, folder: Path) -> None:
        """Read a past run and show it: panels, curves, gallery, and its model to draw with.

        A run that was interrupted goes on instead.
        """
        card = self._shelf.card(folder)
        if self._controller.state.is_active:
            self._notice.say("A run is under way. Stop it or wait for its end to open another.")
        elif card is not None and card.is_running:
            self._notice.say(f"{card.name} is being trained by another aegui; its end will show.")
            self._shelf.refresh()
        elif card is not None and card.is_interrupted and self._is_sweeping:
            self._notice.say(_SWEEPING)
        elif card is not None and card.is_interrupted:
            self._tasks.submit(
                "open", lambda: read_interrupted(folder), self._go_on, self._notice.say
            )
        else:
            self._tasks.submit(
                "open", lambda: read_opened(folder), self._show_run, self._notice.say
            )

    @property
    def _is_sweeping(self) -> bool:
        return self._sweeping is not None and self._sweeping.is_active

    def _show_run(self, opened: _Opened) -> None:
        run, dataset = opened
        if self._shows is None or self._controller.state.is_active:
            return
        presenter, doctor, yardsticks, thresholds = self._shows
        self._notice.clear()
        self.about_to_open.emit()
        self._column.set_experiment(run.card.experiment)
        self._steering.take_opened(run)
        presenter.open_run(run, dataset, f"Your run: {run.card.experiment.title}")
        doctor.take_run(run.card.experiment, dataset)
        doctor.look(run.card.history, StoredModel(run))
        yardsticks.take_stored(run.card.experiment, run.card.folder)
        thresholds.take_stored(run.card)
        self._runs.mark(run.card.folder)
        if run.warning:
            self._notice.say(run.warning)
        self.opened.emit()

    def _go_on(self, interrupted: _Interrupted) -> None:
        card, start = interrupted
        if self._shows is None or self._controller.state.is_active:
            return
        if self._is_sweeping:
            # It began while the run was read.
            self._notice.say(_SWEEPING)
            return
        self.about_to_open.emit()
        self._column.set_experiment(card.experiment)
        self._steering.go_on(card.experiment, start, card.folder)
        if card.warning:
            # Not before: a run that starts takes away what was said.
            self._notice.say(card.warning)


def read_opened(folder: Path) -> tuple[StoredRun, Dataset]:
    """Return a finished run with its data, as the views can show them.

    Raises
    ------
    RunError
        The run cannot be read, or its data cannot be had.
    """
    run = read_run(folder)
    try:
        dataset, warning = data_of(run)
    except DataError as error:
        raise RunError(f"The run's data cannot be had: {error}") from error
    told = " ".join(filter(None, (run.warning, warning)))
    # Pictures of other rows than the strip has say nothing here.
    rows = len(dataset.showcase())
    frames = tuple(frame for frame in run.frames if len(frame.strip) == rows)
    return replace(run, frames=frames, warning=told), dataset
