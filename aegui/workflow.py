"""One experiment, start to end: data, training, scoring, keeping. In that order, once."""

import dataclasses
import math
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil

from aegui.analysis.frames import FrameMaker
from aegui.control import Progress, RunState, TrainingControl
from aegui.data import Dataset, load_dataset
from aegui.keeping import Keeping
from aegui.records import (
    Continuation,
    ErrorFigures,
    FloatArray,
    RunObserver,
    RunResult,
    RunSummary,
    Seconds,
    finite,
)
from aegui.runs import RunError, Store, open_writer, require_store
from aegui.specs import ExperimentSpec, FileSpec
from aegui.specs.files import require_runnable

# Share of a file after whose reading it is told of again.
_NEWS = 0.01


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
    MemoryError
        There is not enough memory for the data or the model.
    RunError
        The run's folder cannot be made, or somebody else trains in it, or ``start`` does not fit
        the experiment, or another run of such a model is under way in this process; nothing was
        trained, and no folder is left behind.
    """
    require_runnable(experiment, "experiment")
    require_store(store)
    began = time.perf_counter()
    dataset = _get_ready(experiment, control, observer)
    if dataset is None or control.stop_requested:
        return RunResult(RunState.STOPPED)
    ready_seconds = time.perf_counter() - began
    frames = FrameMaker(experiment, dataset, start.frames if start else ())
    keeping = Keeping(observer, open_writer(store, experiment, start), frames, dataset)
    try:
        result = _train(experiment, dataset, control, keeping, start)
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


def _train(
    experiment: ExperimentSpec,
    dataset: Dataset,
    control: TrainingControl,
    keeping: Keeping,
    start: Continuation | None,
) -> RunResult:
    """Train; a run that the engine refuses leaves no folder, and its ``RunError`` says why."""
    from aegui.engine.programs import ProgramInUseError
    from aegui.engine.states import StateError
    from aegui.engine.training import train

    try:
        return train(experiment, dataset, control, keeping, start.state if start else None)
    except (StateError, ProgramInUseError) as error:
        keeping.finish(experiment, RunResult(RunState.FAILED))
        if isinstance(error, StateError):
            raise RunError(f"The run cannot go on as this experiment: {error}.") from error
        raise RunError(str(error)) from error


def _get_ready(
    experiment: ExperimentSpec, control: TrainingControl, observer: WorkflowObserver
) -> Dataset | None:
    """Get the data while the program compiles: each leaves the other a core.

    Returns None where somebody wants to stop before they are read.
    """
    epochs = experiment.training.epochs
    observer.progressed(Progress("Getting the data", epochs=epochs))
    with ThreadPoolExecutor(1, "aegui-program") as other:
        compiling = other.submit(_make_program, experiment)
        dataset = _load(experiment, control, observer)
        if dataset is None:
            return None
        observer.progressed(Progress("Compiling the training step", epochs=epochs))
        compiling.result()
    # Told when no program is being traced any more: the listener may have views to draw.
    observer.data_ready(dataset)
    return dataset


def _load(
    experiment: ExperimentSpec, control: TrainingControl, observer: WorkflowObserver
) -> Dataset | None:
    if not isinstance(experiment.dataset, FileSpec):
        return load_dataset(experiment.dataset)
    # It brings in what reads files, which other data need not wait for.
    from aegui.data.files import ReadingStoppedError, Watch

    told = -1.0

    def tell(doing: str, fraction: float) -> None:
        nonlocal told
        if abs(fraction - told) >= _NEWS:
            told = fraction
            progress = Progress(doing, epochs=experiment.training.epochs, fraction=fraction)
            observer.progressed(progress)

    try:
        return load_dataset(
            experiment.dataset, Watch(tell, goes_on=lambda: not control.stop_requested)
        )
    except ReadingStoppedError:
        return None


def _make_program(experiment: ExperimentSpec) -> None:
    # Brings in TensorFlow, which the window must not wait for.
    from aegui.engine.programs import program_for

    program_for(experiment)


def _summarise(experiment: ExperimentSpec, result: RunResult, began: float) -> RunSummary:
    errors = result.row_errors
    last = result.history.kept if len(result.history) else None
    return RunSummary(
        status=result.state,
        title=experiment.title,
        loss=finite(last.loss if last else None),
        val_loss=finite(last.val_loss if last else None),
        epochs=math.floor(result.history.position),
        error=_error_figures(errors),
        seconds=Seconds(
            prepare=result.prepare_seconds,
            train=result.train_seconds,
            total=time.perf_counter() - began,
        ),
        peak_rss_mb=peak_memory_mb(),
    )


def _error_figures(errors: FloatArray | None) -> ErrorFigures | None:
    if errors is None or not np.isfinite(errors).all():
        return None
    return ErrorFigures(
        mean=float(errors.mean(dtype=np.float64)), std=float(errors.std(dtype=np.float64))
    )


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
