"""What the window does with sweeps: one at a time, and none beside a training."""

from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from aegui.control import RunState
from aegui.places import sweeps_folder
from aegui.records import TrialOutcome
from aegui.specs import SweepSpec
from aegui.sweeps import (
    SweepProgress,
    SweepStore,
    TrialFailure,
    UnfinishedSweep,
    list_unfinished,
    list_unreadable,
)
from aegui.ui.left_column import LeftColumn
from aegui.ui.notice import Notice
from aegui.ui.runs.run_controller import RunController
from aegui.ui.views.sweep.sweep_view import SweepView
from aegui.ui.workers.sweep import SweepEnd, SweepFunction, SweepThread
from aegui.ui.workers.tasks import TaskThread

# How long closing the window waits for a compilation that cannot be interrupted.
_PATIENCE_MS = 10_000
_TRAINING = "A training is under way: stop it, or wait for its end."
_SWEEPING = "A sweep is under way in the Sweep tab: cancel it, or wait for its end."


class Sweeping(QObject):
    """Starts and ends sweeps for the Sweep tab, and tells it how they go."""

    began = Signal()
    progressed = Signal(SweepProgress)
    trial_ended = Signal(TrialOutcome)
    ended = Signal(SweepEnd)

    def __init__(
        self,
        view: SweepView,
        column: LeftColumn,
        controller: RunController,
        engine: Future[None],
        tasks: TaskThread,
        notice: Notice,
        parent: QObject,
        sweep_function: SweepFunction | None = None,
    ) -> None:
        super().__init__(parent)
        self._view, self._column, self._controller = view, column, controller
        self._engine, self._tasks, self._notice = engine, tasks, notice
        self._sweep_function = sweep_function
        self._thread: SweepThread | None = None
        self._told: set[str] = set()

        view.sweep_requested.connect(self.run)
        view.go_on_requested.connect(self._go_on)
        view.give_up_requested.connect(self._give_up)
        view.cancel_requested.connect(self.cancel)
        column.experiment_changed.connect(view.set_experiment)
        controller.state_changed.connect(self._follow_training)
        view.set_experiment(column.experiment())
        self._look_for_unfinished()

    @property
    def is_active(self) -> bool:
        """Whether a sweep is under way."""
        return self._thread is not None

    def close(self) -> bool:
        """End the sweep under way and wait; return False if it is still busy after 10 s."""
        if self._thread is None:
            return True
        self._thread.control.stop()
        return self._thread.wait(_PATIENCE_MS)

    @Slot(SweepSpec)
    def run(self, spec: SweepSpec) -> bool:
        """Start a sweep, or go on with it if it was interrupted; return whether it could be."""
        return self._start(spec, None)

    @Slot()
    def cancel(self) -> None:
        """Ask the sweep under way to end; finished trials are kept."""
        if self._thread is not None:
            self._thread.control.stop()

    @Slot(object)
    def _go_on(self, unfinished: UnfinishedSweep) -> None:
        self._start(unfinished.spec, unfinished.folder)

    @Slot(object)
    def _give_up(self, unfinished: UnfinishedSweep) -> None:
        store = SweepStore(unfinished.folder, unfinished.spec)
        self._tasks.submit(
            f"give up {unfinished.folder}",
            store.give_up,
            lambda _: self._look_for_unfinished(),
            self._notice.say,
            must_run=True,
        )

    def _start(self, spec: SweepSpec, folder: Path | None) -> bool:
        if self._thread is not None or self._controller.state.is_active:
            return False
        arguments = (spec, self._engine, sweeps_folder(), folder, self)
        if self._sweep_function is None:
            thread = SweepThread(*arguments)
        else:
            thread = SweepThread(*arguments, self._sweep_function)
        thread.planned.connect(self._view.start)
        thread.progressed.connect(self._view.show_progress)
        thread.trial_ended.connect(self._view.add_outcome)
        thread.progressed.connect(self.progressed)
        thread.trial_ended.connect(self.trial_ended)
        thread.trial_failed.connect(self._say_failure)
        thread.happened.connect(self._notice.say)
        thread.sweep_ended.connect(self._take_end)
        self._thread = thread
        self._notice.clear()
        self._view.set_active(True)
        self._column.run_bar.set_blocked(_SWEEPING)
        thread.start()
        self.began.emit()
        return True

    @Slot(TrialFailure)
    def _say_failure(self, failure: TrialFailure) -> None:
        self._notice.say(f"Trial {failure.trial.number} failed: {failure.message}")

    @Slot(SweepEnd)
    def _take_end(self, end: SweepEnd) -> None:
        if self._thread is not None:
            self._thread.wait()
            self._thread.deleteLater()
            self._thread = None
        self._column.run_bar.set_blocked("")
        self._view.set_active(False)
        if end.result is not None:
            self._view.show_end(end.result)
        problem = end.problem or (end.result.not_kept if end.result else None)
        if problem:
            (self._notice.complain if end.is_unforeseen else self._notice.say)(problem)
        self._look_for_unfinished()
        self.ended.emit(end)

    @Slot(RunState)
    def _follow_training(self, state: RunState) -> None:
        self._view.set_blocked(_TRAINING if state.is_active else "")

    def _look_for_unfinished(self) -> None:
        root = sweeps_folder()
        self._tasks.submit(
            "unfinished sweeps",
            lambda: (list_unfinished(root), list_unreadable(root)),
            self._take_unfinished,
            self._notice.say,
        )

    def _take_unfinished(self, found: tuple[list[UnfinishedSweep], list[str]]) -> None:
        unfinished, unreadable = found
        self._view.offer_unfinished(unfinished)
        new = [sentence for sentence in unreadable if sentence not in self._told]
        self._told.update(new)
        if new:
            self._notice.say(" ".join(new))
