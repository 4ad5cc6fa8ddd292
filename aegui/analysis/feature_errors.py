"""Where in a row the errors are: feature by feature, or pixel by pixel."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aegui.analysis.rows import parts, thinned
from aegui.records import FloatArray, IndexArray

MOST_ROWS = 100_000
"""Rows that are looked at; of more, evenly chosen ones."""


@dataclass(frozen=True, eq=False)
class FeatureErrors:
    """Means over ``rows`` rows, for each feature.

    ``size`` is the mean of |x − x̂|, ``bias`` that of x̂ − x, both (features,).
    """

    size: NDArray[np.float64]
    bias: NDArray[np.float64]
    rows: int


def feature_errors(
    test: FloatArray,
    chosen: IndexArray | None,
    reconstruct: Callable[[FloatArray], FloatArray],
    is_wanted: Callable[[], bool] = lambda: True,
) -> FeatureErrors | None:
    """Return the errors of each feature, a part of the rows at a time so that memory stays small.

    Rows whose reconstruction is not finite are left out.

    Parameters
    ----------
    test
        All test rows, (rows, features).
    chosen
        The numbers of the rows to look at; None for all. Of more than ``MOST_ROWS``, evenly
        chosen ones are looked at.
    reconstruct
        Makes reconstructions (k, features) of rows (k, features).
    is_wanted
        Asked before each part; when it says no the answer is None.
    """
    size, bias, count = np.zeros(test.shape[1]), np.zeros(test.shape[1]), 0
    numbers = thinned(len(test) if chosen is None else len(chosen), MOST_ROWS)
    for some in parts(len(numbers), test.shape[1]):
        if not is_wanted():
            return None
        part = numbers[some]
        rows = test[part if chosen is None else chosen[part]]
        difference = reconstruct(rows) - rows
        difference = difference[np.isfinite(difference).all(axis=1)]
        bias += difference.sum(axis=0, dtype=np.float64)
        size += np.abs(difference, out=difference).sum(axis=0, dtype=np.float64)
        count += len(difference)
    return FeatureErrors(size / max(count, 1), bias / max(count, 1), count)
