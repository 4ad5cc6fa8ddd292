"""What is wrong with a row, in the units of its file."""

from dataclasses import dataclass
from math import floor, log10

import numpy as np
from numpy.typing import NDArray

from aegui.data import Dataset
from aegui.records import FloatArray

MOST_READINGS = 7
"""Columns that are told of a row that has more of them."""

_FEWEST_FIGURES, _MOST_FIGURES = 3, 5


@dataclass(frozen=True)
class Reading:
    """A column's name, its value in the file's units, and what a model made of it."""

    name: str
    original: str
    made: str


def has_readout(dataset: Dataset) -> bool:
    """Tell whether rows are numbers of a file, so that names and units say something."""
    return dataset.scale is not None and dataset.image_shape is None


def feature_name(dataset: Dataset, place: int) -> str:
    """Return what a feature is called, by its place from 0: its column's name or number."""
    return dataset.columns[place] if dataset.columns else f"column {place + 1}"


def read_out(dataset: Dataset, row: FloatArray, made: FloatArray) -> tuple[Reading, ...]:
    """Return the columns of a row, (features,), that a model gets wrong most, worst first.

    ``made`` is the row's reconstruction, (features,); both are scaled, as errors are.
    """
    wrong = np.nan_to_num(np.abs(made - row), nan=np.inf)
    worst = np.argsort(-wrong, kind="stable")[:MOST_READINGS]
    pairs = np.stack([dataset.unscale(row), dataset.unscale(made)], axis=1)
    return tuple(
        Reading(feature_name(dataset, place), *_beside(pairs[place])) for place in worst.tolist()
    )


def _beside(pair: NDArray[np.float64]) -> list[str]:
    """Write two values with as many decimals as their difference asks for."""
    finite = np.abs(pair[np.isfinite(pair)])
    largest = float(finite.max()) if len(finite) else 0.0
    apart = abs(float(pair[1] - pair[0]))
    size = _exponent(largest)
    wanted = 1 - _exponent(apart) if 0 < apart < np.inf else 0
    low, high = _FEWEST_FIGURES - 1 - size, _MOST_FIGURES - 1 - size
    decimals = min(max(wanted, low, 0), max(high, 0))
    return [f"{value:,.{decimals}f}".replace(",", "\u00a0") for value in pair.tolist()]


def _exponent(value: float) -> int:
    return floor(log10(value)) if value > 0 else 0
