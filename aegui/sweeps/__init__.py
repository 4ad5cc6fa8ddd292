"""Runs that differ in one setting or two: planned, executed on an executor, kept, compared."""

from aegui.analysis.spread import differ
from aegui.sweeps.crew import Crew, OneThread
from aegui.sweeps.execute import run_sweep
from aegui.sweeps.observer import SweepObserver
from aegui.sweeps.plan import SweepPlan, SweepProgress, duration_in_words
from aegui.sweeps.results import MEASURES, Measure, SweepPoint, SweepResult
from aegui.sweeps.store import SweepStore
from aegui.sweeps.trial import SweepError, TrialFailure
from aegui.sweeps.unfinished import (
    UnfinishedSweep,
    create_or_go_on,
    list_unfinished,
    list_unreadable,
)

__all__ = [
    "MEASURES",
    "Crew",
    "Measure",
    "OneThread",
    "SweepError",
    "SweepObserver",
    "SweepPlan",
    "SweepPoint",
    "SweepProgress",
    "SweepResult",
    "SweepStore",
    "TrialFailure",
    "UnfinishedSweep",
    "create_or_go_on",
    "differ",
    "duration_in_words",
    "list_unfinished",
    "list_unreadable",
    "run_sweep",
]
