"""The rows whose codes lie nearest to a code."""

import numpy as np

from aegui.records import FloatArray, IndexArray


class CodeIndex:
    """Codes (rows, k) prepared for the question which are nearest to another one.

    A question takes one product of the codes with the other code, 0.3 ms for 10 000 × 32. Rows
    whose code is not finite are never near.
    """

    def __init__(self, codes: FloatArray) -> None:
        self._codes = np.nan_to_num(codes, nan=0.0, posinf=0.0, neginf=0.0)
        self._squares = np.einsum("ij,ij->i", self._codes, self._codes)
        self._squares[~np.isfinite(codes).all(axis=1)] = np.inf

    def nearest(self, code: FloatArray, count: int) -> tuple[IndexArray, FloatArray]:
        """Return the nearest rows to a code (k,), nearest first, and their Euclidean distances.

        There are ``count`` of them, or as many as there are; none for a code that is not finite.
        """
        if not np.isfinite(code).all():
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32)
        # Up to the code's own length, which is the same for all, these are squared distances.
        closeness = self._squares - 2 * (self._codes @ code)
        count = min(count, int(np.isfinite(self._squares).sum()))
        rows = np.argpartition(closeness, max(count - 1, 0))[:count] if count else np.empty(0, int)
        # Differences of large numbers lose figures: those few are measured anew.
        apart = self._codes[rows].astype(np.float64) - code
        distances = np.sqrt(np.einsum("ij,ij->i", apart, apart))
        order = np.lexsort((rows, distances))
        return rows[order].astype(np.intp), distances[order].astype(np.float32)
