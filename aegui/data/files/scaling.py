"""Rows filled and scaled by what training rows taught."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aegui.data.dataset import DataError
from aegui.data.files.block_scaling import BlockScaler, TurningScaler, block_scaler
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
    scaler: BlockScaler | TurningScaler | _ColumnScaler
    if block is None:
        scaler = _ColumnScaler(selection.columns, fit, features)
    else:
        scaler = block_scaler(block.values, fit, rows)
    for some in scaler.parts(rows):
        part, numbers = made[some], rows[some]
        if not scaler.scale_into(part, numbers):
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


class _ColumnScaler:
    """Scales rows of a table's columns, texts among them."""

    def __init__(self, columns: tuple[FeatureColumn, ...], fit: FitSpec, features: int) -> None:
        self._columns, self._fit = columns, fit
        self._hot = [_places(*each) for each in zip(columns, fit.words, strict=True)]
        # A few rows at a time, which stay in a core's cache.
        self._count = max(1, _BLOCK_VALUES // features)

    def parts(self, rows: IndexArray) -> Iterator[slice]:
        """Yield which of the rows' numbers to scale at a time."""
        for start in range(0, len(rows), self._count):
            yield slice(start, start + self._count)

    def scale_into(self, made: FloatArray, rows: IndexArray) -> bool:
        """Put some rows into an array, (rows, features), and return whether all are finite."""
        fit, place = self._fit, 0
        for number, (column, places) in enumerate(zip(self._columns, self._hot, strict=True)):
            if isinstance(column, NumberColumn):
                values = np.asarray(column.values[rows], np.float64)
                values[np.isnan(values)] = fit.fills[number]
                _scale_into(made[:, place], values, fit.shifts[number], fit.factors[number])
                place += 1
            elif places is not None:
                width = len(fit.words[number])
                _fill_one_hot(made[:, place : place + width], places[column.codes[rows]])
                place += width
        return bool(np.isfinite(made).all())


def _fill_one_hot(part: FloatArray, places: IndexArray) -> None:
    part[...] = 0.0
    is_known = places >= 0
    part[np.flatnonzero(is_known), places[is_known]] = 1.0


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
