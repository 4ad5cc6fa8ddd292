"""What training rows teach of each column, and rows scaled by it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aegui.data.dataset import DataError
from aegui.data.files.contents import Block, NumberColumn, TextColumn
from aegui.data.files.selecting import FeatureColumn, Selection
from aegui.data.memory import empty_rows
from aegui.records import FloatArray, IndexArray
from aegui.specs import FitSpec, Missing, Scaling

MOST_WORDS = 1000
"""A column of more different texts is not taken apart into features."""

_PIXELS = "the pixels"

# Numbers scaled at a time, in double precision.
_BLOCK_VALUES = 65_536


def fit_rows(
    selection: Selection, training: IndexArray, scaling: Scaling, missing: Missing, path: Path
) -> FitSpec:
    """Find medians and scaling of all columns; of pictures, one scaling for all pixels.

    Parameters
    ----------
    training
        Numbers of the training rows; no other row is looked at.

    Raises
    ------
    DataError
        A column has no values among them, values too far apart, or too many texts.
    """
    is_picture = selection.block is not None and selection.block.image_shape is not None
    if is_picture and selection.block is not None:
        columns: Iterator[FeatureColumn] = iter([all_pixels(selection.block, training)])
        training = np.arange(len(training) * selection.block.values.shape[1])
    else:
        columns = columns_of(selection)
    fits = [_fit(column, training, scaling, missing, path) for column in columns]
    fills, shifts, factors, words = zip(*fits, strict=True)
    return FitSpec(fills=fills, shifts=shifts, factors=factors, words=words)


def columns_of(selection: Selection) -> Iterator[FeatureColumn]:
    """Yield the columns that are learned; those of an array are called by their places."""
    if selection.block is None:
        yield from selection.columns
        return
    for place in range(selection.block.values.shape[1]):
        yield NumberColumn(f"column {place + 1}", selection.block.values[:, place])


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
    for start in range(0, len(rows), count):
        part, numbers = made[start : start + count], rows[start : start + count]
        if block is not None:
            _scale_block(part, block, numbers, fit)
        else:
            _scale_columns(part, selection.columns, hot, numbers, fit)
        if not np.isfinite(part).all():
            place, feature = np.argwhere(~np.isfinite(part))[0]
            raise _too_large(path, _name_of(selection, feature, widths), before + numbers[place])
    return made


def all_pixels(block: Block, training: IndexArray) -> NumberColumn:
    """Return the pixels of some pictures as one column."""
    return NumberColumn(_PIXELS, block.values[training].ravel())


def _fit(
    column: FeatureColumn, training: IndexArray, scaling: Scaling, missing: Missing, path: Path
) -> tuple[float, float, float, tuple[str, ...]]:
    """Return what stands in for missing values, shift, factor and one-hot words."""
    if isinstance(column, TextColumn):
        return 0.0, 0.0, 1.0, _words(column, training, path)
    values = column.values[training]
    if values.dtype.kind == "f":
        values = values[~np.isnan(values)]
    require_some(len(values), column.name, path)
    fill = float(np.median(values)) if missing == "training_median" else 0.0
    shift, factor = _scale(values, scaling)
    return fill, *usable_scale(shift, factor, column.name, path), ()


def require_some(values: float, name: str, path: Path) -> None:
    """Raise ``DataError`` where a column has no values to learn its scale from."""
    if not values:
        raise DataError(
            f"{path}: {called(name)} has no value in any training row. Leave it out, or take "
            "another seed for the split."
        )


def usable_scale(shift: float, factor: float, name: str, path: Path) -> tuple[float, float]:
    """Return shift and factor, 1 for the factor of values that are all the same.

    Raises ``DataError`` for what cannot be reckoned with.
    """
    if not np.isfinite([shift, factor]).all():
        raise DataError(
            f"{path}: {called(name)} has values too far apart to be scaled. Leave it out."
        )
    return shift, factor if factor > 0 else 1.0


def _scale(values: NDArray[Any], scaling: Scaling) -> tuple[float, float]:
    if scaling == "none":
        return 0.0, 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        if scaling == "min_max":
            shift = float(values.min())
            return shift, float(values.max()) - shift
        mean = float(values.mean(dtype=np.float64))
        return mean, float(values.std(dtype=np.float64))


def _words(column: TextColumn, training: IndexArray, path: Path) -> tuple[str, ...]:
    found = np.unique(column.codes[training])
    words = tuple(column.words[code] for code in found if code >= 0)
    require_words(len(words), column.name, path)
    return words


def require_words(count: int, name: str, path: Path) -> None:
    """Raise ``DataError`` where a column has no texts to take apart, or too many."""
    if not count:
        raise DataError(f"{path}: {called(name)} has no value in any training row. Leave it out.")
    if count > MOST_WORDS:
        raise DataError(
            f"{path}: {called(name)} has {count} different texts, and one-hot takes at "
            f"most {MOST_WORDS}. Leave it out, or make it the id column."
        )


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


def _scale_block(made: FloatArray, block: Block, rows: IndexArray, fit: FitSpec) -> None:
    """Scale rows of an array; of pictures, all pixels alike."""
    fills, shifts, factors = np.array(fit.fills), np.array(fit.shifts), np.array(fit.factors)
    values = np.asarray(block.values[rows], np.float64)
    if block.values.dtype.kind == "f":
        is_missing = np.isnan(values)
        if is_missing.any():
            values = np.where(is_missing, fills, values)
    _scale_into(made, values, shifts, factors)


def _scale_into(
    part: FloatArray,
    values: NDArray[np.float64],
    shift: float | NDArray[np.float64],
    factor: float | NDArray[np.float64],
) -> None:
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
    return _PIXELS if is_picture else called(f"column {feature + 1}")


def called(name: str) -> str:
    """Return what a column is called in a sentence."""
    return name if name == _PIXELS else f"column {name!r}"


def _too_large(path: Path, column: str, row: int) -> DataError:
    return DataError(
        f"{path}, row {row + 1}: the value of {column} is too large once scaled. Mend it, or leave "
        "the column out."
    )
