"""What a sweep found: any measure against what was swept, with its spread over the seeds."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aegui.analysis.spread import mean_and_sd
from aegui.control import RunState
from aegui.records import TrialOutcome, finite
from aegui.specs import JsonScalar, SweepSpec
from aegui.sweeps.trial import TrialFailure


@dataclass(frozen=True)
class Measure:
    """A figure of a trial: ``name`` for files, ``title`` for people, ``short`` for a column."""

    name: str
    title: str
    short: str
    of: Callable[[TrialOutcome], float | None]


def _mean_error(outcome: TrialOutcome) -> float | None:
    return outcome.summary.error.mean if outcome.summary.error else None


def _error_per_feature(outcome: TrialOutcome) -> float | None:
    mean = _mean_error(outcome)
    return None if mean is None else mean / outcome.experiment.dataset.features


def _spread(outcome: TrialOutcome) -> float | None:
    return outcome.summary.error.std if outcome.summary.error else None


def _mean_answer(outcome: TrialOutcome) -> float | None:
    return outcome.baselines.mean.mean if outcome.baselines else None


def _pca(outcome: TrialOutcome) -> float | None:
    pca = outcome.baselines.pca if outcome.baselines else None
    return pca.mean if pca else None


MEASURES: tuple[Measure, ...] = (
    Measure("error_per_feature", "Mean error per feature", "Error per feature", _error_per_feature),
    Measure("error_mean", "Mean error, summed over the features", "Error, sum", _mean_error),
    Measure("error_std", "Spread of the sums, σ", "Spread σ", _spread),
    Measure("val_loss", "Validation loss", "Val. loss", lambda outcome: outcome.summary.val_loss),
    Measure("loss", "Training loss", "Loss", lambda outcome: outcome.summary.loss),
    Measure(
        "mean_answer_error",
        "Error of always the training mean, summed",
        "Always mean, sum",
        _mean_answer,
    ),
    Measure("pca_error", "Error of PCA of the code's width, summed", "PCA, sum", _pca),
    Measure("seconds", "Seconds", "Seconds", lambda outcome: outcome.seconds),
)


@dataclass(frozen=True, eq=False)
class SweepPoint:
    """A measure at one setting: a value for each trial, their mean and standard deviation.

    ``sd`` is the sample's (n − 1), 0 for one trial.
    """

    settings: dict[str, JsonScalar]
    outcomes: tuple[TrialOutcome, ...]
    values: tuple[float, ...]
    mean: float
    sd: float


@dataclass(frozen=True, eq=False)
class SweepResult:
    """What a sweep left: the outcomes of the trials that ended, by number, and what failed.

    ``stopped`` tells that somebody ended it before its last trial; ``not_kept`` says why some
    runs are not on disk; ``seconds`` is the time that this call took.
    """

    spec: SweepSpec
    outcomes: tuple[TrialOutcome, ...] = ()
    failures: tuple[TrialFailure, ...] = ()
    stopped: bool = False
    not_kept: str | None = None
    seconds: float = 0.0
    folder: Path | None = None

    def points(self, measure: Measure) -> tuple[SweepPoint, ...]:
        """Return a measure at each setting, in the order of the sweep.

        Trials whose loss stopped being finite are left out: their figures are those of an
        earlier epoch.
        """
        groups = finished_by_settings(o for o in self.outcomes if measure.of(o) is not None)
        return tuple(_point(outcomes, measure) for outcomes in groups.values())


def finished_by_settings(
    outcomes: Iterable[TrialOutcome],
) -> dict[tuple[JsonScalar, ...], tuple[TrialOutcome, ...]]:
    """Return the trials of each setting, without those whose loss stopped being finite.

    Their figures are those of an earlier epoch.
    """
    groups: dict[tuple[JsonScalar, ...], tuple[TrialOutcome, ...]] = {}
    for outcome in outcomes:
        if outcome.summary.status is RunState.FINISHED:
            values = tuple(outcome.settings.values())
            groups[values] = (*groups.get(values, ()), outcome)
    return groups


def _point(outcomes: Sequence[TrialOutcome], measure: Measure) -> SweepPoint:
    found = (measure.of(outcome) for outcome in outcomes)
    values = tuple(value for value in found if value is not None)
    mean, sd = mean_and_sd(values)
    return SweepPoint(dict(outcomes[0].settings), tuple(outcomes), values, mean, sd)


def figures(outcome: TrialOutcome) -> dict[str, Any]:
    """Return a trial as the command line's JSON has it; a figure that is missing is None."""
    summary, baselines = outcome.summary, outcome.baselines
    return {
        "settings": dict(outcome.settings),
        "seed": outcome.seed,
        "loss": finite(summary.loss),
        "val_loss": finite(summary.val_loss),
        "error": summary.error.model_dump() if summary.error else None,
        "baselines": baselines.figures() if baselines else None,
        "seconds": outcome.seconds,
        "run_dir": str(outcome.folder) if outcome.folder else None,
    }


def as_csv(result: SweepResult) -> str:
    """Return the trials as a table, one line each: settings, seed, figures, status, folder."""
    fields = [axis.field for axis in result.spec.axes]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*fields, "seed", *(measure.name for measure in MEASURES), "status", "run_dir"])
    for outcome in result.outcomes:
        writer.writerow(
            [
                *(outcome.settings[field] for field in fields),
                outcome.seed,
                *(_cell(measure.of(outcome)) for measure in MEASURES),
                outcome.summary.status.value,
                outcome.folder or "",
            ]
        )
    return text.getvalue()


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.9g}"
