"""Tables in files: text (CSV, TSV) and Parquet, both read by polars."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from aegui.data.dataset import DataError
from aegui.data.files.contents import Table
from aegui.data.files.digest import cannot_be_read
from aegui.data.files.frames import table_of, unique_names
from aegui.data.files.sniff import require_delimiter, require_encoding
from aegui.data.files.watch import Watch
from aegui.sentences import first_line
from aegui.specs import TextFormat

if TYPE_CHECKING:
    import polars as pl

_UTF8 = ("utf-8", "utf8", "ascii")


def read_text(path: Path, format_: TextFormat, watch: Watch) -> Table:
    """Read a table that is written as text.

    Raises
    ------
    DataError
        The file cannot be read so; the message names the line and the remedy.
    """
    require_delimiter(path, format_.delimiter)
    require_encoding(path, format_.encoding)
    watch.step("Reading the table", 0.0)
    try:
        first = next((record for _, record in _records(path, format_)), [])
    except csv.Error as error:
        raise _no_table(path, str(error)) from error
    if not first:
        raise DataError(f"{path} is empty: it holds no rows. Choose another file.")
    frame = _frame(path, format_, len(first))
    watch.step("Reading the table", 1.0)
    if frame.width > 1 and frame.to_series(-1).null_count():
        # A row that is too short has nothing in its last column.
        _require_even(path, format_, len(first))
    frame = frame.filter(~_is_blank(frame))
    if frame.height == 0:
        raise DataError(f"{path} holds the names of columns, and no rows. Choose another file.")
    names = first if format_.header else [""] * len(first)
    return table_of(frame, unique_names(names), watch, written=True)


def read_parquet(path: Path, watch: Watch) -> Table:
    """Read a Parquet file; raises ``DataError`` where it cannot be read."""
    import polars as pl

    watch.step("Reading the table", 0.0)
    with told_of_parquet(path):
        frame = pl.read_parquet(path, glob=False)
    if frame.height == 0:
        raise DataError(f"{path} holds the names of columns, and no rows. Choose another file.")
    return table_of(frame, unique_names(frame.columns), watch, written=False)


def _frame(path: Path, format_: TextFormat, width: int) -> "pl.DataFrame":
    """Return all fields as texts, without the header."""
    import polars as pl

    try:
        with _told_of_a_text(path):
            frame = pl.read_csv(
                _source(path, format_.encoding),
                has_header=False,
                separator=format_.delimiter,
                schema={str(place): pl.String() for place in range(width)},
                infer_schema=False,
                glob=False,
            )
    except DataError as error:
        if isinstance(error.__cause__, pl.exceptions.PolarsError):
            # polars does not say where; this does.
            _require_even(path, format_, width)
        raise
    return frame.slice(1) if format_.header else frame


def _is_blank(frame: "pl.DataFrame") -> "pl.Series":
    import polars as pl

    return frame.select(pl.all_horizontal(pl.all().is_null())).to_series()


def _source(path: Path, encoding: str) -> Path | io.BytesIO:
    """Return what polars is to read: the file itself, or its text as UTF-8."""
    if encoding.lower() in _UTF8 and not _has_lone_returns(path):
        return path
    try:
        # Python makes one kind of line end of the three that there are.
        return io.BytesIO(path.read_text(encoding=encoding).encode())
    except UnicodeError as error:
        raise DataError(
            f"{path} is not written in {encoding} ({error}). Choose another encoding."
        ) from error


def _has_lone_returns(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(2**20)
    return b"\r" in head and b"\n" not in head


def _records(path: Path, format_: TextFormat) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each record's last line, and its fields; blank lines are passed over."""
    encoding = "utf-8-sig" if format_.encoding.lower() in _UTF8 else format_.encoding
    with _told_of_a_text(path), path.open(encoding=encoding, newline="", errors="replace") as file:
        reader = csv.reader(file, delimiter=format_.delimiter)
        yield from ((reader.line_num, record) for record in reader if record)


def _require_even(path: Path, format_: TextFormat, width: int) -> None:
    """Raise ``DataError`` for the first row that has not as many fields as the first one."""
    try:
        for line, record in _records(path, format_):
            if len(record) != width:
                raise DataError(
                    f"{path}, line {line}: has {len(record)} fields, and the first line has "
                    f"{width}. Mend that line, or choose another delimiter than "
                    f"{format_.delimiter!r}."
                )
    except csv.Error as error:
        raise _no_table(path, str(error)) from error


def _no_table(path: Path, why: str) -> DataError:
    return DataError(
        f"{path} cannot be read as a table ({why}). Look for a quotation mark that is not closed, "
        "or choose another delimiter."
    )


@contextmanager
def _told_of_a_text(path: Path) -> Iterator[None]:
    """Turn what polars and the system raise of a table that is written as text into sentences."""
    import polars as pl

    try:
        yield
    except OSError as error:
        raise cannot_be_read(path, error) from error
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise _no_table(path, first_line(error)) from error


@contextmanager
def told_of_parquet(path: Path) -> Iterator[None]:
    """Turn what polars and the system raise of a Parquet file into sentences."""
    import polars as pl

    try:
        yield
    except OSError as error:
        raise cannot_be_read(path, error) from error
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise DataError(
            f"{path} cannot be read as a Parquet file ({first_line(error)}). Write it anew, or "
            "choose another file."
        ) from error
