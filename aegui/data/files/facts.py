"""What a column or an array holds, in figures, also where it is read part by part."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from aegui.data.files.contents import Block, Column, Contents, OtherColumn, TextColumn
from aegui.data.files.selecting import is_constant

MOST_TEXTS = 10_000
"""Different texts of a column that are told apart while a file is read part by part."""


@dataclass(frozen=True)
class ColumnReport:
    """What one column holds.

    ``missing`` values count the ``infinite`` ones; ``low`` and ``high`` are the range of numbers,
    None where there are none; ``distinct`` is the number of different texts, None where they are
    too many to count.
    """

    name: str
    kind: Literal["number", "text", "other"]
    missing: int = 0
    infinite: int = 0
    is_constant: bool = False
    low: float | None = None
    high: float | None = None
    distinct: int | None = None
    note: str = ""

    @property
    def texts(self) -> str:
        """How many different texts there are, in words."""
        return f"more than {MOST_TEXTS}" if self.distinct is None else str(self.distinct)


@dataclass(frozen=True)
class Facts:
    """What a file holds: of a table, column by column; of an array, of all its values."""

    columns: tuple[ColumnReport, ...] = ()
    missing: int = 0
    infinite: int = 0
    low: float | None = None
    high: float | None = None


def facts_of(contents: Contents) -> Facts:
    """Return what contents hold."""
    if not isinstance(contents, Block):
        return Facts(tuple(_told(column) for column in contents.columns))
    low, high = _range(contents.values)
    return Facts((), _gaps(contents.values), contents.infinite, low, high)


@dataclass
class Gathering:
    """The facts of contents that come part by part, all of the same columns."""

    facts: Facts | None = None
    _texts: dict[str, set[str]] = field(default_factory=dict)

    def add(self, part: Contents) -> None:
        """Take the next part in."""
        if not isinstance(part, Block):
            for column in part.columns:
                if isinstance(column, TextColumn):
                    self._add_texts(column)
        facts = facts_of(part)
        self.facts = facts if self.facts is None else _joined(self.facts, facts)

    def whole(self) -> Facts:
        """Return the facts of all parts."""
        facts = self.facts or Facts()
        return replace(facts, columns=tuple(self._finished(column) for column in facts.columns))

    def _add_texts(self, column: TextColumn) -> None:
        known = self._texts.setdefault(column.name, set())
        if len(known) <= MOST_TEXTS:
            known.update(column.words)

    def _finished(self, column: ColumnReport) -> ColumnReport:
        if column.kind == "number":
            return replace(column, is_constant=column.low == column.high)
        if column.kind == "other":
            return column
        distinct = len(self._texts[column.name])
        known = distinct if distinct <= MOST_TEXTS else None
        return replace(column, distinct=known, is_constant=distinct < 2)


def _joined(one: Facts, other: Facts) -> Facts:
    low, high = _widest((one.low, one.high), (other.low, other.high))
    pairs = zip(one.columns, other.columns, strict=True)
    return Facts(
        tuple(_joined_columns(*pair) for pair in pairs),
        one.missing + other.missing,
        one.infinite + other.infinite,
        low,
        high,
    )


def _joined_columns(one: ColumnReport, other: ColumnReport) -> ColumnReport:
    low, high = _widest((one.low, one.high), (other.low, other.high))
    missing, infinite = one.missing + other.missing, one.infinite + other.infinite
    return replace(one, missing=missing, infinite=infinite, low=low, high=high)


def _widest(*ranges: tuple[float | None, float | None]) -> tuple[float | None, float | None]:
    lows, highs = zip(*ranges, strict=True)
    return _extreme(min, lows), _extreme(max, highs)


def _extreme(choose: Any, values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return choose(known) if known else None


def _told(column: Column) -> ColumnReport:
    if isinstance(column, OtherColumn):
        return ColumnReport(column.name, "other", note=column.note)
    missing = int(np.count_nonzero(column.is_missing))
    constant = is_constant(column)
    if isinstance(column, TextColumn):
        return ColumnReport(
            column.name,
            "text",
            missing,
            is_constant=constant,
            distinct=len(column.words),
            note=column.note,
        )
    low, high = _range(column.values)
    return ColumnReport(column.name, "number", missing, column.infinite, constant, low, high)


def _gaps(values: NDArray[Any]) -> int:
    return int(np.count_nonzero(np.isnan(values))) if values.dtype.kind == "f" else 0


def _range(values: NDArray[Any]) -> tuple[float | None, float | None]:
    if _gaps(values) == values.size:
        return None, None
    return float(np.nanmin(values)), float(np.nanmax(values))
