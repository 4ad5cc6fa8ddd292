"""The errors of all test rows in their order: which lie in a range, above a line, below one."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from aegui.records import FloatArray, IndexArray

Column = Literal["row", "label", "error"]

USUAL_SHARE = 0.95
"""Below the threshold there are that many of the rows, until a person moves it."""


@dataclass(frozen=True, eq=False)
class RankedErrors:
    """Σ|x − x̂| of each row with the rows' order, so that ranges are found in no time.

    ``errors`` is (rows,), ``order`` the row numbers by rising error, equal ones as they come and
    errors that are not finite last, ``ascending`` the finite errors in that order.
    """

    errors: FloatArray
    order: IndexArray
    ascending: FloatArray

    def __len__(self) -> int:
        return len(self.errors)

    def between(self, low: float, high: float) -> IndexArray:
        """Return the rows with ``low`` ≤ error < ``high``, by rising error."""
        start = self._place(low)
        return self.order[start : max(self._place(high), start)]

    def above(self, threshold: float) -> IndexArray:
        """Return the rows with an error of more than ``threshold``, the greatest first.

        An error that is not finite is above any threshold.
        """
        end = int(np.searchsorted(self.ascending, np.float64(threshold), "right"))
        return self.order[end:][::-1]

    def count_above(self, threshold: float) -> int:
        """Return how many rows ``above`` would return."""
        below = int(np.searchsorted(self.ascending, np.float64(threshold), "right"))
        return len(self.errors) - below

    def count_below(self, error: float) -> int:
        """Return how many rows have a smaller error."""
        return self._place(error)

    def quantile(self, share: float) -> float | None:
        """Return the error that a share of the rows is below, or None without finite errors.

        Rows whose error is not finite are left out of the share.
        """
        if not len(self.ascending):
            return None
        return float(self.ascending[min(int(share * len(self.ascending)), len(self.ascending) - 1)])

    def _place(self, error: float) -> int:
        return int(np.searchsorted(self.ascending, np.float64(error), "left"))


def rank_errors(errors: ArrayLike) -> RankedErrors:
    """Return the errors (rows,) with their order; 100 000 take some 10 ms."""
    values = np.asarray(errors, dtype=np.float32).ravel()
    order = np.argsort(np.where(np.isfinite(values), values, np.inf), kind="stable")
    finite = int(np.isfinite(values).sum())
    return RankedErrors(values, order.astype(np.intp), values[order[:finite]])


def sort_rows(
    rows: IndexArray, column: Column, labels: ArrayLike | None = None, *, descending: bool = False
) -> IndexArray:
    """Return rows that come by rising error in another order.

    Parameters
    ----------
    rows
        Row numbers by rising error.
    column
        What to sort by: ``error``, ``row`` (its number) or ``label``, then the number.
    labels
        The class of each row of the data; without, ``label`` is as ``row``.
    descending
        Whether the greatest comes first.
    """
    if column == "error":
        return rows[::-1] if descending else rows
    result = np.sort(rows)
    if column == "label" and labels is not None:
        result = result[np.argsort(np.asarray(labels)[result], kind="stable")]
    return result[::-1] if descending else result


def harder_in_words(below: int, total: int, noun: str) -> str:
    """Say how an error compares with those of the test rows.

    ``below`` of ``total`` rows have a smaller error; ``noun`` is what a row is called. Percents
    are rounded down.
    """
    if below <= 0:
        return f"easier than every test {noun}"
    if below >= total:
        return f"harder than every test {noun}"
    # Of whole numbers: a share of 0.29 times 100 is less than 29.
    percent = 100 * below // total
    number = "less than 1" if percent < 1 else str(percent)
    return f"harder than {number}\u00a0% of the test {noun}s"
