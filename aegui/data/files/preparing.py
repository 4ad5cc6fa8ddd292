"""A file's contents split, filled and scaled: the rows to learn from."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aegui.data.dataset import DataError, RowStream
from aegui.data.files.choices import Choices
from aegui.data.files.contents import Contents
from aegui.data.files.fitting import columns_of, fit_rows
from aegui.data.files.scaling import scaled_rows
from aegui.data.files.selecting import Selection, select
from aegui.records import FloatArray, IndexArray
from aegui.specs import FitSpec, StreamSpec
from aegui.specs.checks import MAX_VALUES
from aegui.specs.file_dataset import FEWEST_FILE_ROWS, MOST_FILE_FEATURES


@dataclass(frozen=True, eq=False)
class Prepared:
    """Rows scaled, (rows, features), those to train on first: ``train_rows`` of them.

    ``numbers`` are their places in the file, from 0, and ``chosen`` those in ``selection``;
    ``own_test_rows`` is the count of the file's own test rows; ``value_range`` has the least and
    the largest value. Where all other rows stay in the file, ``stream`` reads those to train on,
    and ``rows`` counts them too.
    """

    selection: Selection
    values: FloatArray
    numbers: IndexArray
    chosen: IndexArray
    train_rows: int
    rows: int
    fit: FitSpec
    own_test_rows: int | None
    value_range: tuple[float, float]
    streaming: StreamSpec | None = None
    stream: RowStream | None = None


def prepare(contents: Contents, choices: Choices, path: Path) -> Prepared:
    """Choose columns and rows, split these, and scale them by what training rows tell.

    Raises
    ------
    DataError
        The choices do not fit the contents, or too few rows or columns are left.
    """
    require_share(choices.test_share, path)
    require_rows(contents.rows, contents.rows, choices, path)
    selection = select(contents, choices, path)
    numbers, own_test_rows = _split(selection, choices, path)
    tested = own_test_rows or max(1, round(len(numbers) * choices.test_share))
    fit = fit_rows(selection, numbers[:-tested], choices.scaling, choices.missing, path)
    features = require_features(selection, fit, path)
    if len(numbers) * features > MAX_VALUES:
        raise DataError(
            f"{path}: {len(numbers)} rows of {features} numbers need more than 4 GB. Take at most "
            f"{MAX_VALUES // features} rows (--rows), or write them as Parquet or NPY, which can "
            "stay in the file."
        )
    values = scaled_rows(selection, numbers, fit, path)
    value_range = float(values.min()), float(values.max())
    require_difference(value_range, path)
    train = len(numbers) - tested
    return Prepared(
        selection, values, numbers, numbers, train, len(numbers), fit, own_test_rows, value_range
    )


def require_difference(value_range: tuple[float, float], path: Path) -> None:
    """Raise ``DataError`` where all values are one and the same."""
    low, high = value_range
    if low == high:
        raise DataError(
            f"{path} holds one and the same value everywhere: there is nothing to learn. Choose "
            "another file or other columns."
        )


def missing_rows(selection: Selection) -> NDArray[np.bool_]:
    """Return which rows lack a value in any of the columns that are learned."""
    found = np.zeros(selection.rows, bool)
    if selection.block is not None:
        values = selection.block.values
        if values.dtype.kind == "f":
            np.isnan(values).any(axis=1, out=found)
        return found
    for column in columns_of(selection):
        found |= column.is_missing
    return found


def _split(selection: Selection, choices: Choices, path: Path) -> tuple[IndexArray, int | None]:
    """Return the numbers of rows, those to train on first, and how many are the file's own test."""
    is_used = np.ones(selection.rows, bool)
    if choices.missing == "leave_out":
        is_used = ~missing_rows(selection)
    numbers = np.flatnonzero(is_used)
    own = None if selection.block is None else selection.block.own_test_rows
    if own is None:
        numbers = np.random.default_rng(choices.seed).permutation(numbers)[: choices.rows]
        require_rows(len(numbers), selection.rows, choices, path)
        return numbers, None
    train, test = numbers[numbers < selection.rows - own], numbers[numbers >= selection.rows - own]
    if choices.rows is not None:
        train = train[: max(0, choices.rows - len(test))]
    if len(train) == 0 or len(test) == 0:
        raise DataError(
            f"{path}: {len(train)} rows to train on and {len(test)} to test with are left; each "
            f"must have one at least. It has {len(test)} test rows of its own: take more rows."
        )
    require_rows(len(train) + len(test), selection.rows, choices, path)
    return np.concatenate([train, test]), len(test)


def require_share(share: float, path: Path) -> None:
    """Raise ``DataError`` for a share of test rows that leaves none on one side."""
    if not 0.01 <= share <= 0.9:
        raise DataError(
            f"{path}: the share of rows to test with is {share:g}, and must lie in [0.01, 0.9]."
        )


def require_rows(rows: int, in_file: int, choices: Choices, path: Path) -> None:
    """Raise ``DataError`` for too few rows; ``in_file`` tells how many there are in all."""
    if rows >= FEWEST_FILE_ROWS:
        return
    remedy = "Choose a file with more rows."
    if in_file >= FEWEST_FILE_ROWS and choices.missing == "leave_out":
        remedy = (
            f"The others of its {in_file} rows have missing values or were not asked for: fill "
            "those (--missing training-median), or leave out the columns that have them."
        )
    raise DataError(
        f"{path}: {rows} {'row is' if rows == 1 else 'rows are'} left to learn from, and at least "
        f"{FEWEST_FILE_ROWS} are needed. {remedy}"
    )


def require_features(selection: Selection, fit: FitSpec, path: Path) -> int:
    """Return the numbers in a row, before memory is asked for; raises ``DataError`` for too many.

    Nor may they be too few.
    """
    features = sum(max(1, len(words)) for words in fit.words)
    if selection.block is not None:
        features = selection.block.values.shape[1]
    if features < 2:
        column = selection.columns[0].name if selection.columns else "column 1"
        raise DataError(
            f"{path}: {column!r} alone is learned. A row needs two numbers or more; choose more "
            "columns, or another delimiter if they were not told apart."
        )
    if features > MOST_FILE_FEATURES:
        raise DataError(
            f"{path}: a row has {features} numbers, and may have {MOST_FILE_FEATURES} at most. "
            "Choose fewer columns, or smaller pictures (--size)."
        )
    return features
