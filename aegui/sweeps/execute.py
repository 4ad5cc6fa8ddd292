"""A sweep from its first trial to its last, on whatever crew does them."""

import dataclasses
import logging
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait

from aegui.control import TrainingControl
from aegui.records import TrialOutcome
from aegui.runs import RunError
from aegui.sentences import first_line
from aegui.specs import SweepSpec, TrialSpec
from aegui.sweeps.crew import Crew
from aegui.sweeps.observer import SweepObserver
from aegui.sweeps.plan import SweepPlan
from aegui.sweeps.results import SweepResult, as_csv
from aegui.sweeps.store import SweepStore
from aegui.sweeps.telling import Telling
from aegui.sweeps.trial import SweepError, TrialEnd, TrialFailure

logger = logging.getLogger(__name__)

_MOST_RESTARTS = 2
_SECONDS_BETWEEN_LOOKS = 0.1


def run_sweep(
    spec: SweepSpec,
    crew: Crew,
    observer: SweepObserver,
    control: TrainingControl,
    store: SweepStore | None = None,
) -> SweepResult:
    """Run the trials of a sweep that are not finished yet, and return what all of them left.

    Parameters
    ----------
    crew
        Where the trials are run; the caller closes it. The same code serves every crew.
    control
        Ends the sweep with ``stop``: what is finished is kept. In this process it also pauses.
    store
        The sweep's folder, which may hold finished trials already; None to keep nothing.

    Raises
    ------
    SpecError
        A trial cannot be run; the message names its settings. Nothing was trained.
    RunError
        The sweep's folder cannot be used.
    SweepError
        The crew was lost too often, or could not be had. Finished trials are kept.
    """
    sweep = _Sweep(spec, crew, observer, control, store)
    if store is None:
        return sweep.run()
    store.claim()
    try:
        return sweep.run()
    finally:
        store.release()


class _Sweep:
    """One sweep while it goes on."""

    def __init__(
        self,
        spec: SweepSpec,
        crew: Crew,
        observer: SweepObserver,
        control: TrainingControl,
        store: SweepStore | None,
    ) -> None:
        self._spec = spec
        self._crew = crew
        self._observer = observer
        self._control = control
        self._store = store
        self._outcomes: dict[int, TrialOutcome] = {}
        self._failures: list[TrialFailure] = []
        self._running: dict[Future[TrialEnd], TrialSpec] = {}
        self._lost: list[TrialSpec] = []
        self._is_broken = False
        self._done: set[int] = set()
        self._restarts = 0
        self._not_kept: str | None = None

    def run(self) -> SweepResult:
        began = time.monotonic()
        self._plan()
        if self._waiting:
            self._crew.start(self._control, self._telling.training)
        self._telling.begin()
        try:
            while self._waiting or self._running or self._lost:
                self._work()
        except SweepError as error:
            self._take_what_is_there()
            raise SweepError(f"{error} {self._kept_in_words()}") from error
        self._write_table()
        return dataclasses.replace(
            self._result(), not_kept=self._not_kept, seconds=time.monotonic() - began
        )

    def _result(self) -> SweepResult:
        return SweepResult(
            spec=self._spec,
            outcomes=tuple(self._outcomes[number] for number in sorted(self._outcomes)),
            failures=tuple(self._failures),
            stopped=len(self._outcomes) + len(self._failures) < self._count,
            folder=self._store.folder if self._store else None,
        )

    def _write_table(self) -> None:
        if self._store is not None and self._outcomes:
            try:
                self._store.write_table(as_csv(self._result()))
            except RunError as error:
                self._not_kept = self._not_kept or str(error)

    def _plan(self) -> None:
        trials = self._spec.trials()
        finished = self._store.outcomes(trials) if self._store else ()
        for sentence in self._store.damaged if self._store else ():
            self._observer.happened(f"{sentence} It was moved aside and is run again.")
        plan = SweepPlan(self._spec, trials, finished)
        self._outcomes = {outcome.number: outcome for outcome in finished}
        self._count = len(trials)
        self._waiting = deque(plan.remaining)
        self._telling = Telling(self._observer, len(trials), plan.remaining)
        self._observer.planned(plan)

    def _work(self) -> None:
        """Hand out trials, wait a moment, and take in what has ended."""
        if self._control.stop_requested:
            self._stop()
        else:
            self._hand_out()
        over = len(self._outcomes) + len(self._failures)
        self._telling.tell(over, self._done, self._running.values())
        ended = wait(self._running, _SECONDS_BETWEEN_LOOKS, FIRST_COMPLETED).done
        for future in ended:
            self._take(future)
        # What a broken executor still holds fails at once, or has ended and is taken in first.
        if self._is_broken and not self._running and not self._control.stop_requested:
            self._start_again()

    def _stop(self) -> None:
        self._waiting.clear()
        self._lost.clear()
        self._crew.stop()
        for future in self._running:
            future.cancel()

    def _hand_out(self) -> None:
        while not self._is_broken and self._waiting and len(self._running) < self._crew.slots:
            trial = self._waiting[0]
            try:
                future = self._crew.submit(trial)
            except BrokenExecutor:
                self._is_broken = True
                return
            self._running[future] = self._waiting.popleft()

    def _take(self, future: Future[TrialEnd]) -> None:
        """Take in a trial's end; one that was lost through no fault of its own waits again."""
        trial = self._running.pop(future)
        self._telling.training.fraction = 0.0
        error = None if future.cancelled() else future.exception()
        if future.cancelled() or (error is not None and self._crew.is_lost(error)):
            self._is_broken = True
            self._lost.append(trial)
        elif error is None:
            self._take_end(future.result())
        else:
            logger.info("trial %d broke", trial.number, exc_info=error)
            self._fail(TrialFailure(trial, f"{type(error).__name__}: {first_line(error)}"))

    def _take_end(self, end: TrialEnd) -> None:
        if isinstance(end, TrialFailure):
            self._fail(end)
        elif end is not None:
            try:
                if self._crew.works_elsewhere and not self._control.stop_requested:
                    # Before the folder is written, so that no worker waits for the disk.
                    self._hand_out()
            finally:
                outcome = self._keep(end)
                self._outcomes[outcome.number] = outcome
                self._done.add(outcome.number)
                self._observer.trial_ended(outcome)

    def _take_what_is_there(self) -> None:
        """Take in the trials that have ended, of a sweep that cannot go on."""
        self._is_broken = True
        for future in [future for future in self._running if future.done()]:
            self._take(future)
        self._write_table()

    def _fail(self, failure: TrialFailure) -> None:
        self._failures.append(failure)
        self._done.add(failure.trial.number)
        self._observer.trial_failed(failure)

    def _keep(self, outcome: TrialOutcome) -> TrialOutcome:
        if self._store is None:
            return outcome
        try:
            return self._store.keep(outcome)
        except RunError as error:
            # A full disk does not end the sweep; its figures are still to be seen.
            self._not_kept = str(error)
            return outcome

    def _start_again(self) -> None:
        """Run what was lost again, with new workers."""
        if self._restarts == _MOST_RESTARTS:
            raise SweepError(
                f"Workers were lost {_MOST_RESTARTS + 1} times; perhaps there is not enough "
                "memory for so many at once."
            )
        self._restarts += 1
        self._observer.happened("A worker was lost; its trials are run again.")
        self._waiting.extendleft(sorted(self._lost, key=lambda trial: -trial.number))
        self._lost.clear()
        self._crew.restart()
        self._is_broken = False

    def _kept_in_words(self) -> str:
        kept = sum(outcome.folder is not None for outcome in self._outcomes.values())
        if self._store is None or kept == 0:
            return "No trial was finished."
        return (
            f"{kept} of {self._count} trials are kept in {self._store.folder}; "
            "the same sweep goes on from there."
        )
