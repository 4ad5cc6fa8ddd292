"""All that a map of codes shows, made at once from a model and its rows."""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from aegui.analysis.code_units import CodeUnits, describe_units
from aegui.analysis.crowd import Crowd, class_places, gather, lanes
from aegui.analysis.latent_map import LatentMap, fit_map, unit_map
from aegui.analysis.rows import parts
from aegui.data.dataset import Labels
from aegui.records import FloatArray, TrainedModel

# Numbers that are encoded at once: few calls, and yet what convolutions make of ten thousand digits
# would take half a gigabyte.
_PART = 2_000_000


class PlaneOfCodes(Protocol):
    """What a map is drawn on: a plane through the codes, or one that was searched for."""

    @property
    def caption(self) -> str:
        """What it is, in words."""
        ...

    @property
    def names(self) -> tuple[str, str]:
        """What stands along its axes."""
        ...

    @property
    def is_line(self) -> bool:
        """Whether only its first coordinate means anything."""
        ...

    def decode_places(self, places: FloatArray) -> FloatArray:
        """Return the codes, (m, k), of places (m, 2)."""
        ...


@dataclass(frozen=True, eq=False)
class Chart:
    """A map of rows by their codes, for one model.

    ``codes`` are (n, k), ``crowd`` holds the rows' places on ``plane``, ``names`` where each
    class's name can stand; ``units`` describes the code's units.
    """

    model: TrainedModel
    plane: PlaneOfCodes
    codes: FloatArray
    labels: Labels | None
    crowd: Crowd
    names: dict[int, FloatArray]
    units: CodeUnits


def draw_chart(
    model: TrainedModel,
    rows: FloatArray,
    labels: Labels | None,
    pair: tuple[int, int] | None = None,
    like: LatentMap | None = None,
) -> Chart:
    """Encode rows, (n, features), and map their codes.

    Parameters
    ----------
    model
        Its encoder is used.
    rows, labels
        The rows to map, at least one, and their classes if they have some.
    pair
        Two units, counted from 0, to map by; None for the map that shows most.
    like
        The map that was shown before, whose directions are kept.

    Raises
    ------
    ValueError
        There are no rows, or ``pair`` is not two units of the code.
    """
    blocks = parts(len(rows), rows.shape[1], _PART)
    codes = np.concatenate([model.encode(rows[block]) for block in blocks])
    plane = fit_map(codes, like) if pair is None else unit_map(codes, *pair)
    places = places_on(plane, codes, labels)
    crowd = gather(places, 1 if plane.is_line else 2)
    names = class_places(places, labels)
    return Chart(model, plane, codes, labels, crowd, names, describe_units(codes))


def places_on(plane: LatentMap, codes: FloatArray, labels: Labels | None) -> FloatArray:
    """Return where rows with codes, (n, k), lie, (n, 2); on a line, in lanes by their classes."""
    places = plane.place(codes)
    if plane.is_line:
        places[:, 1] = lanes(len(codes), labels)
    return places


def on_other_plane(chart: Chart, plane: PlaneOfCodes, places: FloatArray) -> Chart:
    """Return the same codes at other places, (n, 2), of another plane."""
    crowd, names = gather(places), class_places(places, chart.labels)
    return replace(chart, plane=plane, crowd=crowd, names=names)
