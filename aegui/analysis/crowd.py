"""Where on a map rows lie: the nearest one, and where there are any at all."""

from dataclasses import dataclass

import numpy as np

from aegui.data.dataset import Labels
from aegui.records import FloatArray

_NEIGHBOURS = 5
_CROWDED = 99
_SAMPLE = 1000
_LEAST_REACH = 0.01
_SPAN = (1, 99)
_HALVINGS = 5
_FEWEST = 8
# A name's own size, in shares of the map's span, and how often names make way.
_NAME = 0.085
_PUSHES = 40


@dataclass(frozen=True, eq=False)
class Crowd:
    """The places of rows, (n, 2), in the map's units; not-numbers are nowhere.

    ``scale`` is what counts as far along each axis: the span of all but the outermost places.
    ``reach``, in shares of it, is how far from its nearest row a place may be to count as
    populated; of the first ``axes`` coordinates alone, as the others mean nothing.
    """

    places: FloatArray
    scale: FloatArray
    reach: float
    axes: int = 2

    def row_at(self, place: FloatArray) -> int | None:
        """Return the number of the row nearest to a place, (2,); None where no rows lie around."""
        if not len(self.places):
            return None
        squares = ((self.places - place) / self.scale) ** 2
        squares[np.isnan(squares)] = np.inf
        near = squares[:, : self.axes].sum(axis=1)
        # Not the nearest by coordinates that mean nothing, but of equals the one that is seen so.
        if not np.isfinite(near.min()) or near.min() > self.reach**2:
            return None
        return int(squares.sum(axis=1).argmin())


def gather(places: FloatArray, axes: int = 2) -> Crowd:
    """Return the crowd of places, (n, 2), of which the first ``axes`` coordinates mean something.

    A place counts as populated if it is no farther from its nearest row than nearly all rows (99
    of 100) are from their fifth neighbour: so far apart can rows stand within a class. Where rows
    stand on each other a hundredth of the span is near enough.
    """
    usable = places[np.isfinite(places).all(axis=1)]
    scale = _span(usable)
    return Crowd(places, scale, max(_reach((usable / scale)[:, :axes]), _LEAST_REACH), axes)


def class_places(places: FloatArray, labels: Labels | None) -> dict[int, FloatArray]:
    """Return for each class a place, (2,), in the thick of it, where its name can stand.

    It is the half-sample mode (Robertson and Cryer, 1974) in two dimensions: the half of the
    rows nearest to their median, again and again. A mean would lie between two clusters.
    Names that would cover each other make way.
    """
    if labels is None:
        return {}
    found = {}
    for name in np.unique(labels):
        own = places[labels == name]
        own = own[np.isfinite(own).all(axis=1)]
        if len(own):
            found[int(name)] = _mode(own)
    return _apart(found, _span(places[np.isfinite(places).all(axis=1)]))


def lanes(count: int, labels: Labels | None) -> FloatArray:
    """Return heights, (count,), for a map of one coordinate: a lane for each class, 1 high.

    Within a lane rows are spread evenly, so that they do not cover each other.
    """
    # Multiples of the golden ratio fill an interval evenly, however many there are.
    spread = (np.arange(count) * 0.6180339887) % 1 * 0.7 + 0.15
    lane = np.zeros(count) if labels is None else np.unique(labels, return_inverse=True)[1]
    return np.asarray(lane[:count] + spread, dtype=np.float32)


def _span(places: FloatArray) -> FloatArray:
    if not len(places):
        return np.ones(2, np.float32)
    low, high = np.percentile(places, _SPAN, axis=0)
    span = high - low
    # Where all rows have one coordinate, the other's unit is as good as any.
    span[span <= 0] = span.max() if span.max() > 0 else 1.0
    return np.asarray(span, dtype=np.float32)


def _apart(names: dict[int, FloatArray], scale: FloatArray) -> dict[int, FloatArray]:
    """Return names pushed from each other until none is too near to another, or nearly so."""
    places = np.array(list(names.values()), np.float64).reshape(-1, 2) / scale
    order = np.arange(len(places))
    for _ in range(_PUSHES):
        ways = places[:, None] - places[None]
        # Names at one place have no way to go; they part up and down.
        ways[..., 1] += np.sign(order[:, None] - order) * _NAME * ~ways.any(axis=2)
        distance = np.sqrt((ways**2).sum(axis=2)) + np.eye(len(places))
        share = np.maximum(_NAME - distance, 0) / distance / 2
        places += (ways * share[..., None]).sum(axis=1)
    return dict(zip(names, (places * scale).astype(np.float32), strict=True))


def _reach(places: FloatArray) -> float:
    if len(places) <= _NEIGHBOURS:
        return np.inf if len(places) else 0.0
    from sklearn.neighbors import KDTree

    # A thousand rows tell it as well as all. Whoever asks for the nearest gets itself first.
    some = places[:: len(places) // _SAMPLE + 1]
    apart, _ = KDTree(places).query(some, k=_NEIGHBOURS + 1)
    return float(np.percentile(apart[:, -1], _CROWDED))


def _mode(places: FloatArray) -> FloatArray:
    for _ in range(_HALVINGS):
        middle = np.median(places, axis=0)
        if len(places) < _FEWEST:
            break
        apart = ((places - middle) ** 2).sum(axis=1)
        places = places[np.argsort(apart)[: len(places) // 2]]
    return np.asarray(np.median(places, axis=0), dtype=np.float32)
