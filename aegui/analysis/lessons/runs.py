"""Runs grouped by what sets them apart, and the figures of a group."""

from collections.abc import Iterable, Sequence

import numpy as np

from aegui.records.trials import TrialOutcome
from aegui.specs import JsonScalar


def error_of(run: TrialOutcome) -> float:
    """Return the mean over the test rows of Σ|x − x̂|."""
    return float(np.asarray(run.row_errors).mean(dtype=np.float64))


def spread_of(run: TrialOutcome) -> float:
    """Return the standard deviation over the test rows of Σ|x − x̂|, the spread σ."""
    return float(np.asarray(run.row_errors).std(dtype=np.float64))


def errors_of(runs: Iterable[TrialOutcome]) -> list[float]:
    """Return the mean error of each run."""
    return [error_of(run) for run in runs]


def by_setting(
    runs: Iterable[TrialOutcome], field: str
) -> dict[JsonScalar, tuple[TrialOutcome, ...]]:
    """Return the runs of each value of a setting, values in the order of their first run."""
    groups: dict[JsonScalar, list[TrialOutcome]] = {}
    for run in sorted(runs, key=lambda run: run.number):
        groups.setdefault(run.settings[field], []).append(run)
    return {value: tuple(group) for value, group in groups.items()}


def sigma_text(name: str, runs: Sequence[TrialOutcome]) -> str:
    """Return a group's entry in a key: its name, mean error and spread σ.

    With several seeds, σ is their mean with the standard deviation over the seeds.
    """
    sigmas = [spread_of(run) for run in runs]
    sigma = f"σ = {np.mean(sigmas):.3f}"
    if len(sigmas) > 1:
        sigma += f" ± {np.std(sigmas, ddof=1):.3f} ({len(sigmas)} seeds)"
    return f"{name}: mean {np.mean(errors_of(runs)):.3g}, {sigma}"
