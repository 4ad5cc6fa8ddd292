"""Damaged digits, and what is left of the damage."""

import numpy as np

from aegui.analysis.corruption import corrupted
from aegui.analysis.histogram import error_histogram
from aegui.analysis.lessons.digits import shape_of
from aegui.analysis.lessons.evidence import Evidence, Study
from aegui.records.figures import Bars, Figure, Numbers, Panel, Tiles

_ROWS = 2000


def study(evidence: Evidence) -> Study:
    """Return clean, damaged and rebuilt digits, and the errors before and after."""
    if not evidence.own:
        return Study()
    run = evidence.own[0]
    experiment = run.experiment
    dataset = evidence.dataset_of(experiment.dataset)
    corruption = experiment.architecture.corruption
    model = evidence.model_of(run)
    chosen = np.concatenate([dataset.showcase(), np.arange(min(_ROWS, len(dataset.test)))])
    clean = dataset.test[chosen]
    damaged = clean
    if corruption is not None:
        damaged = corrupted(clean, corruption, experiment.training.seed)
    rebuilt = model.reconstruct(damaged)
    shown = len(dataset.showcase())
    tiles = Tiles(
        np.concatenate([clean[:shown], np.clip(damaged[:shown], 0, 1), rebuilt[:shown]]),
        shape_of(dataset),
        shown,
        row_names=("clean", "as given", "reconstruction"),
    )
    before = np.abs(clean - damaged)[shown:].sum(axis=1, dtype=np.float64)
    after = np.abs(clean - rebuilt)[shown:].sum(axis=1, dtype=np.float64)
    figures = (
        Figure("cleaning", "Cleaning", (Panel("One digit of each class", (tiles,)),), columns=1),
        Figure("damage", "Damage", (_histograms(before, after),), columns=1),
    )
    facts = {
        "mean_per_feature": float(after.mean()) / dataset.features,
        "features": float(dataset.features),
    }
    if before.any():
        # Without damage there is nothing of which a part could be left.
        facts |= {"error_before": float(before.mean()), "error_after": float(after.mean())}
    return Study(figures, facts)


def _histograms(before: Numbers, after: Numbers) -> Panel:
    high = float(max(before.max(initial=1.0), after.max(initial=1.0)))
    marks = []
    for place, (name, values) in enumerate((("as given", before), ("reconstruction", after))):
        counted = error_histogram(values, 200, 0.0, high)
        text = f"{name}: mean {counted.mean:.3g}, σ = {counted.std:.3g}"
        marks.append(Bars(counted.edges, counted.counts.astype(float), text, str(place)))
    label = "Sum of absolute difference from the clean digit"
    return Panel("Before and after", tuple(marks), label, "Digits")
