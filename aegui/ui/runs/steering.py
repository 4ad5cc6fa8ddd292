"""Playing a run: train, pause, step, stop, go on, start over."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from aegui.control import RunState, Speed
from aegui.records import Continuation, EpochSnapshot, History, RunResult
from aegui.runs import StoredRun
from aegui.specs import ExperimentSpec
from aegui.specs.continuing import has_same_test_rows, why_not_continue
from aegui.specs.differences import differences
from aegui.ui.left_column import LeftColumn
from aegui.ui.notice import Notice
from aegui.ui.runs.run_controller import RunController

_MORE_EPOCHS = 10


class Steering(QObject):
    """Turns what a person presses into what the controller does, and knows what can go on."""

    run_started = Signal()

    def __init__(
        self, column: LeftColumn, controller: RunController, notice: Notice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._column, self._controller, self._notice = column, controller, notice
        self._bar = column.run_bar
        self._running: ExperimentSpec | None = None
        # What the continuation was trained as; what runs may have changed settings.
        self._origin: ExperimentSpec | None = None
        self._continuation: Continuation | None = None
        self._goes_on_in_place = False
        self._starts_over = False

        bar = self._bar
        bar.train_requested.connect(self.train)
        bar.pause_requested.connect(controller.pause)
        bar.resume_requested.connect(controller.resume)
        bar.step_requested.connect(self.step)
        bar.stop_requested.connect(self.stop)
        bar.more_requested.connect(self.train_more)
        bar.learning_rate_chosen.connect(controller.set_learning_rate)
        bar.speed_chosen.connect(self._take_speed)
        column.experiment_changed.connect(self._follow_panels)
        controller.state_changed.connect(bar.show_state)
        controller.progressed.connect(bar.show_progress)
        controller.epoch_shown.connect(self._follow_epoch)
        controller.run_ended.connect(bar.show_result)
        controller.run_ended.connect(self._take_end)
        # Once everybody has heard of the end: until then the run that ended is the one to tell of.
        controller.run_ended.connect(self._start_again, Qt.ConnectionType.QueuedConnection)

    @property
    def experiment(self) -> ExperimentSpec | None:
        """What runs, or ran last, or was opened last."""
        return self._running

    @property
    def continuation(self) -> Continuation | None:
        """What the run under way goes on from, or what the one that ended can be continued from."""
        return self._continuation

    @Slot()
    def train(self) -> None:
        """Start a run of what the panels hold, with fresh weights."""
        self._start(step=False)

    @Slot()
    def step(self) -> None:
        """Train to the end of an epoch and wait there; starts a run where there is none."""
        if self._controller.state.is_active:
            self._controller.step()
        else:
            self._start(step=True)

    @Slot()
    def stop(self) -> None:
        """Stop the run under way."""
        if self._controller.state.is_active:
            self._bar.show_stopping()
            self._controller.stop()

    @Slot()
    def start_over(self) -> None:
        """Begin again with fresh weights, stopping first what runs."""
        if not self._may_start():
            return
        if self._controller.state.is_active:
            self._starts_over = True
            self.stop()
        else:
            self.train()

    def close(self) -> None:
        """Start nothing any more."""
        self._starts_over = False

    @Slot()
    def train_more(self) -> None:
        """Go on with the run that ended: to its end if it was stopped, else for ten epochs."""
        before, continuation = self._origin, self._continuation
        if before is None or continuation is None or self._controller.state.is_active:
            return
        if not self._may_start():
            return
        wanted = self._column.experiment()
        why_not = why_not_continue(before, wanted)
        if why_not is not None:
            self._notice.say(
                f"This run cannot go on with what the panels hold: {why_not}. Press Train for a "
                "run with fresh weights, or take the panels back to the run's settings."
            )
            return
        epochs = _epochs_to_reach(before, continuation)
        training = wanted.training.model_copy(update={"epochs": epochs})
        wanted = wanted.model_copy(update={"training": training})
        if not has_same_test_rows(before, wanted):
            # Its pictures are those of rows that the views do not have any more.
            continuation = Continuation(continuation.state)
        new_rate = wanted.architecture.optimizer.learning_rate
        has_changed = new_rate != before.architecture.optimizer.learning_rate
        self._begin(wanted, continuation, step=False, rate=new_rate if has_changed else None)

    def go_on(
        self, experiment: ExperimentSpec, continuation: Continuation | None, folder: Path
    ) -> None:
        """Go on with a run that was interrupted, in its own folder: it is one run, not two.

        ``continuation`` is None where nothing of it was kept, so that it begins anew.
        """
        self._begin(experiment, continuation, step=False, folder=folder)

    def take_opened(self, run: StoredRun) -> None:
        """Take a run from the disk as the one that can go on."""
        self._running = self._origin = run.card.experiment
        self._continuation = Continuation(run.training, run.frames) if run.training else None
        self._offer_more()
        self._follow_panels(self._column.experiment())

    def _may_start(self) -> bool:
        """Tell whether what the panels hold can be trained now, and say why where it cannot."""
        self._column.take_typed()
        if not self._bar.can_train:
            self._notice.say(f"No run can start: {self._bar.why_not}")
        return self._bar.can_train

    def _start(self, *, step: bool) -> None:
        self._column.take_typed()
        if self._bar.can_train:
            self._begin(self._column.experiment(), None, step=step)

    def _begin(
        self,
        experiment: ExperimentSpec,
        continuation: Continuation | None,
        *,
        step: bool,
        folder: Path | None = None,
        rate: float | None = None,
    ) -> None:
        if not self._controller.start(
            experiment, continuation, step=step, folder=folder, learning_rate=rate
        ):
            return
        self._running = experiment
        self._continuation = continuation
        self._goes_on_in_place = folder is not None
        self._notice.clear()
        self._bar.set_more("")
        self._bar.set_learning_rate(rate or _first_rate(experiment, continuation))
        self._follow_panels(self._column.experiment())
        self.run_started.emit()

    def _offer_more(self) -> None:
        if self._origin is None or self._continuation is None:
            self._bar.set_more("")
            return
        epochs = _epochs_to_reach(self._origin, self._continuation)
        is_whole = self._continuation.state.epoch > self._origin.training.epochs
        self._bar.set_more(
            f"Train {_MORE_EPOCHS} more epochs" if is_whole else f"Continue to epoch {epochs}"
        )

    @Slot(Speed)
    def _take_speed(self, speed: Speed) -> None:
        self._controller.set_speed(speed)

    @Slot(History, EpochSnapshot)
    def _follow_epoch(self, history: History, _snapshot: EpochSnapshot) -> None:
        self._bar.set_learning_rate(history.last.learning_rate)

    @Slot(ExperimentSpec)
    def _follow_panels(self, experiment: ExperimentSpec) -> None:
        """Say, while a run goes on, that the panels hold the next one."""
        is_other = (
            self._running is not None
            and self._controller.state.is_active
            and bool(differences(self._running, experiment))
        )
        self._bar.set_next("The panels hold the next run." if is_other else "")

    @Slot(RunResult)
    def _take_end(self, result: RunResult) -> None:
        if result.training is not None:
            self._origin = self._running
            self._continuation = Continuation(result.training, result.frames)
        elif len(result.history) or self._goes_on_in_place:
            self._continuation = None
        # Else nothing was trained: what it would have gone on from can still go on.
        self._offer_more()
        self._bar.show_state(self._controller.state)
        self._bar.set_next("")
        if result.state is RunState.FAILED:
            self._starts_over = False

    @Slot()
    def _start_again(self) -> None:
        if self._starts_over:
            self._starts_over = False
            self.train()


def _first_rate(experiment: ExperimentSpec, continuation: Continuation | None) -> float:
    """Return the learning rate that a run begins with; one that goes on has that of its state."""
    if continuation is None or not len(continuation.state.history):
        return experiment.architecture.optimizer.learning_rate
    return continuation.state.history.last.learning_rate


def _epochs_to_reach(experiment: ExperimentSpec, continuation: Continuation) -> int:
    done = continuation.state.epoch - 1
    planned = experiment.training.epochs
    return planned if done < planned else done + _MORE_EPOCHS
