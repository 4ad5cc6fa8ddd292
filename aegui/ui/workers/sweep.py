"""A sweep on a thread of its own."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from aegui.control import TrainingControl
from aegui.processor import ProcessorError
from aegui.records import TrialOutcome
from aegui.runs import RunError
from aegui.sentences import first_line
from aegui.specs import SpecError, SweepSpec
from aegui.sweeps import (
    Crew,
    OneThread,
    SweepError,
    SweepObserver,
    SweepPlan,
    SweepProgress,
    SweepResult,
    SweepStore,
    TrialFailure,
    create_or_go_on,
    run_sweep,
)
from aegui.ui.workers.priority import let_the_window_go_first

logger = logging.getLogger(__name__)

_SECONDS_BETWEEN_LOOKS = 0.05

# What a sweep calls: `sweeps.run_sweep`, or a test's stand-in for it.
SweepFunction = Callable[
    [SweepSpec, Crew, SweepObserver, TrainingControl, SweepStore | None], SweepResult
]


@dataclass(frozen=True, eq=False)
class SweepEnd:
    """How a sweep ended: with a result, or with a sentence on why there is none.

    ``is_unforeseen`` tells that a mistake in the program is likely, which a person may report.
    """

    result: SweepResult | None = None
    problem: str = ""
    is_unforeseen: bool = False


class SweepThread(QThread):
    """Runs one sweep, trial after trial, and says how it goes; ``sweep_ended`` comes once.

    Parameters
    ----------
    spec
        What to run; the same sweep, interrupted, goes on where it was.
    root
        Folder below which sweeps are kept.
    folder
        An interrupted sweep's own folder, to go on there; None to look for one.
    """

    planned = Signal(SweepPlan)
    progressed = Signal(SweepProgress)
    trial_ended = Signal(TrialOutcome)
    trial_failed = Signal(TrialFailure)
    happened = Signal(str)
    sweep_ended = Signal(SweepEnd)

    def __init__(
        self,
        spec: SweepSpec,
        engine: Future[None],
        root: Path,
        folder: Path | None = None,
        parent: QObject | None = None,
        sweep_function: SweepFunction = run_sweep,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sweep")
        self.control = TrainingControl()
        self._spec = spec
        self._engine = engine
        self._root = root
        self._folder = folder
        self._sweep_function = sweep_function

    def run(self) -> None:
        """Wait for the engine, run the sweep, report every end as a value."""
        # The trials' own thread starts from here and inherits it.
        let_the_window_go_first()
        try:
            end = SweepEnd(self._run())
        except (SpecError, RunError, SweepError, ProcessorError) as error:
            end = SweepEnd(problem=str(error))
        except Exception as error:
            logger.exception("the sweep broke")
            end = SweepEnd(
                problem=f"The sweep broke off: {first_line(error)}. Finished trials are kept; "
                "the log has the details.",
                is_unforeseen=True,
            )
        self.sweep_ended.emit(end)

    def _run(self) -> SweepResult:
        if not self._wait_for_engine():
            return SweepResult(self._spec, stopped=True)
        if self._folder is None:
            store = create_or_go_on(self._root, self._spec)
        else:
            store = SweepStore.open(self._folder)
        with OneThread() as crew:
            return self._sweep_function(store.spec, crew, _News(self), self.control, store)

    def _wait_for_engine(self) -> bool:
        while not self.control.stop_requested:
            if wait([self._engine], timeout=_SECONDS_BETWEEN_LOOKS).done:
                self._engine.result()
                return True
        return False


class _News(SweepObserver):
    """The observer of a sweep: emits the thread's signals."""

    def __init__(self, thread: SweepThread) -> None:
        self._thread = thread

    def planned(self, plan: SweepPlan) -> None:
        self._thread.planned.emit(plan)

    def progressed(self, progress: SweepProgress) -> None:
        self._thread.progressed.emit(progress)

    def trial_ended(self, outcome: TrialOutcome) -> None:
        self._thread.trial_ended.emit(outcome)

    def trial_failed(self, failure: TrialFailure) -> None:
        self._thread.trial_failed.emit(failure)

    def happened(self, text: str) -> None:
        self._thread.happened.emit(text)
