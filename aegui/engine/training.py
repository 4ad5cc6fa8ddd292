"""A training from epoch 0, or from where an earlier one stopped, steered between chunks."""

import dataclasses
import math
import time

from aegui.control import Progress, RunState, Speed, TrainingControl
from aegui.data import DataError, Dataset
from aegui.engine.callbacks import Callbacks
from aegui.engine.chunks import Chunks
from aegui.engine.epochs import epoch_record, not_finite, rows_lost
from aegui.engine.pace import Pace
from aegui.engine.plain import trained_model
from aegui.engine.program import Program
from aegui.engine.programs import leased
from aegui.engine.states import put_state, steps_done, take_state
from aegui.engine.tensors import memory_errors, tensor_of
from aegui.engine.windows import Window, windows_of
from aegui.engine.wishes import Wishes
from aegui.records import (
    ChunkEnd,
    EpochEnd,
    EpochRecord,
    Failure,
    History,
    RunEvent,
    RunResult,
    TrainedModel,
    TrainingObserver,
    TrainingState,
)
from aegui.specs import ExperimentSpec, VariationalCode


def train(
    experiment: ExperimentSpec,
    dataset: Dataset,
    control: TrainingControl,
    observer: TrainingObserver,
    state: TrainingState | None = None,
) -> RunResult:
    """Train a model and return how it ended, with the last good epoch's model.

    Equal experiments give equal losses, bit for bit, on the same machine and number of threads,
    and so does an experiment that was stopped, inside an epoch or not, and continued from its
    ``state``. A loss that is not finite ends the run as failed; a stop inside an epoch keeps the
    steps done.

    Raises
    ------
    StateError
        ``state`` is of a model of another shape.
    ProgramInUseError
        Another run of such a model is under way in this process.
    MemoryError
        There is not enough memory for the data or the model.
    """
    started = time.perf_counter()
    epochs = experiment.training.epochs
    observer.progressed(Progress("Compiling the training step", epochs=epochs))
    with memory_errors(), leased(experiment) as program:
        training = _Training(program, experiment, dataset, control, observer, state, started)
        try:
            return training.run()
        finally:
            training.release()


class _Training:
    """One run while it goes on."""

    def __init__(
        self,
        program: Program,
        experiment: ExperimentSpec,
        dataset: Dataset,
        control: TrainingControl,
        observer: TrainingObserver,
        state: TrainingState | None,
        started: float,
    ) -> None:
        self._program = program
        self._experiment = experiment
        self._control = control
        self._observer = observer
        self._start = state
        self._epochs = experiment.training.epochs
        self._started = started
        self._pace = Pace(self._program.steps, self._epochs)
        self._chunks = Chunks(control, observer, self._pace)
        self._wishes = Wishes(control, program)
        self._windows = windows_of(experiment, dataset, program)
        self._test_rows = tensor_of(dataset.test)
        self._history = state.history.whole_epochs() if state else History()
        self._epoch = state.epoch if state else 1
        self._step = steps_done(state, experiment, self._program.steps) if state else 0
        self._last: EpochEnd | None = None
        self._lost: Failure | None = None

    def run(self) -> RunResult:
        failure = self._prepare()
        began = self._chunks.clock()
        while failure is None and self._may_go_on():
            failure = self._train_epoch()
        if failure is not None:
            return self._result(RunState.FAILED, began, failure)
        stopped = self._control.stop_requested and self._epoch <= self._epochs
        resumable = self._take_state()
        self._keep_best()
        state = RunState.STOPPED if stopped or self._lost else RunState.FINISHED
        return self._result(state, began, self._lost, state_to_resume=resumable)

    def release(self) -> None:
        """Let go of what holds this run and its tensors in a circle until the next collection."""
        self._windows.close()
        self._last = None

    def _prepare(self) -> Failure | None:
        spec = self._experiment
        self._program.reset(spec.training.seed, spec.architecture.optimizer.learning_rate)
        self._program.set_beta(self._beta())
        if self._start is not None:
            put_state(self._program, self._start)
            again = ""
            if self._step != self._start.step:
                again = f"; epoch {self._epoch} begins anew, since its rows come in another order"
            self._happen(RunEvent(self._position, "continued", f"Continued{again}"))
        self._callbacks = Callbacks(spec.training, self._program.model, self._start)
        return self._end_epoch(None, self._chunks.clock())

    @property
    def _position(self) -> float:
        """Where the run is on its axis of epochs."""
        return self._epoch - 1 + self._step / self._program.steps

    def _may_go_on(self) -> bool:
        wanted = self._epoch <= self._epochs and not self._callbacks.wants_stop
        return wanted and not self._control.stop_requested and self._lost is None

    def _result(
        self,
        state: RunState,
        began: float,
        failure: Failure | None = None,
        state_to_resume: TrainingState | None = None,
    ) -> RunResult:
        return RunResult(
            state=state,
            history=self._history,
            model=self._last.model if self._last else None,
            row_errors=self._last.row_errors if self._last else None,
            failure=failure,
            prepare_seconds=began - self._started,
            train_seconds=self._chunks.clock() - began,
            training=state_to_resume,
        )

    def _train_epoch(self) -> Failure | None:
        began = self._chunks.clock()
        self._begun_at = self._step
        if self._step == 0:
            self._program.start_epoch(self._beta())
        try:
            failure = self._take_steps()
        except DataError as error:
            # What was learned is as good as if somebody had stopped the run.
            self._lost, failure = rows_lost(error), None
        if failure is not None or self._step == 0:
            return failure
        return self._end_epoch(self._program.loss, began)

    def _take_steps(self) -> Failure | None:
        """Do the epoch's steps to its end, or until somebody wants to stop."""
        for window in self._windows.of_epoch(self._epoch, self._step):
            self._pace.start_chunk()
            failure = self._train_window(window)
            if failure is not None or self._step < window.end:
                return failure
        return None

    def _train_window(self, window: Window) -> Failure | None:
        program, epoch = self._program, self._epoch
        for first, count in self._chunks.of_epoch(self._step, window.end, self._listen):
            program.run_steps(window.data, window.order, first, count, window.first)
            self._step = first + count
            loss = program.loss
            self._pace.chunk_done(self._step)
            self._observer.progressed(self._pace.progress(epoch, self._step))
            if not math.isfinite(loss):
                return not_finite(epoch, self._history)
            self._show_chunk(loss)
        return None

    def _listen(self) -> None:
        for event in self._wishes.heed(self._position):
            self._happen(event)

    def _show_chunk(self, loss: float) -> None:
        if self._control.speed is Speed.EPOCH or self._step == self._program.steps:
            return
        reconstruction = loss - self._program.kl_in_loss(self._program.kl or 0.0)
        self._observer.chunk_ended(ChunkEnd(self._position, reconstruction, self._model()))
        self._chunks.rest()

    def _end_epoch(self, loss: float | None, began: float) -> Failure | None:
        """Score the model, record it, and go on to the next epoch if this one is whole."""
        score = self._program.evaluate(self._test_rows, self._chunks.wait_while_paused)
        if not math.isfinite(score.loss):
            return not_finite(math.ceil(self._position), self._history)
        seconds = self._chunks.clock() - began
        record = epoch_record(self._program, self._position, loss, score, seconds)
        self._last = EpochEnd(record, self._model(), score.row_errors, self._take_state)
        if loss is None and self._start is not None:
            # Where an earlier run stopped: its history has this already.
            self._observer.resumed(self._last)
            return None
        self._history = self._history.with_record(record)
        if loss is not None and record.fraction == 1.0:
            self._go_to_next_epoch(record)
        self._observer.epoch_ended(self._last)
        return None

    def _go_to_next_epoch(self, record: EpochRecord) -> None:
        self._pace.epoch_done(record.seconds, max(1, self._step - self._begun_at))
        for event in self._callbacks.end_epoch(record):
            self._happen(event)
        self._epoch, self._step = self._epoch + 1, 0
        self._control.end_epoch()

    def _take_state(self) -> TrainingState:
        return take_state(
            self._program,
            self._callbacks,
            self._history,
            self._experiment,
            epoch=self._epoch,
            step=self._step,
        )

    def _keep_best(self) -> None:
        """Go back to early stopping's best weights, if there are any."""
        event = self._callbacks.restore_best(self._history.position)
        if event is None or self._last is None:
            return
        score = self._program.evaluate(self._test_rows)
        self._last = dataclasses.replace(
            self._last, model=self._model(), row_errors=score.row_errors
        )
        self._happen(event)

    def _happen(self, event: RunEvent) -> None:
        self._history = self._history.with_event(event)
        self._observer.happened(event)

    def _beta(self) -> float | None:
        code = self._experiment.architecture.code
        return code.beta_in(self._epoch) if isinstance(code, VariationalCode) else None

    def _model(self) -> TrainedModel:
        spec = self._experiment
        return trained_model(spec.architecture, spec.dataset.row_shape, self._program.weights())
