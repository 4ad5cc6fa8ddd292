"""Rows filled and scaled by what training rows taught."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aegui.data.dataset import DataError
from aegui.data.files.contents import NumberColumn, TextColumn
from aegui.data.files.fitting import PIXELS, called
from aegui.data.files.selecting import FeatureColumn, Selection
from aegui.data.memory import empty_rows
from aegui.records import FloatArray, IndexArray
from aegui.specs import FitSpec

# Numbers scaled at a time, in double precision.
_BLOCK_VALUES = 65_536


def scaled_rows(
    selection: Selection,
    rows: IndexArray,
    fit: FitSpec,
    path: Path,
    into: FloatArray | None = None,
    before: int = 0,
) -> FloatArray:
    """Return chosen rows, (rows, features) float32, filled and scaled by a fit.

    Parameters
    ----------
    into
        Where to put them, (rows, features); None for a new array.
    before
        Rows of the file before the first one of ``selection``.

    Raises
    ------
    DataError
        A value leaves what float32 can hold; the message names row and column.
    """
    block, widths = selection.block, [max(1, len(words)) for words in fit.words]
    features = sum(widths) if block is None else block.values.shape[1]
    made = empty_rows(len(rows), features) if into is None else into
    # A few rows at a time, which stay in a core's cache.
    count = max(1, _BLOCK_VALUES // features)
    columns = zip(selection.columns, fit.words, strict=block is None)
    hot = [_places(column, words) for column, words in columns]
    scale = _BlockScale.of(fit)
    for start in range(0, len(rows), count):
        part, numbers = made[start : start + count], rows[start : start + count]
        if block is not None:
            scale.scale_into(part, _taken(block.values, numbers))
        else:
            _scale_columns(part, selection.columns, hot, numbers, fit)
        if not np.isfinite(part).all():
            place, feature = np.argwhere(~np.isfinite(part))[0]
            raise _too_large(path, _name_of(selection, feature, widths), before + numbers[place])
    return made


def _places(column: FeatureColumn, words: tuple[str, ...]) -> IndexArray | None:
    """Return which of a one-hot column's features each of its texts is; -1 for none.

    A word that training rows did not have is none of them. The last entry is for rows without a
    text, whose code is -1.
    """
    if not isinstance(column, TextColumn):
        return None
    place_of = {word: place for place, word in enumerate(words)}
    return np.array([*(place_of.get(word, -1) for word in column.words), -1])


def _scale_columns(
    made: FloatArray,
    columns: tuple[FeatureColumn, ...],
    hot: list[IndexArray | None],
    rows: IndexArray,
    fit: FitSpec,
) -> None:
    place = 0
    for number, (column, places) in enumerate(zip(columns, hot, strict=True)):
        if isinstance(column, NumberColumn):
            values = np.asarray(column.values[rows], np.float64)
            values[np.isnan(values)] = fit.fills[number]
            _scale_into(made[:, place], values, fit.shifts[number], fit.factors[number])
            place += 1
        elif places is not None:
            width = len(fit.words[number])
            _fill_one_hot(made[:, place : place + width], places[column.codes[rows]])
            place += width


def _fill_one_hot(part: FloatArray, places: IndexArray) -> None:
    part[...] = 0.0
    is_known = places >= 0
    part[np.flatnonzero(is_known), places[is_known]] = 1.0


@dataclass(frozen=True, eq=False)
class _BlockScale:
    """How an array is scaled, a figure for each feature, or one for all pixels; scaled fills."""

    shifts: NDArray[np.float64]
    factors: NDArray[np.float64]
    fills: NDArray[np.float64]

    @classmethod
    def of(cls, fit: FitSpec) -> "_BlockScale":
        shifts, factors = np.array(fit.shifts), np.array(fit.factors)
        with np.errstate(over="ignore"):
            return cls(shifts, factors, (np.array(fit.fills) - shifts) / factors)

    def scale_into(self, made: FloatArray, values: NDArray[Any]) -> None:
        """Scale rows, and fill what is missing; no other pass over them is made than needed."""
        with np.errstate(over="ignore"):
            scaled = values - self.shifts
            scaled /= self.factors
            made[...] = scaled
        if values.dtype.kind == "f" and not np.isfinite(made).all():
            is_missing = np.isnan(values)
            with np.errstate(over="ignore"):
                made[...] = np.where(is_missing, self.fills, scaled)


def _taken(values: NDArray[Any], rows: IndexArray) -> NDArray[Any]:
    """Return some rows; where they lie one behind the other, without a copy."""
    first, last = int(rows[0]), int(rows[-1])
    is_in_line = last - first == len(rows) - 1 and bool((np.diff(rows) == 1).all())
    return values[first : last + 1] if is_in_line else values[rows]


def _scale_into(part: FloatArray, values: NDArray[np.float64], shift: float, factor: float) -> None:
    with np.errstate(over="ignore"):
        values -= shift
        values /= factor
        part[...] = values


def _name_of(selection: Selection, feature: int, widths: list[int]) -> str:
    """Return what the column of a feature is called."""
    if selection.block is None:
        place = int(np.searchsorted(np.cumsum(widths), feature, side="right"))
        return called(selection.columns[place].name)
    is_picture = selection.block.image_shape is not None
    return PIXELS if is_picture else called(f"column {feature + 1}")


def _too_large(path: Path, column: str, row: int) -> DataError:
    return DataError(
        f"{path}, row {row + 1}: the value of {column} is too large once scaled. Mend it, or leave "
        "the column out."
    )
