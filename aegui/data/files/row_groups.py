"""How a Parquet file's rows are parted into groups: polars does not tell.

The end of the file says so, in Thrift's compact protocol.
Source: https://github.com/apache/parquet-format (parquet.thrift), and
https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MARK = b"PAR1"
_TAIL = struct.Struct("<I4s")
# What is longer takes more than a second or two to look through.
_MOST_BYTES = 8 * 2**20
_DEEPEST = 16
_MOST_PARTS = 1000
_END, _TRUE, _FALSE, _BINARY, _LIST, _SET, _STRUCT = 0, 1, 2, 8, 9, 10, 12
_WHOLE = (4, 5, 6)
# Bytes of a byte and of a number in double precision.
_FIXED = {3: 1, 7: 8}
# Fields of the file's metadata and of a row group.
_ROW_GROUPS, _BYTES, _ROWS = 4, 2, 3


@dataclass(frozen=True)
class RowGroup:
    """A group's rows, and the bytes that they take once they are unpacked."""

    rows: int
    bytes: int


def row_groups(path: Path) -> tuple[RowGroup, ...]:
    """Return a file's groups of rows; none where it does not tell of them in a short way.

    What is written there is checked by who reads the rows. Raises ``OSError``.
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        if size < 2 * _TAIL.size:
            return ()
        file.seek(size - _TAIL.size)
        length, mark = _TAIL.unpack(file.read(_TAIL.size))
        if mark != _MARK or not 0 < length <= min(_MOST_BYTES, size - _TAIL.size):
            return ()
        file.seek(size - _TAIL.size - length)
        written = file.read(length)
    try:
        return tuple(_Footer(written).row_groups())
    except (IndexError, _UnknownError):
        return ()


def rows_at_a_time(groups: tuple[RowGroup, ...], most: int, most_of_a_group: int) -> int:
    """Return how many rows to read at a time: whole groups, if they can be.

    Of a group that is read in two parts, the first is unpacked twice.

    Parameters
    ----------
    groups
        Those of the file, none where they are not known.
    most
        Rows that are read at a time at most, but for a single group, which may have as many as
        ``most_of_a_group``.
    """
    rows = [group.rows for group in groups]
    group = rows[0] if rows else 0
    if not group or set(rows[:-1]) - {group} or rows[-1] > group:
        return most
    if group <= most:
        return most // group * group
    if group <= most_of_a_group:
        return group
    # Parts that end where the group does.
    return next(
        (group // count for count in range(2, _MOST_PARTS)
         if group % count == 0 and group // count <= most),
        most,
    )  # fmt: skip


class _UnknownError(Exception):
    """A footer that is not written as the protocol has it."""


class _Footer:
    """Reads a footer from its begin to its row groups, and passes over all else."""

    def __init__(self, written: bytes) -> None:
        self._written, self._place = written, 0

    def row_groups(self) -> list[RowGroup]:
        for field, kind in self._fields():
            if field == _ROW_GROUPS and kind == _LIST:
                count, kind_of_each = self._list_head()
                if kind_of_each != _STRUCT:
                    raise _UnknownError
                return [self._row_group() for _ in range(count)]
            self._pass_over(kind)
        raise _UnknownError

    def _row_group(self) -> RowGroup:
        found: dict[int, int] = {}
        for field, kind in self._fields():
            if field in (_BYTES, _ROWS) and kind in _WHOLE:
                found[field] = self._signed()
            else:
                self._pass_over(kind)
        if min(found.get(_ROWS, -1), found.get(_BYTES, -1)) < 0:
            raise _UnknownError
        return RowGroup(found[_ROWS], found[_BYTES])

    def _fields(self) -> Iterator[tuple[int, int]]:
        """Yield number and kind of a struct's fields; their values are read in between."""
        field = 0
        while (head := self._byte()) != _END:
            step, kind = head >> 4, head & 15
            field = field + step if step else self._signed()
            yield field, kind

    def _pass_over(self, kind: int, depth: int = 0, *, in_list: bool = False) -> None:
        if depth > _DEEPEST:
            raise _UnknownError
        if kind in (_LIST, _SET):
            count, kind_of_each = self._list_head()
            for _ in range(count):
                self._pass_over(kind_of_each, depth + 1, in_list=True)
        elif kind == _STRUCT:
            for _, its_kind in self._fields():
                self._pass_over(its_kind, depth + 1)
        else:
            length = self._length_of(kind, in_list=in_list)
            self._place += length

    def _length_of(self, kind: int, *, in_list: bool) -> int:
        """Return how many bytes a value has from here on."""
        if kind in (_TRUE, _FALSE):
            # A field's kind is its value; in a list each has a byte.
            return int(in_list)
        if kind in _WHOLE:
            self._varint()
            return 0
        if kind == _BINARY:
            return self._varint()
        if kind in _FIXED:
            return _FIXED[kind]
        # A map: no part of a footer has one.
        raise _UnknownError

    def _list_head(self) -> tuple[int, int]:
        head = self._byte()
        count, kind = head >> 4, head & 15
        count = self._varint() if count == 15 else count
        if count > len(self._written):
            raise _UnknownError
        return count, kind

    def _signed(self) -> int:
        number = self._varint()
        return (number >> 1) ^ -(number & 1)

    def _varint(self) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & 127) << shift
            if byte < 128:
                return number
            shift += 7

    def _byte(self) -> int:
        byte = self._written[self._place]
        self._place += 1
        return byte
