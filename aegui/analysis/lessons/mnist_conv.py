"""Digits through convolutions, beside the dense network of the same code."""

import numpy as np

from aegui.analysis.lessons.digits import CLASSES, gallery, labels_of
from aegui.analysis.lessons.evidence import Evidence, Study
from aegui.analysis.lessons.histograms import overlaid
from aegui.analysis.lessons.runs import errors_of
from aegui.analysis.spread import differ
from aegui.records.figures import Figure, Panel, Whiskers
from aegui.records.trials import TrialOutcome

Runs = tuple[TrialOutcome, ...]


def study(evidence: Evidence) -> Study:
    """Return the same digits by both networks, their histograms, and the error by class."""
    conv, dense = evidence.own, evidence.part("mnist")
    if not conv and not dense:
        return Study()
    dataset = evidence.dataset_of((conv or dense)[0].experiment.dataset)
    named = {"convolutional": conv, "dense": dense}
    models = {name: evidence.model_of(runs[0]) for name, runs in named.items() if runs}
    groups = [(name, runs) for name, runs in named.items() if runs]
    bars = overlaid(groups)
    facts = {}
    note = ""
    if conv and dense:
        first, second = errors_of(conv), errors_of(dense)
        facts = {
            "conv_error": float(np.mean(first)),
            "dense_error": float(np.mean(second)),
            "features": float(dataset.features),
        }
        if min(len(conv), len(dense)) > 1:
            facts["differs"] = float(differ(first, second))
            if not facts["differs"]:
                note = "No difference shown: the means are within the spread of the seeds."
    figures = (
        gallery(dataset, **models),
        Figure("comparison", "Comparison", (bars,), note, columns=1),
        Figure("by-class", "By class", (_by_class(groups, labels_of(dataset)),), columns=1),
    )
    return Study(figures, facts)


def _by_class(groups: list[tuple[str, Runs]], labels: np.ndarray) -> Panel:
    marks = []
    for place, (name, runs) in enumerate(groups):
        means = np.array(
            [
                [np.mean(run.row_errors[labels == digit], dtype=np.float64) for digit in CLASSES]
                for run in runs
            ],
            np.float64,
        )
        spread = (means.std(axis=0, ddof=1) if len(runs) > 1 else np.zeros(10)).astype(np.float64)
        # Beside each other, so that neither hides the other.
        places = np.arange(10, dtype=np.float64) + 0.12 * (2 * place - 1)
        centres = means.mean(axis=0).astype(np.float64)
        marks.append(Whiskers(places, centres, spread, name, str(place)))
    ticks = tuple((float(digit), str(digit)) for digit in CLASSES)
    label = "Sum of absolute error per digit"
    return Panel("Mean of each class", tuple(marks), "Class", label, x_ticks=ticks)
