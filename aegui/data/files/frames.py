"""Tables of polars made into columns of NumPy's."""

from typing import TYPE_CHECKING, Any

import numpy as np

from aegui.data.files.contents import (
    Column,
    NumberColumn,
    OtherColumn,
    Table,
    TextColumn,
    finite_or_missing,
)
from aegui.data.files.sniff import MISSING_WORDS
from aegui.data.files.watch import Watch

if TYPE_CHECKING:
    # It takes a third of a second, which only those who open a file need to wait.
    import polars as pl

_SHOWN = 40
_TOLD_EVERY = 100


def table_of(frame: "pl.DataFrame", names: list[str], watch: Watch, *, written: bool) -> Table:
    """Return a frame's columns under other names.

    Parameters
    ----------
    written
        Whether numbers are written as texts, as in a CSV file.
    """
    watch.step("Telling numbers from texts", 0.0)
    plain = _without_missing(frame) if written else frame
    numbers = _as_numbers(plain) if written else frame
    columns: list[Column] = []
    for place, name in enumerate(names):
        if place % _TOLD_EVERY == 0:
            watch.step("Telling numbers from texts", place / len(names))
        series, number = plain.to_series(place), numbers.to_series(place)
        columns.append(_written_column(name, series, number) if written else _column(name, series))
    return Table(frame.height, tuple(columns))


def _without_missing(frame: "pl.DataFrame") -> "pl.DataFrame":
    """Return texts without spaces around them, and nothing where a missing value is written."""
    import polars as pl

    plain = pl.all().str.strip_chars()
    is_there = ~plain.str.to_lowercase().is_in(list(MISSING_WORDS))
    # All columns at once: one at a time, ten thousand of them take ten seconds.
    return frame.select(pl.when(is_there).then(plain))


def _as_numbers(plain: "pl.DataFrame") -> "pl.DataFrame":
    import polars as pl

    return plain.select(pl.all().cast(pl.Float64, strict=False))


def unique_names(names: list[str]) -> list[str]:
    """Return names that all differ and are not empty: ``column 3``, ``a (2)``."""
    found: dict[str, None] = {}
    for place, name in enumerate(names, start=1):
        plain = name.strip() or f"column {place}"
        unique, number = plain, 1
        while unique in found:
            number += 1
            unique = f"{plain} ({number})"
        found[unique] = None
    return list(found)


def _column(name: str, series: "pl.Series") -> Column:
    import polars as pl

    kind = series.dtype
    if kind.is_numeric() or kind == pl.Boolean:
        if kind.is_decimal() or kind == pl.Boolean:
            series = series.cast(pl.Float64)
        return _numbers(name, series)
    if kind == pl.String or isinstance(kind, (pl.Categorical, pl.Enum)):
        return _texts(name, series.cast(pl.String), "")
    return OtherColumn(name, f"{kind} values, which cannot be learned")


def _written_column(name: str, plain: "pl.Series", numbers: "pl.Series") -> Column:
    """Return a column of numbers where all that is written there are numbers, else of texts."""
    import polars as pl

    if numbers.null_count() == plain.null_count():
        return _numbers(name, numbers)
    with_comma = plain.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    if with_comma.null_count() == plain.null_count():
        return _numbers(name, with_comma)
    note = ""
    if numbers.null_count() < len(numbers):
        row = (numbers.is_null() & plain.is_not_null()).arg_max() or 0
        note = f"row {row + 1} holds {_shown(plain[row])}, which is no number"
    return _texts(name, plain, note)


def _numbers(name: str, series: "pl.Series") -> NumberColumn:
    # Missing values of whole numbers become NaN, as those of others are.
    values: Any = series.to_numpy()
    return NumberColumn(name, *finite_or_missing(values))


def _texts(name: str, series: "pl.Series", note: str) -> TextColumn:
    import polars as pl

    series = series.set(series == "", None)
    words = series.drop_nulls().unique().sort()
    codes = series.rank("dense").cast(pl.Int32).fill_null(0).to_numpy() - np.int32(1)
    return TextColumn(name, codes, tuple(words.to_list()), note)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")
