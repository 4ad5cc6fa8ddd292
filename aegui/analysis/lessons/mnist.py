"""Lesson 6: digits, and why the 1s look easy."""

import numpy as np

from aegui.analysis.histogram import error_histogram
from aegui.analysis.lessons.digits import CLASSES, best_rows, extremes, gallery, labels_of
from aegui.analysis.lessons.evidence import Evidence, Study
from aegui.analysis.lessons.runs import error_of, spread_of
from aegui.data import Dataset
from aegui.records import TrainedModel
from aegui.records.figures import Bars, Dots, Figure, Mark, Numbers, Panel

_WAYS = ("Error", "Error per ink")
_DOTS_A_CLASS = 200


def study(evidence: Evidence) -> Study:
    """Return gallery, worst and best ten, errors by class and against ink, in both countings."""
    if not evidence.own:
        return Study()
    run = evidence.own[0]
    dataset = evidence.dataset_of(run.experiment.dataset)
    model = evidence.model_of(run)
    errors = np.asarray(run.row_errors, np.float64)
    ink = dataset.test.sum(axis=1, dtype=np.float64)
    figures = [gallery(dataset, reconstruction=model)]
    for way, values in zip(_WAYS, (errors, errors / ink), strict=True):
        figures += _ways(dataset, model, values, ink, way)
    facts = {"mean": error_of(run), "spread": spread_of(run)}
    facts["mean_per_feature"] = facts["mean"] / dataset.features
    return Study(tuple(figures), facts | _facts(labels_of(dataset), errors, ink))


def _ways(
    dataset: Dataset, model: TrainedModel, values: Numbers, ink: Numbers, way: str
) -> list[Figure]:
    labels = labels_of(dataset)
    ten = (
        extremes(dataset, model, values, f"The ten worst, by {way.lower()}", "worst", 10),
        extremes(dataset, model, values, f"The ten best, by {way.lower()}", "best", 10),
    )
    ones = int((labels[best_rows(values)] == 1).sum())
    return [
        Figure("extremes", "Worst and best", ten, f"1s among the ten best: {ones}.", (way,), 1),
        Figure("by-class", "By class", (_stacked(labels, values, way),), "", (way,), 1),
        Figure("class-means", "Error by class", (_means(labels, values, way),), "", (way,), 1),
        Figure("ink", "Error against ink", (_against(labels, values, ink, way),), "", (way,), 1),
    ]


def _label(way: str) -> str:
    return "Sum of absolute error per digit" if way == "Error" else "Error for each unit of ink"


def _stacked(labels: np.ndarray, values: Numbers, way: str) -> Panel:
    """Return the histogram with each bar made up of the classes in it."""
    low, high = float(values.min()), float(values.max())
    base = np.zeros(100)
    marks: list[Mark] = []
    for digit in CLASSES:
        counted = error_histogram(values[labels == digit], 100, low, high)
        top = base + counted.counts
        marks.append(Bars(counted.edges, top, str(digit), f"class {digit}", base))
        base = top
    return Panel("Errors of the test digits, stacked", tuple(marks), _label(way), "Digits")


def _means(labels: np.ndarray, values: Numbers, way: str) -> Panel:
    marks = tuple(
        Bars(
            np.array([digit - 0.4, digit + 0.4]),
            np.array([values[labels == digit].mean()]),
            tone=f"class {digit}",
        )
        for digit in CLASSES
    )
    ticks = tuple((float(digit), str(digit)) for digit in CLASSES)
    return Panel("Mean of each class", marks, "Class", _label(way), x_ticks=ticks)


def _against(labels: np.ndarray, values: Numbers, ink: Numbers, way: str) -> Panel:
    """Return error against ink; of each class the first digits, so that dots stay apart."""
    marks = []
    for digit in CLASSES:
        chosen = np.flatnonzero(labels == digit)[:_DOTS_A_CLASS]
        marks.append(Dots(ink[chosen], values[chosen], str(digit), f"class {digit}", size=4))
    return Panel("The first digits of each class", tuple(marks), "Ink: sum of pixels", _label(way))


def _facts(labels: np.ndarray, errors: Numbers, ink: Numbers) -> dict[str, float]:
    per_ink = errors / ink
    ones = labels == 1
    facts = {
        "ones_in_best": float((labels[best_rows(errors)] == 1).sum()),
        "ones_in_best_per_ink": float((labels[best_rows(per_ink)] == 1).sum()),
        "ink_of_ones": float(ink[ones].mean() / ink[~ones].mean()),
    }
    for digit in CLASSES:
        facts[f"error_of_{digit}"] = float(errors[labels == digit].mean())
        facts[f"error_per_ink_of_{digit}"] = float(per_ink[labels == digit].mean())
    return facts
