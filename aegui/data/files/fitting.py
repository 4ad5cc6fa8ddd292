"""What training rows teach of each column."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aegui.data.dataset import DataError
from aegui.data.files.contents import Block, NumberColumn, TextColumn
from aegui.data.files.selecting import FeatureColumn, Selection
from aegui.records import IndexArray
from aegui.specs import FitSpec, Missing, Scaling

MOST_WORDS = 1000
"""A column of more different texts is not taken apart into features."""

PIXELS = "the pixels"
"""What the numbers of pictures are called, which are scaled alike."""


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


def all_pixels(block: Block, training: IndexArray) -> NumberColumn:
    """Return the pixels of some pictures as one column."""
    return NumberColumn(PIXELS, block.values[training].ravel())


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


def called(name: str) -> str:
    """Return what a column is called in a sentence."""
    return name if name == PIXELS else f"column {name!r}"
