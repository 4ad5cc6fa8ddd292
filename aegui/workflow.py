"""One experiment, start to end: data, training, scoring, keeping. In that order, once."""

import dataclasses
import math
import time
from pathlib import Path
from typing import Protocol

import numpy as np
import psutil

from aegui.data import Dataset, load_dataset
from aegui.records import (
    EpochEnd,
    ErrorFigures,
    Failure,
    History,
    Progress,
    RunResult,
    RunState,
    RunSummary,
    Seconds,
    TrainingControl,
    TrainingObserver,
)
from aegui.runs import RunError, RunWriter
from aegui.specs import ExperimentSpec
from aegui.specs.files import require_runnable


class RunObserver(TrainingObserver, Protocol):
    """A training's observer that also hears of the data."""

    def data_ready(self, dataset: Dataset) -> None:
        """Take note of the rows that the run uses."""
        ...


def run_experiment(
    experiment: ExperimentSpec,
    control: TrainingControl,
    observer: RunObserver,
    store: Path | None = None,
) -> RunResult:
    """Run an experiment and return how it ended.

    Parameters
    ----------
    control
        How other threads stop the run.
    observer
        Hears of data, progress and epochs, on the calling thread.
    store
        Folder in which the run gets a folder of its own; None to keep nothing.

    Raises
    ------
    SpecError
        The experiment's choices do not fit each other.
    DataError
        The data cannot be had.
    RunError
        The run's folder cannot be made; nothing was trained.
    """
    require_runnable(experiment, "experiment")
    began = time.perf_counter()
    observer.progressed(Progress("Getting the data", epochs=experiment.training.epochs))
    dataset = load_dataset(experiment.dataset)
    observer.data_ready(dataset)
    if control.stop_requested:
        return RunResult(RunState.STOPPED)
    writer = RunWriter(store, experiment) if store is not None else None

    # Brings in TensorFlow, which the window must not wait for.
    from aegui.engine.training import train

    data_seconds = time.perf_counter() - began
    keeping = _Keeping(observer, writer)
    result = train(experiment, dataset, control, keeping)
    result = dataclasses.replace(result, prepare_seconds=result.prepare_seconds + data_seconds)
    result = dataclasses.replace(result, summary=_summarise(experiment, result, began))
    return keeping.finish(experiment, result)


class _Keeping:
    """Passes news on and writes epochs to disk; a full disk ends the keeping, not the run."""

    def __init__(self, observer: TrainingObserver, writer: RunWriter | None) -> None:
        self._observer = observer
        self._writer = writer
        self._error: RunError | None = None

    def progressed(self, progress: Progress) -> None:
        self._observer.progressed(progress)

    def epoch_ended(self, end: EpochEnd) -> None:
        if self._writer and not self._error:
            try:
                self._writer.write_epoch(end.record, end.model.weights)
            except RunError as error:
                self._error = error
        self._observer.epoch_ended(end)

    def finish(self, experiment: ExperimentSpec, result: RunResult) -> RunResult:
        if self._writer is None:
            return result
        if result.model is None:
            self._writer.discard()
            return result
        if self._error is None:
            try:
                self._write_result(self._writer, experiment, result)
            except RunError as error:
                self._error = error
        if self._error is not None:
            failure = result.failure or Failure(
                what=str(self._error),
                kept="The model is kept in memory until the next run.",
                remedy="",
            )
            return dataclasses.replace(result, failure=failure)
        return dataclasses.replace(result, folder=self._writer.folder)

    @staticmethod
    def _write_result(writer: RunWriter, experiment: ExperimentSpec, result: RunResult) -> None:
        from aegui.engine.inference import save_keras

        if result.model is None or result.row_errors is None or result.summary is None:
            raise ValueError("only a run that has a model can be kept")
        weights = result.model.weights
        writer.finish(
            result.summary,
            weights,
            result.row_errors,
            lambda path: save_keras(experiment, weights, path),
        )


def _summarise(experiment: ExperimentSpec, result: RunResult, began: float) -> RunSummary:
    errors = result.row_errors
    last = result.history.last if len(result.history) else None
    return RunSummary(
        status=result.state,
        title=experiment.title,
        loss=_finite(last.loss if last else None),
        val_loss=_finite(last.val_loss if last else None),
        epochs=_whole_epochs(result.history),
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


def _whole_epochs(history: History) -> int:
    return math.floor(history.position)


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
