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

# Pictures scaled at a time: keeps the working memory small beside the result.
_BLOCK = 4096


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
        columns: Iterator[FeatureColumn] = iter([_all_pixels(selection.block, training)])
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


def scaled_rows(selection: Selection, rows: IndexArray, fit: FitSpec, path: Path) -> FloatArray:
    """Return chosen rows, (rows, features) float32, filled and scaled by a fit.

    Raises
    ------
    DataError
        A value leaves what float32 can hold; the message names row and column.
    """
    block = selection.block
    if block is not None and block.image_shape is not None:
        return _scaled_pictures(block, rows, fit)
    widths = [max(1, len(words)) for words in fit.words]
    made = empty_rows(len(rows), sum(widths))
    place = 0
    for number, (column, width) in enumerate(zip(columns_of(selection), widths, strict=True)):
        part = made[:, place : place + width]
        if isinstance(column, TextColumn):
            _fill_one_hot(part, column, rows, fit.words[number])
        else:
            values = np.asarray(column.values[rows], np.float64)
            values[np.isnan(values)] = fit.fills[number]
            _scale_into(part[:, 0], values, fit.shifts[number], fit.factors[number])
            if not np.isfinite(part).all():
                raise _too_large(path, column, int(rows[np.argmin(np.isfinite(part[:, 0]))]))
        place += width
    return made


def _all_pixels(block: Block, training: IndexArray) -> NumberColumn:
    return NumberColumn("the pixels", block.values[training].ravel())


def _fit(
    column: FeatureColumn, training: IndexArray, scaling: Scaling, missing: Missing, path: Path
) -> tuple[float, float, float, tuple[str, ...]]:
    """Return what stands in for missing values, shift, factor and one-hot words."""
    if isinstance(column, TextColumn):
        return 0.0, 0.0, 1.0, _words(column, training, path)
    values = column.values[training]
    if values.dtype.kind == "f":
        values = values[~np.isnan(values)]
    if len(values) == 0:
        raise DataError(
            f"{path}: {_called(column)} has no value in any training row. Leave it out, or take "
            "another seed for the split."
        )
    fill = float(np.median(values)) if missing == "training_median" else 0.0
    shift, factor = _scale(values, scaling)
    if not np.isfinite([fill, shift, factor]).all():
        raise DataError(
            f"{path}: {_called(column)} has values too far apart to be scaled. Leave it out."
        )
    return fill, shift, factor, ()


def _scale(values: NDArray[Any], scaling: Scaling) -> tuple[float, float]:
    """Return shift and factor; 1 for the factor of values that are all the same."""
    if scaling == "none":
        return 0.0, 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        if scaling == "min_max":
            shift = float(values.min())
            factor = float(values.max()) - shift
        else:
            shift = float(values.mean(dtype=np.float64))
            factor = float(values.std(dtype=np.float64))
    return shift, factor if factor > 0 or np.isnan(factor) else 1.0


def _words(column: TextColumn, training: IndexArray, path: Path) -> tuple[str, ...]:
    found = np.unique(column.codes[training])
    words = tuple(column.words[code] for code in found if code >= 0)
    if not words:
        raise DataError(
            f"{path}: {_called(column)} has no value in any training row. Leave it out."
        )
    if len(words) > MOST_WORDS:
        raise DataError(
            f"{path}: {_called(column)} has {len(words)} different texts, and one-hot takes at "
            f"most {MOST_WORDS}. Leave it out, or make it the id column."
        )
    return words


def _fill_one_hot(
    part: FloatArray, column: TextColumn, rows: IndexArray, words: tuple[str, ...]
) -> None:
    """Write 1 where a row has a word; a word that training rows did not have is none of them."""
    place_of = {word: place for place, word in enumerate(words)}
    # The last entry is for rows without a text, whose code is -1.
    places = np.array([*(place_of.get(word, -1) for word in column.words), -1])[column.codes[rows]]
    part[...] = 0.0
    is_known = places >= 0
    part[np.flatnonzero(is_known), places[is_known]] = 1.0


def _scale_into(part: FloatArray, values: NDArray[np.float64], shift: float, factor: float) -> None:
    with np.errstate(over="ignore"):
        values -= shift
        values /= factor
        part[...] = values


def _scaled_pictures(block: Block, rows: IndexArray, fit: FitSpec) -> FloatArray:
    made = empty_rows(len(rows), block.values.shape[1])
    for start in range(0, len(rows), _BLOCK):
        values = np.asarray(block.values[rows[start : start + _BLOCK]], np.float64)
        values[np.isnan(values)] = fit.fills[0]
        _scale_into(made[start : start + _BLOCK], values, fit.shifts[0], fit.factors[0])
    return made


def _called(column: FeatureColumn) -> str:
    return column.name if column.name == "the pixels" else f"column {column.name!r}"


def _too_large(path: Path, column: FeatureColumn, row: int) -> DataError:
    return DataError(
        f"{path}, row {row + 1}: the value of {_called(column)} is too large once scaled. Mend "
        "it, or leave the column out."
    )
