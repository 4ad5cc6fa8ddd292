"""A training from epoch 0 to its end, steered between chunks."""

import math
import time
from collections.abc import Iterator

import numpy as np

from aegui.data import Dataset
from aegui.engine.backend import tf
from aegui.engine.inference import WeightedModel
from aegui.engine.pace import Pace
from aegui.engine.program import Program, program_for
from aegui.records import (
    EpochEnd,
    EpochRecord,
    Failure,
    History,
    Progress,
    RunResult,
    RunState,
    TrainingControl,
    TrainingObserver,
)
from aegui.specs import ExperimentSpec


def train(
    experiment: ExperimentSpec,
    dataset: Dataset,
    control: TrainingControl,
    observer: TrainingObserver,
) -> RunResult:
    """Train a fresh model and return how it ended, with the last good epoch's model.

    Equal experiments give equal losses, bit for bit, on the same machine and number of threads.
    A loss that is not finite ends the run as failed; a stop inside an epoch keeps the steps done.
    """
    return _Training(experiment, dataset, control, observer).run()


def row_order(experiment: ExperimentSpec, epoch: int) -> np.ndarray:
    """Return the order, (rows,) int32, in which an epoch takes the training rows."""
    rows = np.arange(experiment.dataset.train_rows, dtype=np.int32)
    if experiment.training.shuffle:
        np.random.default_rng([experiment.training.seed, epoch]).shuffle(rows)
    return rows


class _Training:
    """The state of one run while it goes on."""

    def __init__(
        self,
        experiment: ExperimentSpec,
        dataset: Dataset,
        control: TrainingControl,
        observer: TrainingObserver,
    ) -> None:
        self._experiment = experiment
        self._control = control
        self._observer = observer
        self._epochs = experiment.training.epochs
        self._started = time.perf_counter()
        self._observer.progressed(Progress("Building the model", epochs=self._epochs))
        self._program: Program = program_for(experiment)
        self._pace: Pace = Pace(self._program.steps, self._epochs)
        self._train_rows = tf.constant(dataset.train)
        self._test_rows = tf.constant(dataset.test)
        self._history = History()
        self._last: EpochEnd | None = None

    def run(self) -> RunResult:
        spec = self._experiment
        learning_rate = spec.architecture.optimizer.learning_rate
        self._program.reset(spec.training.seed, learning_rate)
        self._end_epoch(0, None, time.perf_counter(), fraction=1.0)
        self._observer.progressed(Progress("Compiling the training step", epochs=self._epochs))
        training_began = time.perf_counter()
        state, failure = RunState.FINISHED, None
        for epoch in range(1, self._epochs + 1):
            if self._control.stop_requested:
                state = RunState.STOPPED
                break
            failure = self._train_epoch(epoch)
            if failure is not None:
                state = RunState.FAILED
                break
        if self._control.stop_requested and self._history.position < self._epochs:
            state = RunState.FAILED if failure else RunState.STOPPED
        return self._result(state, failure, training_began)

    def _result(self, state: RunState, failure: Failure | None, began: float) -> RunResult:
        return RunResult(
            state=state,
            history=self._history,
            model=self._last.model if self._last else None,
            row_errors=self._last.row_errors if self._last else None,
            failure=failure,
            prepare_seconds=began - self._started,
            train_seconds=time.perf_counter() - began,
        )

    def _train_epoch(self, epoch: int) -> Failure | None:
        began = time.perf_counter()
        program = self._program
        order = tf.constant(row_order(self._experiment, epoch))
        program.start_epoch()
        done = 0
        for first, count in self._chunks():
            program.run_steps(self._train_rows, order, first, count)
            done = first + count
            loss = program.loss
            self._pace.chunk_done(done)
            self._observer.progressed(self._pace.progress(epoch, done))
            if not math.isfinite(loss):
                return _not_finite(epoch, self._history)
        if done:
            return self._end_epoch(epoch, loss, began, fraction=done / program.steps)
        return None

    def _chunks(self) -> Iterator[tuple[int, int]]:
        """Yield (first step, steps) until the epoch is over or somebody wants to stop."""
        first, steps = 0, self._program.steps
        while first < steps and not self._control.stop_requested:
            count = min(self._pace.chunk_steps, steps - first)
            yield first, count
            first += count

    def _end_epoch(
        self, epoch: int, loss: float | None, began: float, *, fraction: float
    ) -> Failure | None:
        val_loss, row_errors = self._program.evaluate(self._test_rows)
        if not math.isfinite(val_loss):
            return _not_finite(epoch, self._history)
        row_errors.flags.writeable = False
        seconds = time.perf_counter() - began
        record = EpochRecord(
            epoch=epoch,
            loss=loss,
            val_loss=val_loss,
            error=float(row_errors.mean(dtype=np.float64)),
            learning_rate=self._program.learning_rate,
            seconds=seconds,
            fraction=fraction,
        )
        self._history = self._history.with_record(record)
        spec = self._experiment
        model = WeightedModel(spec.architecture, spec.dataset.features, self._program.weights())
        self._last = EpochEnd(record, model, row_errors)
        if fraction == 1.0:
            self._pace.epoch_done(seconds)
        self._observer.epoch_ended(self._last)
        return None


def _not_finite(epoch: int, history: History) -> Failure:
    kept = (
        f"The model of epoch {history.epochs} was kept."
        if history.epochs
        else "Nothing was learned before that."
    )
    return Failure(
        what=f"The loss stopped being a finite number in epoch {epoch}.",
        kept=kept,
        remedy="Try a learning rate ten times smaller, or data scaled to [0, 1].",
    )
