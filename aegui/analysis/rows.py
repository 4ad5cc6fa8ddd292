"""Many rows a part at a time, so that memory stays small, or fewer of them."""

from collections.abc import Callable, Iterator

import numpy as np

from aegui.records import FloatArray, IndexArray

# Numbers in a part: 1.6 MB.
_PART = 400_000


def thinned(count: int, most: int) -> IndexArray:
    """Return the numbers of all ``count`` rows, or of ``most`` evenly chosen ones."""
    if count <= most:
        return np.arange(count)
    return np.linspace(0, count - 1, most).astype(np.intp)


def parts(count: int, features: int, most: int | None = None) -> Iterator[slice]:
    """Yield slices that together are ``count`` rows of so many features, one after the other.

    A part has about ``most`` numbers, 400 000 by default.
    """
    size = max((most or _PART) // max(features, 1), 1)
    for start in range(0, count, size):
        yield slice(start, min(start + size, count))


def in_parts(work: Callable[[FloatArray], FloatArray], rows: FloatArray) -> FloatArray:
    """Return what ``work`` makes of rows (rows, features), asked a part at a time.

    Raises
    ------
    ValueError
        There are no rows.
    """
    return np.concatenate([work(rows[part]) for part in parts(len(rows), rows.shape[1])])


def encode_in_parts(
    encode: Callable[[FloatArray], FloatArray],
    rows: FloatArray,
    chosen: IndexArray,
    is_wanted: Callable[[], bool],
) -> FloatArray | None:
    """Return the codes, (n, k), of the n ``chosen`` ones of rows (rows, features).

    ``is_wanted`` is asked before each part; when it says no the answer is None.

    Raises
    ------
    ValueError
        There are no rows.
    """
    codes = []
    for part in parts(len(chosen), rows.shape[1]):
        if not is_wanted():
            return None
        codes.append(encode(rows[chosen[part]]))
    if not codes:
        raise ValueError("there are no rows to encode")
    return np.concatenate(codes)
