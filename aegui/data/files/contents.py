"""What a file holds, whatever its format: a table of columns, or one array."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class NumberColumn:
    """A column of numbers, (rows,) of any real dtype, NaN where a value is missing.

    ``infinite`` values were in it, and count as missing.
    """

    name: str
    values: NDArray[Any]
    infinite: int = 0

    @property
    def is_missing(self) -> NDArray[np.bool_]:
        """Which rows have no value."""
        missing: NDArray[np.bool_] = np.isnan(self.values)
        return missing


@dataclass(frozen=True, eq=False)
class TextColumn:
    """A column of texts: row i holds ``words[codes[i]]``, or nothing where its code is -1.

    ``words`` are sorted and each of them occurs. ``note`` says why a column that has numbers is
    none of numbers.
    """

    name: str
    codes: Codes
    words: tuple[str, ...]
    note: str = ""

    @property
    def is_missing(self) -> NDArray[np.bool_]:
        """Which rows have no value."""
        return self.codes < 0


@dataclass(frozen=True)
class OtherColumn:
    """A column that is never learned, such as dates; ``note`` says what it holds."""

    name: str
    note: str


Column = NumberColumn | TextColumn | OtherColumn


@dataclass(frozen=True, eq=False)
class Table:
    """Rows with named columns."""

    rows: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, eq=False)
class Block:
    """One array (rows, features) of any real dtype, NaN where a value is missing.

    ``image_shape`` is (height, width) where a row is a picture; ``labels`` are classes and
    ``names`` what rows are called. The last ``own_test_rows`` rows are the file's own test rows.
    """

    values: NDArray[Any]
    image_shape: tuple[int, int] | None = None
    labels: TextColumn | None = None
    names: TextColumn | None = None
    own_test_rows: int | None = None
    infinite: int = 0

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.values)


Contents = Table | Block


def finite_or_missing(values: NDArray[Any]) -> tuple[NDArray[Any], int]:
    """Return numbers with NaN in place of infinite ones, and how many those were."""
    if values.dtype.kind != "f":
        return values, 0
    is_infinite = np.isinf(values)
    count = int(np.count_nonzero(is_infinite))
    return (np.where(is_infinite, np.nan, values), count) if count else (values, 0)


def as_classes(name: str, values: NDArray[Any]) -> TextColumn:
    """Return numbers, (rows,), as texts; whole numbers are written without a point."""
    is_missing = np.isnan(values) if values.dtype.kind == "f" else np.zeros(len(values), bool)
    found, places = np.unique(values[~is_missing], return_inverse=True)
    codes = np.full(len(values), -1, np.int32)
    codes[~is_missing] = places
    return TextColumn(name, codes, tuple(_written(value) for value in found.tolist()))


def _written(value: float | bool) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)
