"""One experiment, start to end: data, training, scoring, keeping. In that order, once."""

import dataclasses
import logging
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil

from aegui.analysis.frames import FrameMaker
from aegui.control import Progress, RunState, TrainingControl
from aegui.data import Dataset, load_dataset
from aegui.records import (
    ChunkEnd,
    Continuation,
    EpochEnd,
    ErrorFigures,
    Failure,
    RunEvent,
    RunObserver,
    RunResult,
    RunSummary,
    Seconds,
    TrainingObserver,
)
from aegui.runs import RunError, RunWriter, Store, open_writer, require_store
from aegui.specs import ExperimentSpec
from aegui.specs.files import require_runnable

logger = logging.getLogger(__name__)


class WorkflowObserver(RunObserver):
    """A run's observer that also hears of the data."""

    def data_ready(self, dataset: Dataset) -> None:
        """Take note of the rows that the run uses."""


def run_experiment(
    experiment: ExperimentSpec,
    control: TrainingControl,
    observer: WorkflowObserver,
    store: Store | None = None,
    start: Continuation | None = None,
) -> RunResult:
    """Run an experiment and return how it ended.

    Parameters
    ----------
    control
        How other threads steer the run.
    observer
        Hears of data, progress and epochs, on the calling thread.
    store
        Folder in which the run gets a folder of its own, or ``Interrupted`` with that of a run
        which goes on there; None to keep nothing.
    start
        An earlier run to go on from; None for fresh weights.

    Raises
    ------
    SpecError
        The experiment's choices do not fit each other.
    DataError
        The data cannot be had.
    RunError
        The run's folder cannot be made, or somebody else trains in it; nothing was trained.
    """
    require_runnable(experiment, "experiment")
    require_store(store)
    began = time.perf_counter()
    dataset = _get_ready(experiment, observer)
    if control.stop_requested:
        return RunResult(RunState.STOPPED)
    ready_seconds = time.perf_counter() - began
    frames = FrameMaker(experiment, dataset, start.frames if start else ())
    keeping = _Keeping(observer, open_writer(store, experiment, start), frames)
    from aegui.engine.training import train

    try:
        result = train(experiment, dataset, control, keeping, start.state if start else None)
        best = result.history.best
        if best is not None and result.model is not None and result.row_errors is not None:
            frames.best(best.position, result.model, result.row_errors)
        result = dataclasses.replace(
            result, prepare_seconds=result.prepare_seconds + ready_seconds, frames=frames.frames
        )
        result = dataclasses.replace(result, summary=_summarise(experiment, result, began))
        return keeping.finish(experiment, result)
    finally:
        keeping.close()


def _get_ready(experiment: ExperimentSpec, observer: WorkflowObserver) -> Dataset:
    """Get the data while the program compiles: each leaves the other a core."""
    observer.progressed(Progress("Getting the data", epochs=experiment.training.epochs))
    with ThreadPoolExecutor(1, "aegui-program") as other:
        compiling = other.submit(_make_program, experiment)
        dataset = load_dataset(experiment.dataset)
        observer.data_ready(dataset)
        observer.progressed(
            Progress("Compiling the training step", epochs=experiment.training.epochs)
        )
        compiling.result()
    return dataset


def _make_program(experiment: ExperimentSpec) -> None:
    # Brings in TensorFlow, which the window must not wait for.
    from aegui.engine.program import program_for

    program_for(experiment)


class _Keeping(TrainingObserver):
    """Passes news on and writes epochs to disk; a full disk ends the keeping, not the run."""

    def __init__(
        self, observer: WorkflowObserver, writer: RunWriter | None, frames: FrameMaker
    ) -> None:
        self._observer = observer
        self._writer = writer
        self._frames = frames
        self._is_failing = False

    def progressed(self, progress: Progress) -> None:
        self._keep(lambda writer: writer.keep_up())
        self._observer.progressed(progress)

    def paused(self, is_paused: bool) -> None:
        if is_paused:
            self._keep(lambda writer: writer.keep_up(at_once=True))
        self._observer.paused(is_paused)

    def chunk_ended(self, end: ChunkEnd) -> None:
        self._observer.chunk_shown(self._frames.chunk(end))

    def epoch_ended(self, end: EpochEnd) -> None:
        snapshot = self._frames.epoch(end)
        self._keep(lambda writer: writer.write_epoch(end, self._frames.frames))
        self._observer.epoch_shown(end.record, snapshot)

    def happened(self, event: RunEvent) -> None:
        self._keep(lambda writer: writer.write_event(event))
        self._observer.happened(event)

    def finish(self, experiment: ExperimentSpec, result: RunResult) -> RunResult:
        """Write what is to be kept, and return the result with the folder or what went wrong.

        The end is written also where an epoch could not be: there may be room again.
        """
        if self._writer is None:
            return result
        if result.model is None:
            self._writer.discard()
            return result
        weights = result.model.weights
        from aegui.engine.inference import save_keras

        try:
            self._writer.finish(result, lambda path: save_keras(experiment, weights, path))
        except RunError as error:
            return dataclasses.replace(result, failure=_not_kept(error, result.failure))
        return dataclasses.replace(result, folder=self._writer.folder)

    def close(self) -> None:
        """Let go of the run's folder."""
        if self._writer is not None:
            self._writer.close()

    def _keep(self, write: Callable[[RunWriter], None]) -> None:
        if self._writer is None or self._is_failing:
            return
        try:
            write(self._writer)
        except RunError as error:
            # It is told at the end, unless there is room again by then.
            logger.info("The run is not kept any more: %s", error)
            self._is_failing = True


def _not_kept(error: RunError, before: Failure | None) -> Failure:
    """Return the failure of a run that cannot be kept, and failed before that perhaps."""
    kept = "The model is kept in memory until the next run."
    remedy = "What was written before can be continued from the list of runs."
    if before is None:
        return Failure(str(error), kept, remedy)
    return dataclasses.replace(
        before,
        what=f"{before.what} {error}",
        kept=kept,
        remedy=f"{before.remedy} {remedy}",
    )


def _summarise(experiment: ExperimentSpec, result: RunResult, began: float) -> RunSummary:
    errors = result.row_errors
    last = result.history.kept if len(result.history) else None
    return RunSummary(
        status=result.state,
        title=experiment.title,
        loss=_finite(last.loss if last else None),
        val_loss=_finite(last.val_loss if last else None),
        epochs=math.floor(result.history.position),
        error=None
        if errors is None
        else ErrorFigures(
            mean=float(errors.mean(dtype=np.float64)), std=float(errors.std(dtype=np.float64))
        ),
        seconds=Seconds(
            prepare=result.prepare_seconds,
            train=result.train_seconds,
            total=time.perf_counter() - began,
        ),
        peak_rss_mb=peak_memory_mb(),
    )


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def peak_memory_mb() -> float:
    """Return this process's largest resident memory so far in MB, or its present one.

    Only Linux tells the peak of this very process (``VmHWM``); ``getrusage`` would count that of
    the process it was started from.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return float(psutil.Process().memory_info().rss / 2**20)
