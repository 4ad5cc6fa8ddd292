"""What the window does: runs, past runs, the pretrained model, lessons."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aegui.data import DataError, Dataset, load_dataset, preview_rows
from aegui.places import resource, runs_folder
from aegui.records import RunResult, RunState
from aegui.runs import RunCard, RunError, StoredRun, list_runs, read_run
from aegui.specs import DatasetSpec, ExperimentSpec
from aegui.ui.left_column import LeftColumn
from aegui.ui.notice import Notice
from aegui.ui.run_controller import RunController
from aegui.ui.runs_column import RunsColumn
from aegui.ui.workers.engine import EngineLoader
from aegui.ui.workers.tasks import TaskThread

if TYPE_CHECKING:
    # It brings in the views and with them pyqtgraph, which the first paint must not wait for.
    from aegui.ui.presenter import Presenter

_Opened = tuple[StoredRun, Dataset]


class Session(QObject):
    """Connects the panels and lists, which are there at once, to threads and views."""

    run_started = Signal()
    run_opened = Signal()
    runs_listed = Signal(int)

    def __init__(
        self, column: LeftColumn, runs: RunsColumn, notice: Notice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._column, self._runs, self._notice = column, runs, notice
        self._presenter: Presenter | None = None
        self._running: ExperimentSpec | None = None
        self._cards: list[RunCard] = []
        self._shown: Path | None = None
        self._told: set[str] = set()
        self.engine = EngineLoader(self)
        self.controller = RunController(self.engine.future, runs_folder(), self)
        self._tasks = TaskThread(self)

        column.run_bar.train_requested.connect(self.train)
        column.run_bar.stop_requested.connect(self.stop)
        column.dataset.preview_requested.connect(self._preview)
        runs.run_chosen.connect(self.open_run)
        controller = self.controller
        controller.state_changed.connect(column.run_bar.show_state)
        controller.state_changed.connect(self._follow_state)
        controller.progressed.connect(column.run_bar.show_progress)
        controller.data_ready.connect(self._begin_run)
        controller.run_ended.connect(column.run_bar.show_result)
        controller.run_ended.connect(self._end_run)
        self.engine.ready.connect(self._take_engine)
        self.engine.failed.connect(notice.say)

    def start(self, presenter: "Presenter") -> None:
        """Begin once the window is painted: load the engine, the pretrained model, the runs."""
        self._presenter = presenter
        self.controller.epoch_ended.connect(presenter.show_epoch)
        self.controller.run_ended.connect(presenter.end_run)
        presenter.failed.connect(self._notice.say)
        presenter.show_loading(not self.engine.is_ready)
        self._tasks.submit(
            "pretrained",
            lambda: read_run(resource("pretrained")),
            presenter.set_pretrained,
            self._no_pretrained,
        )
        self.list_runs()
        self.engine.start()

    def close(self) -> bool:
        """Stop everything and wait; return False if a compilation is still under way."""
        ended = self.controller.shut_down()
        if self._presenter is not None:
            self._presenter.close()
        self._tasks.close()
        return ended

    @Slot()
    def train(self) -> None:
        """Start a run of what the panels hold, unless one is under way or something is wrong."""
        self._column.take_typed()
        if not self._column.run_bar.can_train:
            return
        experiment = self._column.experiment()
        if self.controller.start(experiment):
            self._running = experiment
            self._notice.clear()
            self._shown = None
            self._runs.mark(None)
            self.run_started.emit()

    @Slot()
    def stop(self) -> None:
        """Stop the run under way."""
        if self.controller.state.is_active:
            self._column.run_bar.show_stopping()
            self.controller.stop()

    @Slot(Path)
    def open_run(self, folder: Path) -> None:
        """Read a past run and show it: panels, curves, gallery, and its model to draw with."""
        if self.controller.state.is_active:
            self._notice.say("A run is under way. Stop it or wait for its end to open another.")
            return
        self._tasks.submit("open", lambda: _open(folder), self._show_run, self._notice.say)

    def open_newest_run(self) -> None:
        """Open the run at the head of the list, if there is one."""
        if self._cards:
            self.open_run(self._cards[0].folder)

    def list_runs(self) -> None:
        """Read the list of past runs anew."""
        self._tasks.submit(
            "list", lambda: list_runs(runs_folder()), self._show_list, self._notice.say
        )

    @Slot(object)
    def _preview(self, spec: DatasetSpec) -> None:
        panel = self._column.dataset
        self._tasks.submit(
            "preview", lambda: preview_rows(spec), panel.show_preview, panel.show_preview_failed
        )

    @Slot(Dataset)
    def _begin_run(self, dataset: Dataset) -> None:
        if self._presenter is not None and self._running is not None:
            self._presenter.start_run(self._running, dataset)

    @Slot(RunResult)
    def _end_run(self, result: RunResult) -> None:
        if result.failure is not None:
            self._notice.say(str(result.failure))
        if result.folder is not None:
            self._shown = result.folder
            self.list_runs()

    @Slot(RunState)
    def _follow_state(self, state: RunState) -> None:
        # The views belong to the run under way.
        self._runs.setEnabled(not state.is_active)

    @Slot()
    def _take_engine(self) -> None:
        if self._presenter is not None:
            self._presenter.show_loading(False)

    def _show_run(self, opened: _Opened) -> None:
        run, dataset = opened
        if self._presenter is None or self.controller.state.is_active:
            return
        self._notice.clear()
        self._column.set_experiment(run.card.experiment)
        self._presenter.open_run(run, dataset, f"Your run: {run.card.experiment.title}")
        self._shown = run.card.folder
        self._runs.mark(self._shown)
        self.run_opened.emit()

    def _show_list(self, listed: tuple[list[RunCard], list[RunError]]) -> None:
        cards, errors = listed
        self._cards = cards
        self._runs.show_runs([(card.experiment.dataset.title, card) for card in cards], self._shown)
        self.runs_listed.emit(len(cards))
        new = {str(error) for error in errors} - self._told
        if new:
            # Once is enough: told again, it would cover what the newest run has to say.
            self._told |= new
            self._notice.say(f"{len(errors)} past run(s) cannot be read. {errors[0]}")

    def _no_pretrained(self, why: str) -> None:
        if self._presenter is not None:
            self._presenter.use_pretrained()
        self._notice.say(f"There is no pretrained model to draw with: {why}")


def _open(folder: Path) -> _Opened:
    run = read_run(folder)
    try:
        return run, load_dataset(run.card.experiment.dataset)
    except DataError as error:
        raise RunError(f"The run's data cannot be had: {error}") from error
