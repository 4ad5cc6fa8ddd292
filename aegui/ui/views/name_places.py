"""Where names are written that would stand on each other."""

from collections.abc import Iterator, Sequence
from math import cos, pi, sin

Pair = tuple[float, float]

_RINGS, _DIRECTIONS = 6, 8
_TURNS = [
    (cos(k * 2 * pi / _DIRECTIONS), sin(k * 2 * pi / _DIRECTIONS)) for k in range(_DIRECTIONS)
]


def moved_apart(centres: Sequence[Pair], sizes: Sequence[Pair]) -> list[Pair]:
    """Return centres of boxes so that none lies on one before it.

    ``centres`` are where they would be and ``sizes`` how wide and high they are, in pixels. The
    first box stays; each other one goes to the nearest free place on rings about its own, in half
    heights. The same boxes have the same places, wherever the view is moved. One without a free
    place stays where it is.
    """
    placed: list[Pair] = []
    for centre, size in zip(centres, sizes, strict=True):
        before = list(zip(placed, sizes, strict=False))
        free = (
            place
            for place in _around(centre, size[1] / 2)
            if not any(_touch(place, size, other, its_size) for other, its_size in before)
        )
        placed.append(next(free, centre))
    return placed


def _touch(place: Pair, size: Pair, other: Pair, its_size: Pair) -> bool:
    return (
        abs(place[0] - other[0]) < (size[0] + its_size[0]) / 2
        and abs(place[1] - other[1]) < (size[1] + its_size[1]) / 2
    )


def _around(centre: Pair, step: float) -> Iterator[Pair]:
    yield centre
    for ring in range(1, _RINGS + 1):
        for across, up in _TURNS:
            yield centre[0] + ring * step * across, centre[1] + ring * step * up
