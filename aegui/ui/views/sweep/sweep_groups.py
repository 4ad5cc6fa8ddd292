"""A sweep's trials by their setting, each setting with its name and its colour."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QColor

from aegui.records import FloatArray, TrialOutcome
from aegui.sentences import capitalised
from aegui.specs import JsonScalar, SweepSpec
from aegui.specs.differences import setting_name, setting_value
from aegui.sweeps.results import finished_by_settings
from aegui.ui.theme import Theme


@dataclass(frozen=True, eq=False)
class Group:
    """The trials of one setting so far: ``place`` among the settings, ``name`` for people."""

    place: int
    name: str
    value: JsonScalar | None
    outcomes: tuple[TrialOutcome, ...]

    @property
    def row_errors(self) -> FloatArray:
        """The errors of the test rows under all of its seeds, one after the other."""
        return np.concatenate([outcome.row_errors for outcome in self.outcomes])


def groups(spec: SweepSpec, outcomes: Iterable[TrialOutcome]) -> list[Group]:
    """Return the settings that have a finished trial, in the sweep's order.

    A training whose loss stopped being finite is left out, as its figures are of an earlier
    epoch. ``value`` is None where two settings are swept at once.
    """
    found = finished_by_settings(outcomes)
    order = {values: place for place, values in enumerate(_settings(spec))}
    return [
        Group(order[values], _name(values), _value(values), mine)
        for values, mine in sorted(found.items(), key=lambda pair: order[pair[0]])
    ]


def colours(spec: SweepSpec, theme: Theme) -> list[QColor]:
    """Return a colour for each setting: the theme's hues, and steps between them if need be."""
    count = len(_settings(spec))
    hues = [QColor(hue) for hue in theme.series]
    if count <= len(hues):
        return hues[:count]
    places, knots = np.linspace(0, len(hues) - 1, count), np.arange(len(hues))
    parts = [
        np.interp(places, knots, [part(hue) for hue in hues])
        for part in (QColor.redF, QColor.greenF, QColor.blueF)
    ]
    return [QColor.fromRgbF(*rgb) for rgb in zip(*parts, strict=True)]


def all_settings(spec: SweepSpec) -> list[tuple[str, JsonScalar | None]]:
    """Return the name of every setting, and its value where one alone is swept."""
    return [(_name(values), _value(values)) for values in _settings(spec)]


def axis_title(spec: SweepSpec) -> str:
    """Return what is swept, for people: ``Learning rate``."""
    return capitalised(", ".join(setting_name(axis.field) for axis in spec.axes))


def _settings(spec: SweepSpec) -> list[tuple[JsonScalar, ...]]:
    if len(spec.axes) == 1:
        return [(value,) for value in spec.axes[0].values]
    first, second = spec.axes
    return [(one, other) for one in first.values for other in second.values]


def _value(values: tuple[JsonScalar, ...]) -> JsonScalar | None:
    return values[0] if len(values) == 1 else None


def _name(values: tuple[JsonScalar, ...]) -> str:
    return ", ".join(setting_value(value) for value in values)
