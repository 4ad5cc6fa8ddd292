"""What training rows that were read part by part teach of each column."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from aegui.data.dataset import DataError
from aegui.data.files.contents import NumberColumn, TextColumn
from aegui.data.files.fitting import (
    all_pixels,
    called,
    columns_of,
    require_some,
    require_words,
    usable_scale,
)
from aegui.data.files.gathered import Gathered
from aegui.data.files.moments import Moments
from aegui.data.files.selecting import Selection
from aegui.records import IndexArray
from aegui.specs import FitSpec, Missing, Scaling

Range = tuple[float, float]
_ONE_HOT: Range = (0.0, 1.0)


@dataclass(frozen=True)
class _Fit:
    """What stands in for missing values, shift, factor, one-hot words, and the scaled range."""

    fill: float
    shift: float
    factor: float
    words: tuple[str, ...]
    reach: Range


def fit_gathered(
    gathered: Gathered,
    selection: Selection,
    sample: IndexArray,
    scaling: Scaling,
    missing: Missing,
    path: Path,
) -> tuple[FitSpec, Range]:
    """Find medians and scaling of all columns, and the range of all values once scaled.

    Parameters
    ----------
    selection
        The rows at hand; a median is that of ``sample``, the numbers of those to train on.

    Raises
    ------
    DataError
        A column has no values, values too far apart, or too many texts.
    """
    train, every = gathered.train, gathered.all_rows
    columns = columns_of(selection)
    if selection.block is not None and selection.block.image_shape is not None:
        train, every = train.together(), every.together()
        columns = iter([all_pixels(selection.block, sample)])
        sample = np.arange(len(sample) * selection.block.values.shape[1])
    fits: list[_Fit] = []
    place = 0
    for number, column in enumerate(columns):
        if isinstance(column, TextColumn):
            words = tuple(sorted(gathered.words.get(number, ())))
            require_words(len(words), column.name, path)
            fits.append(_Fit(0.0, 0.0, 1.0, words, _ONE_HOT))
            continue
        its, its_all = train.of_column(place), every.of_column(place)
        place += 1
        require_some(its.count[0], column.name, path)
        shift, factor = usable_scale(*_scale(its, scaling), column.name, path)
        fill = _median(column, sample, its) if missing == "training_median" else 0.0
        reach = _reach(its_all, shift, factor, column.name, path)
        fits.append(_Fit(fill, shift, factor, (), reach))
    return _spec_of(fits)


def _spec_of(fits: list[_Fit]) -> tuple[FitSpec, Range]:
    spec = FitSpec(
        fills=tuple(fit.fill for fit in fits),
        shifts=tuple(fit.shift for fit in fits),
        factors=tuple(fit.factor for fit in fits),
        words=tuple(fit.words for fit in fits),
    )
    return spec, (min(fit.reach[0] for fit in fits), max(fit.reach[1] for fit in fits))


def _scale(moments: Moments, scaling: Scaling) -> Range:
    """Return shift and factor of a single column's values."""
    if scaling == "none":
        return 0.0, 1.0
    if scaling == "min_max":
        return float(moments.low[0]), float(moments.high[0] - moments.low[0])
    return float(moments.mean[0]), float(moments.spread[0])


def _median(column: NumberColumn, sample: IndexArray, moments: Moments) -> float:
    """Return the median of the rows in the sample; the mean where none of them has a value."""
    values = column.values[sample]
    values = values[~np.isnan(values)]
    return float(np.median(values)) if len(values) else float(moments.mean[0])


def _reach(moments: Moments, shift: float, factor: float, name: str, path: Path) -> Range:
    with np.errstate(over="ignore"):
        low, high = (
            float(np.float32((end - shift) / factor)) for end in (moments.low[0], moments.high[0])
        )
    if not np.isfinite([low, high]).all():
        raise DataError(
            f"{path}: {called(name)} has values that are too large once scaled. Leave it out."
        )
    return low, high
