"""Errors class by class: how they are spread, and which rows are typical."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from aegui.analysis.error_ranks import RankedErrors
from aegui.records import FloatArray, IndexArray


@dataclass(frozen=True)
class ErrorBox:
    """The errors of one class as a box plot shows them (Tukey: "Exploratory Data Analysis", 1977).

    The box goes from the first to the third quartile; the whiskers end at the outermost errors
    within one and a half times its length, ``beyond`` counts those further out. Of a class
    without rows (``count`` is 0) all errors are 0.
    """

    label: int | None
    count: int
    low: float = 0.0
    first: float = 0.0
    median: float = 0.0
    third: float = 0.0
    high: float = 0.0
    mean: float = 0.0
    beyond: int = 0


_WHISKER = 1.5


def classes_of(*labels: ArrayLike | None) -> tuple[int, ...]:
    """Return all classes that occur in any of some labels, rising; () where there are none."""
    known = [np.unique(np.asarray(each)) for each in labels if each is not None]
    return tuple(int(label) for label in np.unique(np.concatenate(known))) if known else ()


def error_boxes(
    ranked: RankedErrors, labels: ArrayLike | None, classes: Sequence[int]
) -> tuple[ErrorBox, ...]:
    """Return a box for each class, or one for all rows where there are no classes.

    Errors that are not finite are left out.
    """
    if labels is None or not classes:
        return (_box(None, ranked.ascending),)
    sorted_labels = np.asarray(labels)[ranked.order[: len(ranked.ascending)]]
    return tuple(_box(label, ranked.ascending[sorted_labels == label]) for label in classes)


def typical_rows(
    ranked: RankedErrors, labels: ArrayLike | None, classes: Sequence[int], count: int = 10
) -> tuple[IndexArray, IndexArray]:
    """Return the most and the least typical row of each class: smallest and greatest error.

    A class without rows is left out. Without classes they are the ``count`` rows with the
    smallest errors, and the ``count`` with the greatest.
    """
    order = ranked.order
    if labels is None or not classes:
        return order[:count], order[::-1][:count]
    sorted_labels = np.asarray(labels)[order]
    places = [np.flatnonzero(sorted_labels == label) for label in classes]
    most = [order[place[0]] for place in places if place.size]
    least = [order[place[-1]] for place in places if place.size]
    return np.array(most, dtype=np.intp), np.array(least, dtype=np.intp)


def _box(label: int | None, ascending: FloatArray) -> ErrorBox:
    """Return the box of errors that are sorted."""
    if not ascending.size:
        return ErrorBox(label, 0)
    first, median, third = (float(x) for x in np.percentile(ascending, (25, 50, 75)))
    reach = _WHISKER * (third - first)
    # Quartiles lie between errors: rounding must not leave a whisker inside of the box.
    inside = ascending[(ascending >= first - reach) & (ascending <= third + reach)]
    ends = inside if inside.size else ascending
    return ErrorBox(
        label=label,
        count=int(ascending.size),
        low=min(float(ends[0]), first),
        first=first,
        median=median,
        third=third,
        high=max(float(ends[-1]), third),
        mean=float(ascending.mean(dtype=np.float64)),
        beyond=int(ascending.size - inside.size),
    )
