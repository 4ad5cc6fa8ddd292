"""The state machine of a run.

    idle ─► preparing ─► training ─► finished | stopped | failed
                └───────────────────► stopped | failed

From each of the last three a new run can start.
"""

from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from aegui.data import Dataset
from aegui.records import EpochRecord, EpochSnapshot, History, Progress, RunResult, RunState
from aegui.specs import ExperimentSpec
from aegui.ui.workers.training import RunFunction, TrainingThread

# How long closing the window waits for a compilation that cannot be interrupted.
_PATIENCE_MS = 10_000


class RunController(QObject):
    """Starts and stops runs, one at a time, and passes on what their thread says."""

    state_changed = Signal(RunState)
    progressed = Signal(Progress)
    data_ready = Signal(Dataset)
    epoch_ended = Signal(History, EpochSnapshot)
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

    @property
    def state(self) -> RunState:
        """Where the run is."""
        return self._state

    def start(self, experiment: ExperimentSpec) -> bool:
        """Start a run with fresh weights; return False when one is under way already."""
        if self._thread is not None:
            return False
        self._history = History()
        thread = self._make_thread(experiment)
        thread.state_changed.connect(self._set_state)
        thread.progressed.connect(self.progressed)
        thread.data_ready.connect(self.data_ready)
        thread.epoch_ended.connect(self._take_epoch)
        thread.run_ended.connect(self._take_end)
        self._thread = thread
        self._set_state(RunState.PREPARING)
        thread.start()
        return True

    def stop(self) -> None:
        """Ask the run under way, if any, to end and keep what was learned."""
        if self._thread is not None:
            self._thread.request_stop()

    def shut_down(self) -> bool:
        """Stop the run and wait for its thread; return False if it is still busy after 10 s."""
        if self._thread is None:
            return True
        self._thread.request_stop()
        return self._thread.wait(_PATIENCE_MS)

    def _make_thread(self, experiment: ExperimentSpec) -> TrainingThread:
        if self._run_function is None:
            return TrainingThread(experiment, self._engine, self._store, self)
        return TrainingThread(experiment, self._engine, self._store, self, self._run_function)

    @Slot(RunState)
    def _set_state(self, state: RunState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    @Slot(EpochRecord, EpochSnapshot)
    def _take_epoch(self, record: EpochRecord, snapshot: EpochSnapshot) -> None:
        self._history = self._history.with_record(record)
        self.epoch_ended.emit(self._history, snapshot)

    @Slot(RunResult)
    def _take_end(self, result: RunResult) -> None:
        # The thread has nothing left to do but return; a new run may start when it has.
        if self._thread is not None:
            self._thread.wait()
            self._thread.deleteLater()
            self._thread = None
        self._set_state(result.state)
        self.run_ended.emit(result)
