"""A run on a thread of its own."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from aegui.data import DataError, Dataset
from aegui.records import (
    EpochEnd,
    EpochRecord,
    EpochSnapshot,
    Failure,
    FloatArray,
    Progress,
    RunResult,
    RunState,
    TrainingControl,
)
from aegui.runs import RunError
from aegui.specs import ExperimentSpec, SpecError

logger = logging.getLogger(__name__)

_SECONDS_BETWEEN_NEWS = 0.05
_SECONDS_BETWEEN_LOOKS = 0.05

# What a run calls: `workflow.run_experiment`, or a test's stand-in for it.
RunFunction = Callable[..., RunResult]


def _run_experiment(
    experiment: ExperimentSpec, control: TrainingControl, observer: "_News", store: Path | None
) -> RunResult:
    from aegui.workflow import run_experiment

    return run_experiment(experiment, control, observer, store)


class TrainingThread(QThread):
    """Runs one experiment and says how it goes; ``run_ended`` comes once, whatever happens."""

    state_changed = Signal(RunState)
    progressed = Signal(Progress)
    data_ready = Signal(Dataset)
    epoch_ended = Signal(EpochRecord, EpochSnapshot)
    run_ended = Signal(RunResult)

    def __init__(
        self,
        experiment: ExperimentSpec,
        engine: Future[None],
        store: Path | None,
        parent: QObject | None = None,
        run_function: RunFunction = _run_experiment,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("training")
        self._experiment = experiment
        self._engine = engine
        self._store = store
        self._run_function = run_function
        self._control = TrainingControl()

    def request_stop(self) -> None:
        """Ask the run to end; it does after the chunk, or the compilation, under way."""
        self._control.stop()

    def run(self) -> None:
        """Wait for the engine, run the experiment, report every end as a value."""
        try:
            result = self._run()
        except (SpecError, DataError, RunError) as error:
            result = _failed(str(error), "Nothing was trained.", "")
        except MemoryError:
            logger.exception("out of memory")
            result = _failed(
                "There is not enough memory for this run.",
                "Earlier runs are as they were.",
                "Take fewer rows, narrower layers or a smaller batch.",
            )
        except Exception as error:
            logger.exception("the run broke")
            result = _failed(
                f"The run broke off: {_first_line(error)}",
                "Earlier runs are as they were.",
                "Change a setting and train again; the log has the details.",
            )
        self.run_ended.emit(result)

    def _run(self) -> RunResult:
        self.state_changed.emit(RunState.PREPARING)
        if not self._wait_for_engine():
            return RunResult(RunState.STOPPED)
        return self._run_function(
            self._experiment, self._control, _News(self, self._experiment), self._store
        )

    def _wait_for_engine(self) -> bool:
        if not self._engine.done():
            self.progressed.emit(Progress("Waiting for TensorFlow, then training starts"))
        while not self._control.stop_requested:
            if wait([self._engine], timeout=_SECONDS_BETWEEN_LOOKS).done:
                self._engine.result()
                return True
        return False


class _News:
    """The observer of a run: thins out progress, makes snapshots, emits the thread's signals."""

    def __init__(self, thread: TrainingThread, experiment: ExperimentSpec) -> None:
        self._thread = thread
        self._epochs = experiment.training.epochs
        self._strip_rows: FloatArray | None = None
        self._last_news = 0.0
        self._is_training = False

    def data_ready(self, dataset: Dataset) -> None:
        self._strip_rows = dataset.test[dataset.showcase()]
        self._thread.data_ready.emit(dataset)

    def progressed(self, progress: Progress) -> None:
        if progress.epoch > 0 and not self._is_training:
            self._is_training = True
            self._thread.state_changed.emit(RunState.TRAINING)
        now = time.monotonic()
        if progress.epoch == 0 or now - self._last_news >= _SECONDS_BETWEEN_NEWS:
            self._last_news = now
            self._thread.progressed.emit(progress)

    def epoch_ended(self, end: EpochEnd) -> None:
        if self._strip_rows is None:
            raise RuntimeError("an epoch ended before there was data")
        snapshot = EpochSnapshot(
            epoch=end.record.epoch,
            strip=end.model.reconstruct(self._strip_rows),
            row_errors=end.row_errors,
            model=end.model,
        )
        self._thread.epoch_ended.emit(end.record, snapshot)


def _failed(what: str, kept: str, remedy: str) -> RunResult:
    return RunResult(RunState.FAILED, failure=Failure(what, kept, remedy))


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
