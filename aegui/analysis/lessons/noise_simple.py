"""Lesson 1: what a code of two keeps of 32 independent numbers."""

import math

import numpy as np

from aegui.analysis.histogram import error_histogram
from aegui.analysis.lessons.evidence import Evidence, Study
from aegui.analysis.lessons.histograms import ERROR
from aegui.analysis.lessons.runs import error_of, spread_of
from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.records.figures import Bars, Curve, Dots, Figure, Line, Numbers, Panel, Sheet
from aegui.records.trials import TrialOutcome

GUESS = 0.25
"""The mean of |x − ½| over uniform x: what guessing a feature costs."""

_SAMPLE = 20_000


def guess_figures(features: int) -> tuple[float, float]:
    """Return mean and spread of a row's error when the answer is always ½.

    |x − ½| is uniform in [0, ½]: its mean is ¼ and its variance 1 ∕ 48, and those of a sum of
    independent ones add up.
    """
    return features / 4, math.sqrt(features / 48)


def study(evidence: Evidence) -> Study:
    """Return the first row, the histogram, and the error of each feature."""
    if not evidence.own:
        return Study()
    run = evidence.own[0]
    dataset = evidence.dataset_of(run.experiment.dataset)
    rows = dataset.test[:_SAMPLE]
    rebuilt = evidence.model_of(run).reconstruct(rows)
    by_feature = np.abs(rows - rebuilt).mean(axis=0, dtype=np.float64)
    learned = int((by_feature < GUESS / 2).sum())
    guess_mean, guess_spread = guess_figures(dataset.features)
    facts = {
        "mean": error_of(run),
        "spread": spread_of(run),
        "mean_per_feature": error_of(run) / dataset.features,
        "guess_mean": guess_mean,
        "guess_spread": guess_spread,
        "learned": float(learned),
        "code": float(run.experiment.architecture.code.width),
        "features": float(dataset.features),
    }
    figures = (
        _first_row(dataset, rebuilt[0]),
        _errors(run, guess_mean, guess_spread),
        _features(by_feature, learned),
    )
    return Study(figures, facts)


def _first_row(dataset: Dataset, rebuilt: FloatArray) -> Figure:
    row = dataset.test[0]
    places = np.arange(1, len(row) + 1, dtype=np.float64)
    curves = (
        Curve(places, row.astype(np.float64), "row", "text"),
        Curve(places, rebuilt.astype(np.float64), "reconstruction", "0"),
        Line(0.5, name="always ½"),
    )
    lines = [
        (str(place), f"{x:.3f}", f"{y:.3f}", f"{abs(x - y):.3f}")
        for place, (x, y) in enumerate(zip(row, rebuilt, strict=True), start=1)
    ]
    half = math.ceil(len(lines) / 2)
    blank = ("",) * 4
    right = lines[half:] + [blank] * (2 * half - len(lines))
    headers = ("feature", "x", "x̂", "|x − x̂|")
    sheet = Sheet(headers * 2, tuple(a + b for a, b in zip(lines[:half], right, strict=True)))
    missed = float(np.abs(row - rebuilt).sum(dtype=np.float64))
    return Figure(
        "first-row",
        "First test row",
        (
            Panel("As curves", curves, "Feature", "Value"),
            Panel("As numbers", (sheet,)),
        ),
        note=f"The row's error is {missed:.2f}, the sum of the last columns. Most of the "
        "reconstruction stays near ½.",
    )


def _errors(run: TrialOutcome, guess_mean: float, guess_spread: float) -> Figure:
    histogram = error_histogram(run.row_errors, 100)
    middles = (histogram.edges[:-1] + histogram.edges[1:]) / 2
    width = float(histogram.edges[1] - histogram.edges[0])
    bell = np.exp(-(((middles - guess_mean) / guess_spread) ** 2) / 2)
    bell *= histogram.n * width / (guess_spread * math.sqrt(2 * math.pi))
    network = f"network: mean {histogram.mean:.2f}, σ = {histogram.std:.3f}"
    guess = f"always ½: mean {guess_mean:g}, σ = {guess_spread:.3f}, as a normal distribution"
    marks = (
        Bars(histogram.edges, histogram.counts.astype(np.float64), network, "0"),
        Curve(middles, bell, guess, "muted", dashed=True),
    )
    features = run.experiment.dataset.features
    return Figure(
        "errors",
        "Error histogram",
        (Panel("Errors of the test rows", marks, ERROR, "Rows"),),
        note=f"Mean error per feature {histogram.mean / features:.3f}, a guess has ¼. The bell is "
        f"the central limit theorem at work on {features} nearly independent errors.",
        columns=1,
    )


def _features(by_feature: Numbers, learned: int) -> Figure:
    ordered = np.sort(by_feature)
    places = np.arange(1, len(ordered) + 1, dtype=np.float64)
    marks = (
        Dots(places, ordered, "mean error of a feature", "0", size=9),
        Line(GUESS, name="a guess: ¼"),
        Line(0.0, tone="grid"),
    )
    return Figure(
        "features",
        "Error of each feature",
        (Panel("Features, best first", marks, "Features, sorted", "Mean absolute error"),),
        note=f"{learned} of {len(ordered)} features have less than half the error of a guess; "
        f"the other {len(ordered) - learned} are guessed.",
        columns=1,
    )
