"""Whoever wants to know how a sweep goes."""

from aegui.control import Progress
from aegui.records import TrialOutcome
from aegui.sweeps.plan import SweepPlan, SweepProgress
from aegui.sweeps.trial import TrialFailure


class SweepObserver:
    """Whoever wants to know how a sweep goes. This one takes note of nothing.

    All is said on the thread that called ``run_sweep``, but for ``trial_progressed``, which comes
    from the thread that trains.
    """

    def planned(self, plan: SweepPlan) -> None:
        """Take note of the trials, and of those that are finished already."""

    def progressed(self, progress: SweepProgress) -> None:
        """Take note of how far the sweep is."""

    def trial_progressed(self, progress: Progress) -> None:
        """Take note of how far the training of the trial under way is; only in this process."""

    def trial_ended(self, outcome: TrialOutcome) -> None:
        """Take note of what a trial left, kept if it could be."""

    def trial_failed(self, failure: TrialFailure) -> None:
        """Take note of a trial that left nothing."""

    def happened(self, text: str) -> None:
        """Take note of something that a person should know, said in a sentence."""
