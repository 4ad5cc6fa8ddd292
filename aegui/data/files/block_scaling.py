"""Rows of an array filled and scaled, a few at a time, in memory that is asked for once.

New memory for each few rows would take three times as long as what is done with them.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aegui.records import FloatArray, IndexArray
from aegui.specs import FitSpec

# Numbers scaled at a time, in double precision: they stay in a core's cache.
_VALUES = 65_536
# Of columns fewer are quicker, but not shorter ones than these.
_TURNED_VALUES, _LEAST_TURNED = 32_768, 128


class BlockScaler:
    """Scales rows of an array, (rows, features), that lie one behind the other."""

    def __init__(self, values: NDArray[Any], fit: FitSpec) -> None:
        self._values = values
        # A figure for each feature, or one for all pixels.
        self._shifts, self._factors = np.array(fit.shifts), np.array(fit.factors)
        with np.errstate(over="ignore"):
            self._fills = (np.array(fit.fills) - self._shifts) / self._factors
        self._count = max(1, _VALUES // values.shape[1])
        self._taken = np.empty((self._count, values.shape[1]), values.dtype)
        self._scaled = np.empty((self._count, values.shape[1]))

    def parts(self, rows: IndexArray) -> Iterator[slice]:
        """Yield which of the rows' numbers to scale at a time."""
        for start in range(0, len(rows), self._count):
            yield slice(start, start + self._count)

    def scale_into(self, made: FloatArray, rows: IndexArray) -> bool:
        """Put some rows into an array, (rows, features), and return whether all are finite."""
        taken, scaled = self._taken[: len(rows)], self._scaled[: len(rows)]
        # The numbers are known to be right; to look at them again takes a copy.
        np.take(self._values, rows, axis=0, out=taken, mode="clip")
        with np.errstate(over="ignore"):
            np.subtract(taken, self._shifts, out=scaled)
            np.divide(scaled, self._factors, out=scaled)
            made[...] = scaled
            are_finite = bool(np.isfinite(made).all())
            if taken.dtype.kind == "f" and not are_finite:
                made[...] = np.where(np.isnan(taken), self._fills, scaled)
        return are_finite or bool(np.isfinite(made).all())


class TurningScaler:
    """Scales rows of an array whose columns lie one behind the other, and puts them into rows.

    They are turned once, as the numbers that are wanted.
    """

    def __init__(self, values: NDArray[Any], fit: FitSpec) -> None:
        features = values.shape[1]
        self._columns = values.T
        self._shifts, self._factors, fills = (
            np.broadcast_to(np.array(figures), features)[:, None]
            for figures in (fit.shifts, fit.factors, fit.fills)
        )
        with np.errstate(over="ignore"):
            self._fills = (fills - self._shifts) / self._factors
        # Columns a power of two apart drive each other out of the cache: four times as long.
        self._count = max(_LEAST_TURNED, _TURNED_VALUES // features) | 1
        self._scaled = np.empty((features, self._count))
        self._turned = np.empty((self._count, features), np.float32)

    def parts(self, rows: IndexArray) -> Iterator[slice]:
        """Yield which of the rows' numbers to scale at a time; they must rise."""
        if not len(rows):
            return
        starts = np.arange(rows[0], rows[-1] + 1, self._count)
        edges = [*np.searchsorted(rows, starts).tolist(), len(rows)]
        for start, end in pairwise(edges):
            if end > start:
                yield slice(start, end)

    def scale_into(self, made: FloatArray, rows: IndexArray) -> bool:
        """Put some rows into an array, (rows, features), and return whether all are finite."""
        first, end = rows[0], rows[-1] + 1
        taken, scaled = self._columns[:, first:end], self._scaled[:, : end - first]
        turned = made if len(rows) == end - first else self._turned[: end - first]
        scaled[...] = taken
        with np.errstate(over="ignore"):
            np.subtract(scaled, self._shifts, out=scaled)
            np.divide(scaled, self._factors, out=scaled)
            turned[...] = scaled.T
            are_finite = bool(np.isfinite(turned).all())
            if taken.dtype.kind == "f" and not are_finite:
                turned[...] = np.where(np.isnan(taken), self._fills, scaled).T
        if turned is not made:
            np.take(turned, rows - first, axis=0, out=made, mode="clip")
        return are_finite or bool(np.isfinite(made).all())


def block_scaler(
    values: NDArray[Any], fit: FitSpec, rows: IndexArray
) -> BlockScaler | TurningScaler:
    """Return who scales some rows of an array."""
    lies_in_columns = values.flags.f_contiguous and not values.flags.c_contiguous
    if lies_in_columns and len(rows) * 2 > len(values) and bool((np.diff(rows) > 0).all()):
        return TurningScaler(values, fit)
    return BlockScaler(values, fit)
