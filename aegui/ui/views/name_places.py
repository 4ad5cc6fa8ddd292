"""Where names are written that would stand on each other."""

from collections.abc import Iterator

import numpy as np

from aegui.records import FloatArray

_RINGS, _DIRECTIONS = 6, 8


def moved_apart(centres: FloatArray, sizes: FloatArray) -> FloatArray:
    """Return centres, (k, 2), of boxes so that none lies on one before it.

    ``centres`` are where they would be and ``sizes``, (k, 2), how large they are, both in pixels.
    The first box stays; each other one goes to the nearest free place on rings about its own, in
    half heights. The same boxes have the same places, wherever the view is moved. One without a
    free place stays where it is.
    """
    placed = np.empty_like(centres)
    for k, centre in enumerate(centres):
        reach = (sizes[:k] + sizes[k]) / 2
        free = (
            place
            for place in _around(centre, float(sizes[k, 1]) / 2)
            if not np.any(np.all(np.abs(placed[:k] - place) < reach, axis=1))
        )
        placed[k] = next(free, centre)
    return placed


def _around(centre: FloatArray, step: float) -> Iterator[FloatArray]:
    yield centre
    for ring in range(1, _RINGS + 1):
        for turn in np.arange(_DIRECTIONS) * (2 * np.pi / _DIRECTIONS):
            shift = ring * step * np.array([np.cos(turn), np.sin(turn)])
            yield (centre + shift).astype(centre.dtype)
