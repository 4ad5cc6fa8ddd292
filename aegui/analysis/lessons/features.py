"""Lessons 3 and 4: the error as rows get longer."""

import math
from itertools import product

import numpy as np

from aegui.analysis.lessons.circle import circle_figure
from aegui.analysis.lessons.evidence import Evidence, Study
from aegui.analysis.lessons.histograms import overlaid
from aegui.analysis.lessons.runs import by_setting, error_of, errors_of
from aegui.analysis.spread import mean_and_sd
from aegui.records.figures import Curve, Dots, Figure, Line, Mark, Numbers, Panel, Whiskers, Words
from aegui.records.trials import TrialOutcome

_FIELD = "dataset.features"
_BINS = 200
_WAYS = ("Sum", "Per feature")
_CODES = (("", "Code 2"), ("half", "Code n/2"))

Groups = dict[int, tuple[TrialOutcome, ...]]


def study_noise(evidence: Evidence) -> Study:
    """Return histograms and errors against features, with what guessing costs beside them."""
    groups = _groups(evidence.own)
    return Study(_figures(evidence, 1 / 4), _growth(groups) | _errors(groups))


def study_sinusoids(evidence: Evidence) -> Study:
    """Return the same for sinusoids, and the circle that their rows lie on."""
    groups = _groups(evidence.own)
    figures = _figures(evidence, 1 / math.pi)
    if groups:
        figures += (circle_figure(groups[max(groups)][0], evidence.model_of),)
    return Study(figures, _share(groups) | _errors(groups))


def _groups(runs: tuple[TrialOutcome, ...]) -> Groups:
    swept = tuple(run for run in runs if _FIELD in run.settings)
    if not swept and runs:
        return {runs[0].experiment.dataset.features: runs}
    return {int(value): group for value, group in by_setting(swept, _FIELD).items()}


def _figures(evidence: Evidence, guess: float) -> tuple[Figure, ...]:
    figures: list[Figure] = []
    for (part, code), way in product(_CODES, _WAYS):
        groups, per_feature = _groups(evidence.part(part)), way == "Per feature"
        if not groups:
            panel = Panel("Errors of the test rows", (Words("Not run yet."),))
            figures += [Figure(n, t, (panel,), choices=(way, code), columns=1) for n, t in _NAMES]
            continue
        named = [(f"{features} features", runs) for features, runs in groups.items()]
        bars = overlaid(named, bins=_BINS, from_zero=True, per_feature=per_feature)
        errors = _error_panel(groups, guess, per_feature=per_feature, keeps_two=part == "")
        for (name, title), panel in zip(_NAMES, (bars, errors), strict=True):
            note = _note(groups) if panel is errors else ""
            figures.append(Figure(name, title, (panel,), note, (way, code), columns=1))
    return tuple(figures)


_NAMES = (("histograms", "Histograms"), ("error-by-features", "Error against features"))


def _error_panel(groups: Groups, guess: float, *, per_feature: bool, keeps_two: bool) -> Panel:
    counts = np.array(sorted(groups), np.float64)
    scale = counts if per_feature else np.ones_like(counts)
    means = np.array([np.mean(errors_of(groups[int(n)])) for n in counts]) / scale
    spreads = np.array([mean_and_sd(errors_of(groups[int(n)]))[1] for n in counts]) / scale
    seeds = [(n, error_of(run)) for n in counts for run in groups[int(n)]]
    xs = np.array([n for n, _ in seeds])
    ys = np.array([error for _, error in seeds]) / (xs if per_feature else 1.0)
    marks: list[Mark] = list(_guesses(counts, guess, per_feature=per_feature, keeps_two=keeps_two))
    marks.append(Whiskers(counts, means, spreads, "mean over the seeds", "0"))
    marks.append(Dots(xs, ys, "one seed", "0", size=8))
    label = "Mean error per feature" if per_feature else "Mean error of a row"
    ticks = tuple((float(n), f"{n:g}") for n in counts)
    return Panel("Mean error", (*marks, Line(0.0, tone="grid")), "Features", label, x_ticks=ticks)


def _guesses(counts: Numbers, guess: float, *, per_feature: bool, keeps_two: bool) -> list[Curve]:
    """Return what it costs to guess all of a row, and all but the code's two numbers."""
    n = np.linspace(2, max(float(counts.max()), 3), 61)
    scale = n if per_feature else np.ones_like(n)
    name = "n/4" if guess == 1 / 4 else "n/π"
    every = Curve(n, guess * n / scale, f"guess all: {name}", "muted", dashed=True)
    # Sinusoids have no numbers that could be kept one by one.
    if guess != 1 / 4 or not keeps_two:
        return [every]
    rest = guess * (n - 2) / scale
    return [every, Curve(n, rest, "keep two, guess the rest: (n − 2)/4", "1", dashed=True)]


def _note(groups: Groups) -> str:
    facts = _growth(groups)
    if not facts:
        return ""
    return (
        f"A straight line misses the points by {facts['line_misses_by']:.2g}, an exponential "
        f"by {facts['exponential_misses_by']:.2g} (root mean square)."
    )


def _growth(groups: Groups) -> dict[str, float]:
    """Return how well a straight line and an exponential go through the mean errors."""
    if len(groups) < 4:
        return {}
    n = np.array(sorted(groups), np.float64)
    errors = np.array([np.mean(errors_of(groups[int(count)])) for count in n])
    slope, start = np.polyfit(n, errors, 1)
    rate, log_start = np.polyfit(n, np.log(np.maximum(errors, 1e-9)), 1)
    steps = np.diff(errors) / np.diff(n)
    return {
        "slope": float(slope),
        "line_misses_by": _rms(errors - (start + slope * n)),
        "exponential_misses_by": _rms(errors - np.exp(log_start + rate * n)),
        "first_slope": float(steps[0]),
        "last_slope": float(steps[-1]),
    }


def _rms(values: Numbers) -> float:
    return float(np.sqrt(np.mean(values**2)))


def _share(groups: Groups) -> dict[str, float]:
    if len(groups) < 2:
        return {}
    features = max(groups)
    error, guess = float(np.mean(errors_of(groups[features]))), features / math.pi
    return {
        "features": float(features),
        "error": error,
        "guess": guess,
        "share_of_guess": error / guess,
    }


def _errors(groups: Groups) -> dict[str, float]:
    facts: dict[str, float] = {}
    for features, runs in groups.items():
        mean = float(np.mean(errors_of(runs)))
        facts[f"error_{features}"] = mean
        facts[f"error_per_feature_{features}"] = mean / features
        facts[f"spread_{features}"] = float(np.std(runs[0].row_errors, dtype=np.float64))
    return facts
