"""Histograms of several groups of runs in one panel."""

from collections.abc import Sequence

import numpy as np

from aegui.analysis.histogram import error_histogram
from aegui.analysis.lessons.runs import sigma_text
from aegui.records.figures import Bars, Mark, Panel
from aegui.records.trials import TrialOutcome

Groups = Sequence[tuple[str, tuple[TrialOutcome, ...]]]

ERROR = "Sum of absolute error per row"


def overlaid(
    groups: Groups, *, bins: int = 100, from_zero: bool = False, per_feature: bool = False
) -> Panel:
    """Return one histogram for each group over common bins, each with its σ in the key.

    A group is drawn by its first run: other seeds' histograms would lie on top of it.

    Parameters
    ----------
    bins
        How many bins from the smallest error, or 0, to the largest.
    per_feature
        Divide errors by the number of features.
    """
    shown = [(name, runs) for name, runs in groups if runs]
    values = [_values(runs[0], per_feature=per_feature) for _, runs in shown]
    low = 0.0 if from_zero else min((float(v.min()) for v in values), default=0.0)
    high = max((float(v.max()) for v in values), default=1.0)
    marks: list[Mark] = []
    for place, ((name, runs), errors) in enumerate(zip(shown, values, strict=True)):
        histogram = error_histogram(errors, bins, low, high)
        heights = histogram.counts.astype(np.float64)
        text = sigma_text(name, runs)
        marks.append(Bars(histogram.edges, heights, text, str(place), outlined=len(shown) > 1))
    label = "Absolute error per feature" if per_feature else ERROR
    return Panel("Errors of the test rows", tuple(marks), label, "Rows")


def _values(run: TrialOutcome, *, per_feature: bool) -> np.ndarray:
    errors = np.asarray(run.row_errors, np.float64)
    return errors / run.experiment.dataset.features if per_feature else errors
