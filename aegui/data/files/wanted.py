"""What is learned of a file whose rows stay in it."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aegui.data.files.choices import Choices
from aegui.data.files.contents import (
    Block,
    Contents,
    NumberColumn,
    Table,
    TextColumn,
    finite_or_missing,
)
from aegui.data.files.facts import MOST_TEXTS, ColumnReport
from aegui.data.files.fitting import require_words
from aegui.data.files.preparing import missing_rows
from aegui.data.files.selecting import (
    FeatureColumn,
    Selection,
    id_column_of,
    named_column,
    nothing_left,
    select,
)
from aegui.data.files.sources import TABLE_PART
from aegui.data.files.streamed import Streamed
from aegui.data.memory import FLOAT_BYTES, free_memory
from aegui.specs import StreamSpec

# Rows of an array lie in the file one behind the other: small blocks mix them better.
_ARRAY_BLOCK_BYTES = 2 * 2**20
_TABLE_BLOCK_BYTES = 64 * 2**20
# Of a group that is read whole.
_GROUP_BYTES = 64 * 2**20
# Two windows are in memory at once: one is learned while the next is read.
_WINDOW_BYTES = 128 * 2**20
_WINDOW_SHARE = 16
_TEST_BYTES = 64 * 2**20
_MOST_WINDOW_ROWS = 4_000_000
_MOST_TEST_ROWS = 100_000


@dataclass(frozen=True)
class Wanted:
    """What is read of a streamed file.

    ``choices`` name the columns to learn, ``columns``, none of an array; ``named`` are those that
    name classes and rows. ``features`` are the numbers in a row at most. Rows with gaps are looked
    for where they ``may_lack_values`` and are left out. ``has_texts`` and ``has_infinite`` tell
    what is among the columns to learn.
    """

    choices: Choices
    columns: tuple[str, ...]
    named: tuple[str, ...]
    features: int
    may_lack_values: bool
    has_texts: bool = False
    has_infinite: bool = False

    def read(self, streamed: Streamed, start: int, stop: int) -> Selection:
        """Return what is learned of some rows, as one array if it can be; raises ``DataError``."""
        if self.has_texts:
            return self.learned(streamed.source.read(start, stop, self.columns))
        block = streamed.source.read_numbers(start, stop, self.columns)
        if self.has_infinite:
            block = replace(block, values=finite_or_missing(block.values)[0])
        return Selection(block.rows, block=block)

    def read_all(self, streamed: Streamed, start: int, stop: int) -> Contents:
        """Return some rows with what names them; raises ``DataError``."""
        columns = tuple(dict.fromkeys((*self.columns, *self.named)))
        return streamed.source.read(start, stop, columns or None)

    def learned(self, contents: Contents) -> Selection:
        """Return what is learned of rows that were read."""
        if isinstance(contents, Block):
            return Selection(contents.rows, block=contents)
        columns = contents.columns[: len(self.columns)]
        return Selection(contents.rows, tuple(c for c in columns if isinstance(c, FeatureColumn)))

    def number_columns(self, streamed: Streamed) -> int:
        """Return how many columns of numbers are learned."""
        if isinstance(streamed.head, Block):
            return self.features
        columns = self.learned(streamed.source.read(0, 1, self.columns)).columns
        return sum(isinstance(column, NumberColumn) for column in columns)

    def whole_rows(self, selection: Selection) -> NDArray[np.bool_]:
        """Return which rows are learned: all, or those that lack no value."""
        if self.may_lack_values:
            return ~missing_rows(selection)
        return np.ones(selection.rows, bool)


def wanted_of(streamed: Streamed, choices: Choices, path: Path) -> Wanted:
    """Find what is learned of a file; raises ``DataError`` as ``select`` does."""
    head, facts = streamed.head, streamed.facts
    leaves_out = choices.missing == "leave_out"
    if isinstance(head, Block):
        return Wanted(
            choices,
            (),
            (),
            head.values.shape[1],
            leaves_out and facts.missing > 0,
            has_infinite=facts.infinite > 0,
        )
    label = named_column(head, choices.label, path).name if choices.label else ""
    ids = id_column_of(head, choices, path)
    id_column = "" if ids is None else ids.name
    columns = choices.columns
    if columns is None:
        columns = _fit_columns(facts.columns, choices, {label, id_column})
        if not columns:
            raise nothing_left(head, path)
    choices = replace(choices, columns=columns, label=label, id_column=id_column)
    learned = select(head, replace(choices, label="", id_column=""), path).columns
    reports = {report.name: report for report in facts.columns}
    told = [reports[column.name] for column in learned]
    for column, report in zip(learned, told, strict=True):
        if isinstance(column, TextColumn):
            # One that has more texts than were counted has too many.
            counted = MOST_TEXTS + 1 if report.distinct is None else report.distinct
            require_words(counted, column.name, path)
    return Wanted(
        choices,
        tuple(column.name for column in learned),
        tuple(filter(None, (label, id_column))),
        sum(max(1, report.distinct or 1) for report in told),
        leaves_out and any(report.missing for report in told),
        has_texts=any(report.kind == "text" for report in told),
        has_infinite=any(report.infinite for report in told),
    )


def block_rows(wanted: Wanted, streamed: Streamed) -> int:
    """Return how many rows of a file to read at a time."""
    if isinstance(streamed.head, Table):
        row_bytes = wanted.features * FLOAT_BYTES
        most = max(1, min(TABLE_PART, _TABLE_BLOCK_BYTES // row_bytes))
        return streamed.source.rows_at_a_time(most, _GROUP_BYTES // row_bytes)
    return max(1, _ARRAY_BLOCK_BYTES // streamed.source.row_bytes)


def layout_of(wanted: Wanted, block: int, rows: int, test_share: float) -> StreamSpec:
    """Return how to stream so many rows of a file in blocks of a size."""
    row_bytes = wanted.features * FLOAT_BYTES
    window = min(_WINDOW_BYTES, free_memory() // _WINDOW_SHARE)
    tests = min(round(rows * test_share), _MOST_TEST_ROWS, _TEST_BYTES // row_bytes)
    return StreamSpec(
        block_rows=block,
        window_rows=max(1, min(window // row_bytes, _MOST_WINDOW_ROWS)),
        test_rows=max(1, tests),
    )


def _fit_columns(
    columns: tuple[ColumnReport, ...], choices: Choices, taken: set[str]
) -> tuple[str, ...]:
    """Return what can be learned where a person names no columns: what varies."""
    kinds = ("number", "text") if choices.text == "one_hot" else ("number",)
    return tuple(
        column.name
        for column in columns
        if column.kind in kinds and column.name not in taken and not column.is_constant
    )
