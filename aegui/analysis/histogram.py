"""How the errors of the test rows are spread."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aegui.records import Histogram


def error_histogram(
    errors: ArrayLike, bins: int = 100, low: float | None = None, high: float | None = None
) -> Histogram:
    """Count errors in bins of equal width.

    Parameters
    ----------
    errors
        Σ|x − x̂| of each row, (rows,). Errors that are not finite are left out.
    bins
        How many bins; at least 1.
    low, high
        Where the first bin begins and the last one ends; the smallest and the greatest error
        by default. Errors beyond are counted in the outermost bin, so the counts always add
        up to ``n``.
    """
    values = np.asarray(errors, dtype=np.float64).ravel()
    values = values[np.isfinite(values)]
    start = low if low is not None else float(values.min(initial=np.inf))
    end = high if high is not None else float(values.max(initial=-np.inf))
    edges = _edges(start, end, bins)
    counts, _ = np.histogram(np.clip(values, edges[0], edges[-1]), edges)
    mean, std = (float(values.mean()), float(values.std())) if values.size else (0.0, 0.0)
    return Histogram(edges, counts.astype(np.intp), mean, std, int(values.size))


def _edges(start: float, end: float, bins: int) -> NDArray[np.float64]:
    """Return rising edges, of some width even where all errors are one number or none."""
    if not (np.isfinite(start) and np.isfinite(end)):
        start, end = 0.0, 1.0
    # Below this width neighbouring edges would be the same floating-point number.
    least = max(abs(start), abs(end), 1.0) * bins * 1e-12
    if end - start < least:
        half = max(abs(start) * 0.05, 0.5)
        start, end = start - half, start + half
    return np.linspace(start, end, bins + 1)


def bar_span(histogram: Histogram, first: int, last: int) -> tuple[float, float]:
    """Return where the errors of neighbouring bars begin and end; the end is not in them.

    ``first`` and ``last`` are the bars' numbers, from 0. The last bar of all holds the greatest
    error as well, so its span ends just above it.
    """
    low, high = float(histogram.edges[first]), float(histogram.edges[last + 1])
    if last + 1 == len(histogram.counts):
        high = float(np.nextafter(high, np.inf))
    return low, high
