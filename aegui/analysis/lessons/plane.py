"""Lessons on codes of two numbers: a map of the digits, and dreams from it."""

from statistics import NormalDist

import numpy as np

from aegui.analysis.lessons.digits import CLASSES, gallery, labels_of, shape_of
from aegui.analysis.lessons.evidence import Evidence, Study
from aegui.analysis.lessons.runs import error_of, spread_of
from aegui.data import Dataset
from aegui.records import FloatArray, TrainedModel
from aegui.records.figures import Dots, Figure, Numbers, Panel, Tiles
from aegui.specs.lessons.digits import PAIRS

_ROWS = 4000
_NEIGHBOURS = 10
_SIDE = 15
_LIGHTEST, _DARKEST = 0.2, 0.8


def study_deep(evidence: Evidence) -> Study:
    """Return the plane of codes and the gallery; the facts tell which classes are mixed."""
    if not evidence.own:
        return Study()
    dataset, model, facts = _opened(evidence)
    codes = model.encode(dataset.test[:_ROWS]).astype(np.float64)
    labels = labels_of(dataset)[:_ROWS]
    figures = (_map(codes, labels), gallery(dataset, reconstruction=model))
    return Study(figures, facts | _mixing(codes, labels))


def study_variational(evidence: Evidence) -> Study:
    """Return the map of dreams, the plane of codes and the gallery."""
    if not evidence.own:
        return Study()
    dataset, model, facts = _opened(evidence)
    codes = model.encode(dataset.test[:_ROWS]).astype(np.float64)
    dreams = model.decode(_grid(codes.shape[1]))
    facts |= {
        "grey_in_dreams": grey_share(dreams),
        "grey_in_digits": grey_share(dataset.test[:_ROWS]),
    }
    tiles = Tiles(dreams, shape_of(dataset), _SIDE)
    map_of_dreams = Figure(
        "dreams",
        "Dreams",
        (Panel("Digits made of points of the plane", (tiles,)),),
        note="Rows and columns are equally likely steps of the normal distribution.",
        columns=1,
    )
    plane = _map(codes, labels_of(dataset)[:_ROWS])
    return Study((map_of_dreams, plane, gallery(dataset, reconstruction=model)), facts)


def grey_share(rows: FloatArray) -> float:
    """Return the share of ink that is in pixels neither light nor dark; blur makes it grow."""
    grey = (rows > _LIGHTEST) & (rows < _DARKEST)
    return float(rows[grey].sum(dtype=np.float64) / max(rows.sum(dtype=np.float64), 1e-9))


def _opened(evidence: Evidence) -> tuple[Dataset, TrainedModel, dict[str, float]]:
    run = evidence.own[0]
    dataset = evidence.dataset_of(run.experiment.dataset)
    facts = {"mean": error_of(run), "spread": spread_of(run)}
    facts["mean_per_feature"] = facts["mean"] / dataset.features
    return dataset, evidence.model_of(run), facts


def _map(codes: Numbers, labels: np.ndarray) -> Figure:
    marks = tuple(
        Dots(
            codes[labels == digit, 0],
            codes[labels == digit, min(1, codes.shape[1] - 1)],
            str(digit),
            f"class {digit}",
            size=4,
        )
        for digit in CLASSES
    )
    panel = Panel("Codes of the test digits", marks, "First number", "Second number")
    return Figure("plane", "The plane", (panel,), columns=1)


def _mixing(codes: Numbers, labels: np.ndarray) -> dict[str, float]:
    """Return for pairs of classes how many of a digit's neighbours are of the other class."""
    from sklearn.neighbors import NearestNeighbors

    search = NearestNeighbors(n_neighbors=min(_NEIGHBOURS + 1, len(codes))).fit(codes)
    # The nearest of all is the digit itself.
    others = search.kneighbors(codes, return_distance=False)[:, 1:]
    facts = {}
    for a, b in PAIRS:
        of_a = (labels[others[labels == a]] == b).mean()
        of_b = (labels[others[labels == b]] == a).mean()
        facts[f"mixed_{a}_{b}"] = float((of_a + of_b) / 2)
    return facts


def _grid(width: int) -> FloatArray:
    """Return codes (side², width) whose first two numbers go through a normal distribution."""
    normal = NormalDist()
    steps = [normal.inv_cdf((place + 0.5) / _SIDE) for place in range(_SIDE)]
    codes = np.zeros((_SIDE * _SIDE, width), np.float32)
    codes[:, 0] = np.tile(steps, _SIDE)
    if width > 1:
        codes[:, 1] = np.repeat(steps[::-1], _SIDE)
    return codes
