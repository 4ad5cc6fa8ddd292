"""What one reading of a file's blocks gathers: what training rows teach, and rows at hand."""

from collections.abc import Iterator

import numpy as np

from aegui.data.files.at_hand import picked, put_together
from aegui.data.files.blocks import Blocks
from aegui.data.files.contents import Contents, NumberColumn, TextColumn
from aegui.data.files.moments import Moments, Numbers
from aegui.data.files.selecting import Selection
from aegui.data.files.streamed import Streamed
from aegui.data.files.wanted import Wanted
from aegui.data.files.watch import Watch
from aegui.records import IndexArray

# Numbers looked at at a time, in double precision: they stay in a core's cache.
_PART_VALUES = 65_536


class Gathered:
    """What was gathered so far.

    ``train`` are the moments of the training rows' columns of numbers, and ``all_rows`` those of
    the test rows too. ``words`` are the training rows' texts, by the column's place.
    """

    def __init__(self, width: int) -> None:
        self.train = self.all_rows = Moments.of_nothing(width)
        self.words: dict[int, set[str]] = {}
        self._sample: list[tuple[Contents, IndexArray]] = []
        self._tests: list[tuple[Contents, IndexArray]] = []

    def add(self, contents: Contents, wanted: Wanted, blocks: Blocks, block: int) -> None:
        """Take in a block that was read."""
        selection = wanted.learned(contents)
        train, sample, tests = blocks.split(block, wanted.whole_rows(selection))
        first, _ = blocks.span(block)
        for pieces, rows in ((self._sample, sample), (self._tests, tests)):
            if len(rows):
                pieces.append((picked(contents, rows), rows + first))
        for values in _numbers(selection, train):
            self.train = self.train.with_others(Moments.of(values))
        for values in _numbers(selection, tests):
            self.all_rows = self.all_rows.with_others(Moments.of(values))
        self._add_words(selection, train)

    def end(self) -> None:
        """Take note that no more blocks come."""
        self.all_rows = self.all_rows.with_others(self.train)

    def at_hand(self) -> Contents:
        """Return the rows at hand as they are in the file: a sample to train on, those to test."""
        return put_together([contents for contents, _ in (*self._sample, *self._tests)])

    def numbers(self) -> IndexArray:
        """Return the places in the file of the rows at hand, from 0."""
        return np.concatenate([numbers for _, numbers in (*self._sample, *self._tests)])

    def _add_words(self, selection: Selection, rows: IndexArray) -> None:
        for place, column in enumerate(selection.columns):
            if isinstance(column, TextColumn):
                codes = np.unique(column.codes[rows])
                words = (column.words[code] for code in codes if code >= 0)
                self.words.setdefault(place, set()).update(words)


def gather(streamed: Streamed, wanted: Wanted, blocks: Blocks, watch: Watch) -> Gathered:
    """Read all blocks once.

    Raises
    ------
    DataError
        The file cannot be read.
    ReadingStoppedError
        The reading was called off.
    """
    gathered = Gathered(wanted.number_columns(streamed))
    for block in range(len(blocks.used)):
        watch.step("Finding the scale of all rows", block / len(blocks.used))
        if blocks.used[block]:
            contents = wanted.read_all(streamed, *blocks.span(block))
            gathered.add(contents, wanted, blocks, block)
    gathered.end()
    return gathered


def _numbers(selection: Selection, rows: IndexArray) -> Iterator[Numbers]:
    """Yield the numbers of some rows, (rows, columns of numbers), a part at a time."""
    block = selection.block
    columns = [column for column in selection.columns if isinstance(column, NumberColumn)]
    width = len(columns) if block is None else block.values.shape[1]
    count = max(1, _PART_VALUES // max(1, width))
    for start in range(0, len(rows) if width else 0, count):
        part = rows[start : start + count]
        if block is not None:
            yield np.asarray(block.values[part], np.float64)
        else:
            yield np.stack([column.values[part] for column in columns], axis=1, dtype=np.float64)
