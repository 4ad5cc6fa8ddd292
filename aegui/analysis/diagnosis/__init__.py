"""What is wrong with a run, said in one line, with why and what can be done about it."""

from collections.abc import Callable

from aegui.analysis.diagnosis.evidence import Evidence, gather_evidence
from aegui.analysis.diagnosis.finding import Finding
from aegui.analysis.diagnosis.losses import (
    find_overfitting,
    find_rate_too_large,
    find_rate_too_small,
)
from aegui.analysis.diagnosis.remedies import Remedy, apply, rate_in_force, tenth_of_rate
from aegui.analysis.diagnosis.rows import (
    find_collapse,
    find_dead_units,
    find_no_pattern,
    find_output_range,
)
from aegui.records import History
from aegui.specs import ExperimentSpec

__all__ = [
    "Evidence",
    "Finding",
    "Remedy",
    "apply",
    "diagnose",
    "diagnose_failure",
    "gather_evidence",
]

# The most important first. An output that cannot reach the data leads: the rest follows from it.
# Dead units come late: relu codes often have one or two (one of 32 for a seed in three on digits)
# and train well without them; where all are dead, the run has collapsed.
_LOOKS: tuple[Callable[[ExperimentSpec, History, Evidence], Finding | None], ...] = (
    find_output_range,
    find_collapse,
    find_rate_too_large,
    find_rate_too_small,
    find_overfitting,
    find_dead_units,
    find_no_pattern,
)


def diagnose(experiment: ExperimentSpec, history: History, evidence: Evidence) -> Finding | None:
    """Return the most important thing to say of a run after an epoch, None when all is well."""
    if not evidence.is_enough:
        return None
    findings = (look(experiment, history, evidence) for look in _LOOKS)
    return next((finding for finding in findings if finding is not None), None)


def diagnose_failure(experiment: ExperimentSpec, history: History) -> Finding:
    """Return what to say of a run that failed because its loss was not a finite number."""
    if not len(history):
        return Finding(
            "not_finite",
            "The loss is not a finite number before the first step.",
            "The data's values are too large for what is computed from them.",
        )
    rate = rate_in_force(experiment, history)
    return Finding(
        "not_finite",
        f"The loss stopped being a finite number in epoch {history.epochs + 1}.",
        f"At a learning rate of {rate:.3g} each step overshot further than the one before.",
        tenth_of_rate(rate),
    )
