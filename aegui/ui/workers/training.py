"""A run on a thread of its own."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait

from PySide6.QtCore import QObject, QThread, Signal

from aegui.control import Progress, RunState, TrainingControl
from aegui.data import DataError, Dataset
from aegui.processor import ProcessorError
from aegui.records import (
    ChunkSnapshot,
    Continuation,
    EpochRecord,
    EpochSnapshot,
    Failure,
    RunEvent,
    RunResult,
)
from aegui.runs import RunError, Store
from aegui.sentences import first_line
from aegui.specs import ExperimentSpec, SpecError
from aegui.ui.workers.priority import let_the_window_go_first
from aegui.workflow import WorkflowObserver, run_experiment

logger = logging.getLogger(__name__)

_SECONDS_BETWEEN_NEWS = 0.05
_SECONDS_BETWEEN_LOOKS = 0.05
# A window that takes longer to draw is not waited for: it may be closing.
_LONGEST_VIEWING_SECONDS = 0.2

# What a run calls: `workflow.run_experiment`, or a test's stand-in for it.
RunFunction = Callable[
    [ExperimentSpec, TrainingControl, WorkflowObserver, Store | None, Continuation | None],
    RunResult,
]


class TrainingThread(QThread):
    """Runs one experiment and says how it goes; ``run_ended`` comes once, whatever happens.

    ``control`` steers the run, from any thread; ``has_shown_epochs`` tells whether it got as far.
    Whoever hears ``viewing_asked`` sets ``views_drawn`` once all that was told before is drawn.
    """

    state_changed = Signal(RunState)
    progressed = Signal(Progress)
    data_ready = Signal(Dataset)
    resume_shown = Signal(EpochSnapshot)
    chunk_shown = Signal(ChunkSnapshot)
    epoch_shown = Signal(EpochRecord, EpochSnapshot)
    happened = Signal(RunEvent)
    keeping_changed = Signal(str)
    run_ended = Signal(RunResult)
    viewing_asked = Signal()

    def __init__(
        self,
        experiment: ExperimentSpec,
        engine: Future[None],
        store: Store | None,
        start_from: Continuation | None = None,
        parent: QObject | None = None,
        run_function: RunFunction = run_experiment,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("training")
        self.control = TrainingControl()
        self.has_shown_epochs = False
        self.views_drawn = threading.Event()
        self._experiment = experiment
        self._engine = engine
        self._store = store
        self._start_from = start_from
        self._run_function = run_function

    def run(self) -> None:
        """Wait for the engine, run the experiment, report every end as a value."""
        let_the_window_go_first()
        try:
            result = self._run()
        except (SpecError, DataError, RunError, ProcessorError) as error:
            result = _failed(str(error), "Nothing was trained.", "")
        except MemoryError:
            logger.exception("out of memory")
            result = _failed(
                "There is not enough memory for this run.",
                self._kept,
                "Take fewer rows, narrower layers or a smaller batch.",
            )
        except Exception as error:
            logger.exception("the run broke")
            remedy = "Change a setting and train again; the log has the details."
            what = f"The run broke off: {first_line(error)}"
            result = _failed(what, self._kept, remedy, is_unforeseen=True)
        self.run_ended.emit(result)

    def _run(self) -> RunResult:
        self.state_changed.emit(RunState.PREPARING)
        if not self._wait_for_engine():
            return RunResult(RunState.STOPPED)
        self.wait_for_the_views()
        return self._run_function(
            self._experiment, self.control, _News(self), self._store, self._start_from
        )

    def wait_for_the_views(self) -> None:
        """Return when the window has drawn what it was told so far; call it on this thread.

        Side by side two threads of Python slow each other down by more than they gain: with a
        first picture to draw the window stood still for some 100 ms, and for some 50 when it is
        waited for.
        """
        self.views_drawn.clear()
        self.viewing_asked.emit()
        self.views_drawn.wait(_LONGEST_VIEWING_SECONDS)

    @property
    def _kept(self) -> str:
        if self._store is None or not self.has_shown_epochs:
            return "Earlier runs are as they were."
        return "What it had learned is kept: it goes on from the list of runs."

    def _wait_for_engine(self) -> bool:
        if not self._engine.done():
            self.progressed.emit(Progress("Waiting for TensorFlow, then training starts"))
        while not self.control.stop_requested:
            if wait([self._engine], timeout=_SECONDS_BETWEEN_LOOKS).done:
                self._engine.result()
                return True
        return False


class _News(WorkflowObserver):
    """The observer of a run: thins out progress and emits the thread's signals."""

    def __init__(self, thread: TrainingThread) -> None:
        self._thread = thread
        self._last_news = 0.0
        self._is_training = False

    def data_ready(self, dataset: Dataset) -> None:
        self._thread.data_ready.emit(dataset)
        self._thread.wait_for_the_views()

    def progressed(self, progress: Progress) -> None:
        if progress.epoch > 0 and not self._is_training:
            self._is_training = True
            self._thread.state_changed.emit(RunState.TRAINING)
        now = time.monotonic()
        if progress.epoch == 0 or now - self._last_news >= _SECONDS_BETWEEN_NEWS:
            self._last_news = now
            self._thread.progressed.emit(progress)

    def paused(self, is_paused: bool) -> None:
        self._is_training = True
        self._thread.state_changed.emit(RunState.PAUSED if is_paused else RunState.TRAINING)

    def resume_shown(self, snapshot: EpochSnapshot) -> None:
        self._thread.resume_shown.emit(snapshot)

    def chunk_shown(self, snapshot: ChunkSnapshot) -> None:
        self._thread.chunk_shown.emit(snapshot)

    def epoch_shown(self, record: EpochRecord, snapshot: EpochSnapshot) -> None:
        self._thread.has_shown_epochs = True
        self._thread.epoch_shown.emit(record, snapshot)
        if record.epoch == 0:
            self._thread.wait_for_the_views()

    def happened(self, event: RunEvent) -> None:
        self._thread.happened.emit(event)

    def keeping_changed(self, sentence: str) -> None:
        self._thread.keeping_changed.emit(sentence)


def _failed(what: str, kept: str, remedy: str, *, is_unforeseen: bool = False) -> RunResult:
    failure = Failure(what, kept, remedy, is_unforeseen=is_unforeseen)
    return RunResult(RunState.FAILED, failure=failure)
