"""The state machine of a run.

    idle ─► preparing ─► training ⇄ paused
                │            │         │
                └────────────┴─────────┴──► finished | stopped | failed

From each of the last three a new run can start, or the same one go on.
"""

from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aegui.control import Progress, RunState, Speed
from aegui.data import Dataset
from aegui.records import (
    ChunkSnapshot,
    Continuation,
    EpochRecord,
    EpochSnapshot,
    History,
    RunEvent,
    RunResult,
)
from aegui.runs import Interrupted, Store
from aegui.specs import ExperimentSpec
from aegui.ui.workers.training import RunFunction, TrainingThread

# How long closing the window waits for a compilation that cannot be interrupted.
_PATIENCE_MS = 10_000
# Qt gathers what is to be painted for 5 ms; a timer set later that runs longer ends after that.
_DRAWN_MS = 10


class RunController(QObject):
    """Starts, steers and stops runs, one at a time, and passes on what their thread says."""

    state_changed = Signal(RunState)
    progressed = Signal(Progress)
    data_ready = Signal(Dataset)
    resume_shown = Signal(EpochSnapshot)
    chunk_shown = Signal(ChunkSnapshot)
    epoch_shown = Signal(History, EpochSnapshot)
    history_changed = Signal(History)
    keeping_changed = Signal(str)
    run_ended = Signal(RunResult)

    def __init__(
        self,
        engine: Future[None],
        store: Path | None,
        parent: QObject | None = None,
        run_function: RunFunction | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._store = store
        self._run_function = run_function
        self._thread: TrainingThread | None = None
        self._history = History()
        self._state = RunState.IDLE
        self._speed = Speed.EPOCH

    @property
    def state(self) -> RunState:
        """Where the run is."""
        return self._state

    def start(
        self,
        experiment: ExperimentSpec,
        start_from: Continuation | None = None,
        *,
        step: bool = False,
        folder: Path | None = None,
        learning_rate: float | None = None,
    ) -> bool:
        """Start a run; return False when one is under way already.

        Parameters
        ----------
        start_from
            An earlier run to go on from; None for fresh weights.
        step
            Train one epoch and wait.
        folder
            The folder of an interrupted run, which goes on there; None for a folder of its own.
        learning_rate
            Another learning rate than that of the run to go on from; None to keep it.
        """
        if self._thread is not None:
            return False
        self._history = start_from.state.history.whole_epochs() if start_from else History()
        store = Interrupted(folder) if folder else self._store
        thread = self._make_thread(experiment, store, start_from)
        thread.state_changed.connect(self._set_state)
        thread.progressed.connect(self.progressed)
        thread.data_ready.connect(self.data_ready)
        thread.resume_shown.connect(self.resume_shown)
        thread.chunk_shown.connect(self.chunk_shown)
        thread.epoch_shown.connect(self._take_epoch)
        thread.happened.connect(self._take_event)
        thread.keeping_changed.connect(self.keeping_changed)
        thread.run_ended.connect(self._take_end)
        thread.viewing_asked.connect(self._answer_when_drawn)
        thread.control.set_speed(self._speed)
        if step:
            thread.control.step()
        if learning_rate is not None:
            thread.control.set_learning_rate(learning_rate)
        self._thread = thread
        self._set_state(RunState.PREPARING)
        thread.start()
        return True

    def pause(self) -> None:
        """Let the run under way wait after its chunk."""
        if self._thread is not None:
            self._thread.control.pause()

    def resume(self) -> None:
        """Let a waiting run go on."""
        if self._thread is not None:
            self._thread.control.resume()

    def step(self) -> None:
        """Let the run go on to the end of an epoch, and wait there."""
        if self._thread is not None:
            self._thread.control.step()

    def set_learning_rate(self, learning_rate: float) -> None:
        """Change the learning rate of the run under way."""
        if self._thread is not None:
            self._thread.control.set_learning_rate(learning_rate)

    def set_speed(self, speed: Speed) -> None:
        """Let the views follow more or less closely, in this run and those to come."""
        self._speed = speed
        if self._thread is not None:
            self._thread.control.set_speed(speed)

    @Slot()
    def give_way(self) -> None:
        """Let the run under way wait a moment: somebody draws."""
        if self._thread is not None:
            self._thread.control.give_way()

    def stop(self) -> None:
        """Ask the run under way, if any, to end and keep what was learned."""
        if self._thread is not None:
            self._thread.control.stop()

    def shut_down(self) -> bool:
        """Stop the run and wait for its thread; return False if it is still busy after 10 s."""
        if self._thread is None:
            return True
        self._thread.control.stop()
        return self._thread.wait(_PATIENCE_MS)

    def _make_thread(
        self, experiment: ExperimentSpec, store: Store | None, start_from: Continuation | None
    ) -> TrainingThread:
        arguments = (experiment, self._engine, store, start_from, self)
        if self._run_function is None:
            return TrainingThread(*arguments)
        return TrainingThread(*arguments, self._run_function)

    @Slot(RunState)
    def _set_state(self, state: RunState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    @Slot(EpochRecord, EpochSnapshot)
    def _take_epoch(self, record: EpochRecord, snapshot: EpochSnapshot) -> None:
        self._history = self._history.with_record(record)
        self.epoch_shown.emit(self._history, snapshot)

    @Slot(RunEvent)
    def _take_event(self, event: RunEvent) -> None:
        self._history = self._history.with_event(event)
        self.history_changed.emit(self._history)

    @Slot()
    def _answer_when_drawn(self) -> None:
        QTimer.singleShot(_DRAWN_MS, self._tell_drawn)

    @Slot()
    def _tell_drawn(self) -> None:
        if self._thread is not None:
            self._thread.views_drawn.set()

    @Slot(RunResult)
    def _take_end(self, result: RunResult) -> None:
        # The thread has nothing left to do but return; a new run may start when it has.
        if self._thread is not None:
            self._thread.wait()
            self._thread.deleteLater()
            self._thread = None
        self._set_state(result.state)
        self.run_ended.emit(result)
