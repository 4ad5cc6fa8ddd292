"""Rows picked out of many parts of a file, put together."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np

from aegui.data.files.contents import (
    Block,
    Column,
    Contents,
    NumberColumn,
    OtherColumn,
    Table,
    TextColumn,
)
from aegui.records import IndexArray


def picked(contents: Contents, rows: IndexArray) -> Contents:
    """Return some rows of contents, in the order that is asked for."""
    if isinstance(contents, Block):
        return replace(contents, values=contents.values[rows])
    return Table(len(rows), tuple(_picked(column, rows) for column in contents.columns))


def put_together(pieces: Sequence[Contents]) -> Contents:
    """Return the rows of all pieces, which have the same columns, in one."""
    if isinstance(pieces[0], Block):
        blocks = cast("Sequence[Block]", pieces)
        return replace(blocks[0], values=np.concatenate([block.values for block in blocks]))
    tables = cast("Sequence[Table]", pieces)
    columns = zip(*(table.columns for table in tables), strict=True)
    return Table(sum(table.rows for table in tables), tuple(_joined(same) for same in columns))


def _picked(column: Column, rows: IndexArray) -> Column:
    if isinstance(column, NumberColumn):
        return replace(column, values=column.values[rows])
    return replace(column, codes=column.codes[rows]) if isinstance(column, TextColumn) else column


def _joined(same: Sequence[Column]) -> Column:
    """Return one column's parts as one; its words are those that occur in any of them."""
    first = same[0]
    if isinstance(first, OtherColumn):
        return first
    if isinstance(first, NumberColumn):
        numbers = cast("Sequence[NumberColumn]", same)
        return replace(first, values=np.concatenate([column.values for column in numbers]))
    texts = cast("Sequence[TextColumn]", same)
    words = sorted({column.words[code] for column in texts for code in _known(column)})
    place_of = {word: place for place, word in enumerate(words)}
    codes = [
        # The last entry is for rows without a text, whose code is -1.
        np.array([*(place_of.get(word, -1) for word in column.words), -1], np.int32)[column.codes]
        for column in texts
    ]
    return replace(first, codes=np.concatenate(codes), words=tuple(words))


def _known(column: TextColumn) -> list[int]:
    return [code for code in np.unique(column.codes).tolist() if code >= 0]
