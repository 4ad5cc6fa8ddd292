"""A line drawn by hand as a row of numbers: across goes by feature, up goes by value."""

import numpy as np

from aegui.records import FloatArray

Place = tuple[float, float]
"""Across and up, each from 0 to 1 inside the field; beyond is taken for the edge."""


def empty_row(features: int) -> FloatArray:
    """Return a row of which nothing was drawn: NaN everywhere."""
    return np.full(features, np.nan, dtype=np.float32)


def draw_line(
    row: FloatArray, start: Place, end: Place, value_range: tuple[float, float]
) -> FloatArray:
    """Return a row with a straight line drawn into it; features that it passes take its value.

    Parameters
    ----------
    row
        What was drawn so far, (features,), NaN where nothing was.
    start, end
        Where the line begins and ends; a dot where they are the same.
    value_range
        The values at the bottom and at the top of the field.
    """
    features = len(row)
    (x0, y0), (x1, y1) = sorted((_inside(start), _inside(end)))
    first, last = _feature(x0, features), _feature(x1, features)
    passed = np.arange(first, last + 1)
    if first == last:
        # A line straight up or down ends where the hand is.
        heights = np.array([_inside(end)[1]])
    else:
        across = passed / max(features - 1, 1)
        heights = np.interp(across, (x0, x1), (y0, y1))
    low, high = value_range
    result = row.copy()
    result[passed] = low + heights * (high - low)
    return result


def filled(row: FloatArray) -> FloatArray | None:
    """Return a drawn row without gaps: a straight line over each, level beyond the ends.

    None when nothing was drawn.
    """
    drawn = np.flatnonzero(np.isfinite(row))
    if not drawn.size:
        return None
    result: FloatArray = np.interp(np.arange(len(row)), drawn, row[drawn]).astype(np.float32)
    return result


def _inside(place: Place) -> Place:
    x, y = place
    return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)


def _feature(x: float, features: int) -> int:
    return round(x * (features - 1))
