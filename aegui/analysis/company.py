"""What stands beside a drawn row: its code, its place among the test rows, the nearest of them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aegui.analysis.chart import places_on
from aegui.analysis.crowd import class_places
from aegui.analysis.error_ranks import RankedErrors, rank_errors
from aegui.analysis.histogram import error_histogram
from aegui.analysis.latent_map import LatentMap, fit_map
from aegui.analysis.nearest import CodeIndex
from aegui.analysis.rows import encode_in_parts, thinned
from aegui.data import Dataset
from aegui.data.dataset import Labels
from aegui.records import FloatArray, Histogram, IndexArray, TrainedModel

MOST_ROWS = 100_000
"""Test rows that a drawn one is compared with; of more, evenly chosen ones."""

_BARS = 60
_REACH = 99.0


@dataclass(frozen=True, eq=False)
class Background:
    """The test rows as one model sees them.

    ``rows`` are the numbers of the test rows that it is about, ``labels`` their classes if they
    have some, ``places`` (rows, 2) where their codes lie on ``plane``, ``names`` where each class's
    name can stand, and ``reach`` is the size of a unit that a bar shows in full.
    """

    model: TrainedModel
    dataset: Dataset
    rows: IndexArray
    labels: Labels | None
    ranked: RankedErrors
    histogram: Histogram
    index: CodeIndex
    plane: LatentMap
    places: FloatArray
    names: dict[int, FloatArray]
    reach: float


@dataclass(frozen=True, eq=False)
class Company:
    """A drawn row among the test rows.

    ``code`` is (k,), ``place`` (2,) on the map, ``error`` Σ|x − x̂|, ``below`` the number of test
    rows which have a smaller one, ``nearest`` the test rows with the nearest codes and
    ``distances`` how far these are.
    """

    code: FloatArray
    place: FloatArray
    error: float
    below: int
    nearest: IndexArray
    distances: FloatArray


def make_background(
    model: TrainedModel,
    dataset: Dataset,
    row_errors: FloatArray,
    like: LatentMap | None = None,
    is_wanted: Callable[[], bool] = lambda: True,
) -> Background | None:
    """Encode the test rows and prepare what drawn rows are compared with; not for the GUI thread.

    Parameters
    ----------
    model
        Its encoder is used.
    dataset
        Its test rows are encoded, and their classes name the map.
    row_errors
        Σ|x − x̂| of each test row, (rows,).
    like
        A map that was shown of the run, whose directions are kept.
    is_wanted
        Asked before each part of the rows; when it says no the answer is None.

    Raises
    ------
    ValueError
        There are no test rows.
    """
    rows = thinned(len(dataset.test), MOST_ROWS)
    codes = encode_in_parts(model.encode, dataset.test, rows, is_wanted)
    if codes is None:
        return None
    labels = None if dataset.test_labels is None else dataset.test_labels[rows]
    plane = fit_map(codes, like)
    places = places_on(plane, codes, labels)
    return Background(
        model=model,
        dataset=dataset,
        rows=rows,
        labels=labels,
        ranked=rank_errors(row_errors),
        histogram=error_histogram(row_errors, _BARS),
        index=CodeIndex(codes),
        plane=plane,
        places=places,
        names=class_places(places, labels),
        reach=_reach(codes),
    )


def _reach(codes: FloatArray) -> float:
    """Return the size of a unit that hardly any is greater than."""
    finite = np.abs(codes[np.isfinite(codes).all(axis=1)])
    reach = float(np.percentile(finite, _REACH)) if finite.size else 0.0
    # Units may all be silent in most rows.
    return reach or float(finite.max(initial=0.0)) or 1.0


def find_company(
    background: Background, row: FloatArray, reconstruction: FloatArray, count: int
) -> Company:
    """Return what stands beside a drawn row (1, n) with its reconstruction (1, n).

    It takes some 2 ms among 10 000 digits.
    """
    code = background.model.encode(row)
    error = float(np.abs(row - reconstruction).sum())
    nearest, distances = background.index.nearest(code[0], count)
    return Company(
        code=code[0],
        place=background.plane.place(code)[0],
        error=error,
        below=background.ranked.count_below(error),
        nearest=background.rows[nearest],
        distances=distances,
    )
