"""Telling an observer how far a sweep is."""

import time
from collections.abc import Collection, Iterable, Sequence

from aegui.control import Progress
from aegui.specs import TrialSpec
from aegui.sweeps.observer import SweepObserver
from aegui.sweeps.plan import SweepProgress, TimeLeft
from aegui.workflow import WorkflowObserver

_SECONDS_BETWEEN_NEWS = 0.5


class Telling:
    """Tells of progress twice a second at most; ``training`` listens to trials of this process."""

    def __init__(
        self, observer: SweepObserver, trials: int, remaining: Sequence[TrialSpec]
    ) -> None:
        self._observer = observer
        self._trials = trials
        self._time_left = TimeLeft(remaining)
        self._began = time.monotonic()
        self._last_news = 0.0
        self.training = _Training(observer)

    def begin(self) -> None:
        """Count the time from now on: the crew is there."""
        self._began = time.monotonic()

    def tell(self, ended: int, done: Collection[int], running: Iterable[TrialSpec]) -> None:
        """Say how far the sweep is.

        Parameters
        ----------
        ended
            Number of trials that are over, also those of an earlier day.
        done
            The numbers of those that ended since ``begin``.
        running
            The trials under way.
        """
        now = time.monotonic()
        if now - self._last_news < _SECONDS_BETWEEN_NEWS:
            return
        self._last_news = now
        share = self.training.fraction
        partly = {trial.number: share for trial in running} if share else {}
        self._observer.progressed(
            SweepProgress(
                trial=min(ended + 1, self._trials),
                trials=self._trials,
                fraction=min(1.0, (ended + share) / self._trials),
                seconds_left=self._time_left.left(done, now - self._began, partly),
            )
        )


class _Training(WorkflowObserver):
    """Passes on how the training of a trial goes; ``fraction`` is the share of it that is done."""

    def __init__(self, observer: SweepObserver) -> None:
        self._observer = observer
        self.fraction = 0.0

    def progressed(self, progress: Progress) -> None:
        self.fraction = progress.fraction
        self._observer.trial_progressed(progress)
