"""Files of which a part can be read by itself."""

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from aegui.data.array_files import ArrayFileError, NpyHead, read_npy_head
from aegui.data.dataset import DataError
from aegui.data.files.arrays import damaged, require_rows, rows_of
from aegui.data.files.contents import Block, Contents, Table, finite_or_missing
from aegui.data.files.digest import cannot_be_read
from aegui.data.files.frames import table_of, unique_names
from aegui.data.files.row_groups import row_groups, rows_at_a_time
from aegui.data.files.tables import told_of_parquet
from aegui.data.files.watch import UNWATCHED
from aegui.data.memory import FLOAT_BYTES, free_memory
from aegui.specs import FileFormat, NpyFormat
from aegui.specs.checks import MAX_VALUES
from aegui.specs.file_dataset import STREAMED_FORMATS
from aegui.specs.row_shape import MOST_ROWS

if TYPE_CHECKING:
    import polars as pl

# Bytes of one part of a file that is read from end to end.
_PART_BYTES = 16 * 2**20
# Of a Parquet file fewer rows at a time take longer: 0.9 s for two million rows of 32 numbers in
# parts of 32 768, 0.23 s in parts of 262 144.
TABLE_PART = 262_144
# Types whose values single precision holds as they are.
_SMALL = frozenset(("Float32", "Int8", "Int16", "UInt8", "UInt16", "Boolean"))
# Of the memory that is free, for rows; a training and other programs have the rest.
_MEMORY_SHARE = 0.5


class Source(Protocol):
    """Rows of a file that can be read part by part.

    ``row_bytes`` are those of a row in the file, unpacked; ``width`` is the number of its values.
    Where rows lie in groups that are read as a whole, the largest has ``group_bytes``; else 0.
    """

    path: Path
    rows: int
    width: int
    row_bytes: int
    group_bytes: int

    def rows_at_a_time(self, most: int, most_of_a_group: int) -> int:
        """Return how many rows to read at a time so that each is unpacked once.

        They are ``most``, or ``most_of_a_group`` if they are all of one of the file's groups.
        """
        ...

    def read(self, start: int, stop: int, columns: tuple[str, ...] | None = None) -> Contents:
        """Return rows from ``start`` to before ``stop``, of a table some columns.

        Raises ``DataError`` where the file is gone, or is not what it was.
        """
        ...

    def read_numbers(self, start: int, stop: int, columns: tuple[str, ...]) -> Block:
        """Return rows of columns of numbers as one array, whose infinite values are left there.

        It is made for speed: rows are read so in each epoch. Raises ``DataError`` as ``read``.
        """
        ...


class NpySource:
    """The rows of a NPY file.

    They are read, not mapped: touching a mapped page of a file that was cut off ends the process.
    """

    group_bytes = 0

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._head: NpyHead = read_npy_head(path)
        except ArrayFileError as error:
            raise damaged(path, error) from error
        shape, dtype = self._head.shape, self._head.dtype
        require_rows(shape, dtype, str(path))
        self.rows, self.width = shape[0], math.prod(shape[1:])
        self.row_bytes = self.width * dtype.itemsize
        self.is_in_row_order = not self._head.is_column_order

    def rows_at_a_time(self, most: int, _most_of_a_group: int) -> int:
        """Return how many rows to read at a time: an array has no groups of them."""
        return most

    def read(self, start: int, stop: int, columns: tuple[str, ...] | None = None) -> Block:
        """Return rows; an array has no columns by name."""
        block = self.read_numbers(start, stop, columns or ())
        values, infinite = finite_or_missing(block.values)
        return replace(block, values=values, infinite=infinite)

    def read_numbers(self, start: int, stop: int, _columns: tuple[str, ...]) -> Block:
        """Return rows, infinite values among them."""
        count = stop - start
        try:
            with self.path.open("rb") as file:
                file.seek(self._head.begin + start * self.row_bytes)
                values: Any = np.fromfile(file, self._head.dtype, count * self.width)
        except OSError as error:
            raise cannot_be_read(self.path, error) from error
        _require_values(len(values), count * self.width, self.path)
        return rows_of(values.reshape(count, *self._head.shape[1:]))


class ParquetSource:
    """The rows of a Parquet file."""

    def __init__(self, path: Path) -> None:
        import polars as pl

        self.path = path
        with told_of_parquet(path):
            frame = self._frame()
            schema = frame.collect_schema()
            self.rows = int(frame.select(pl.len()).collect().item())
        if not self.rows:
            raise DataError(f"{path} holds the names of columns, and no rows. Choose another file.")
        self._names = dict(zip(unique_names(list(schema)), schema, strict=True))
        self.width = len(self._names)
        try:
            self._groups = row_groups(path)
        except OSError as error:
            raise cannot_be_read(path, error) from error
        self.group_bytes = max((group.bytes for group in self._groups), default=0)
        # What a column of texts takes is not known before it is read.
        self.row_bytes = self.width * np.dtype(np.float64).itemsize

    def read(self, start: int, stop: int, columns: tuple[str, ...] | None = None) -> Table:
        """Return rows of the columns that are asked for, in their order."""
        names = list(self._names) if columns is None else list(columns)
        with told_of_parquet(self.path):
            wanted = self._frame().select([self._names[name] for name in names])
            frame = wanted.slice(start, stop - start).collect()
        _require_values(frame.height, stop - start, self.path)
        return table_of(frame, names, UNWATCHED, written=False)

    def read_numbers(self, start: int, stop: int, columns: tuple[str, ...]) -> Block:
        """Return rows as one array whose columns lie one behind the other, as in the file."""
        import polars as pl

        with told_of_parquet(self.path):
            wanted = self._frame().select([self._names[name] for name in columns])
            is_small = _SMALL.issuperset(map(str, wanted.collect_schema().values()))
            kind = pl.Float32 if is_small else pl.Float64
            frame = wanted.slice(start, stop - start).cast(kind).collect()
        _require_values(frame.height, stop - start, self.path)
        return Block(frame.to_numpy(order="fortran"))

    def rows_at_a_time(self, most: int, most_of_a_group: int) -> int:
        """Return how many rows to read at a time, ``most`` if it is not quicker otherwise."""
        return rows_at_a_time(self._groups, most, most_of_a_group)

    def _frame(self) -> "pl.LazyFrame":
        import polars as pl

        return pl.scan_parquet(self.path, glob=False)


def _require_values(found: int, wanted: int, path: Path) -> None:
    if found < wanted:
        raise DataError(f"{path} was cut off while it was read. Put it back as it was.")


def no_stream(path: Path) -> DataError:
    """Return the sentence for a file whose rows cannot stay in it."""
    return DataError(
        f"The rows of {path} cannot stay in the file while they are learned: only those of NPY and "
        "Parquet files can. Write it as one of these, or have it read whole (--no-stream)."
    )


def streamed_source(path: Path, form: FileFormat, wish: bool | None) -> Source | None:
    """Return who reads parts of a file whose rows are to stay in it; None for one to read whole.

    Parameters
    ----------
    wish
        Whether they are to stay; None where that depends on the memory that is free.

    Raises
    ------
    DataError
        They cannot stay there, or the file cannot be read.
    """
    if form.kind not in STREAMED_FORMATS:
        if wish:
            raise no_stream(path)
        return None
    if wish is False:
        return None
    source = NpySource(path) if isinstance(form, NpyFormat) else ParquetSource(path)
    if not wish and _fits_into_memory(source):
        return None
    if source.group_bytes > _MEMORY_SHARE * free_memory():
        raise DataError(
            f"{path}: its rows are in groups of up to {source.group_bytes / 1e9:.1f} GB, each of "
            f"which is read as a whole, and {free_memory() / 1e9:.1f} GB of memory are free. Write "
            "it anew with smaller groups, such as row_group_size=262144."
        )
    if isinstance(source, NpySource) and not source.is_in_row_order:
        raise DataError(
            f"{path} is written column by column, and its rows are read one by one. Write it anew "
            "with numpy.save(file, numpy.ascontiguousarray(array))."
        )
    return source


def _fits_into_memory(source: Source) -> bool:
    """Whether rows can be there twice: as they are in the file, and scaled."""
    values = source.rows * source.width
    wanted = source.rows * source.row_bytes + values * FLOAT_BYTES
    fits = wanted <= _MEMORY_SHARE * free_memory()
    return fits and values <= MAX_VALUES and source.rows <= MOST_ROWS


def parts(source: Source) -> list[tuple[int, int]]:
    """Return the first row of each part of a file and the one after its last."""
    size = max(1, _PART_BYTES // source.row_bytes)
    if isinstance(source, ParquetSource):
        most = min(TABLE_PART, 4 * size)
        size = source.rows_at_a_time(most, most)
    return [(start, min(start + size, source.rows)) for start in range(0, source.rows, size)]
