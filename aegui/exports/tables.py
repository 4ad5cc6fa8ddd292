"""Numbers as files that other programs read: CSV, NPY, Parquet."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aegui.data import Scale
from aegui.exports.table_parts import Columns, csv_parts, npy_parts, parquet_parts
from aegui.specs import DatasetSpec, FileSpec

TABLE_ENDINGS = (".csv", ".npy", ".parquet")


class TableError(Exception):
    """A table that cannot be written; the message names the file and the remedy."""


def numbered(name: str, table: NDArray[Any]) -> Columns:
    """Return the columns of a table (rows, width), called ``name_0`` and on."""
    return {f"{name}_{place}": column for place, column in enumerate(table.T)}


def in_units(dataset: DatasetSpec, rows: NDArray[np.floating]) -> Columns:
    """Return rows (rows, features) as columns: of a person's own file, as they stand there.

    Those have the names and the units of the file; others are called ``value_0`` and on.
    """
    if not isinstance(dataset, FileSpec):
        return numbered("value", rows)
    values = Scale.of(dataset.fit).unscaled(rows)
    names = dataset.feature_names
    return dict(zip(names, values.T, strict=True)) if names else numbered("value", values)


def require_table(path: Path) -> None:
    """Find out whether a table can be written under such a name, before anything is worked out.

    Raises
    ------
    TableError
        Its ending is none of ``TABLE_ENDINGS``.
    """
    if path.suffix.lower() not in TABLE_ENDINGS:
        raise TableError(f"{path} must end in {' or '.join(TABLE_ENDINGS)}.")


def write_table(path: Path, columns: Columns, *, numbers: str = "") -> None:
    """Write a table, whole or not at all; the ending of ``path`` tells as what.

    Parameters and errors are those of ``table_writer``.
    """
    with table_writer(path, numbers=numbers) as add:
        add(columns)


@contextmanager
def table_writer(path: Path, *, numbers: str = "") -> Iterator[Callable[[Columns], None]]:
    """Have what adds rows to a table, which is written once all are there, or not at all.

    The ending of ``path`` tells as what. CSV and Parquet have a column for each that is added,
    with its name; all parts have the same.

    Parameters
    ----------
    numbers
        The column that an NPY file holds, which has no names; all of them by default, as
        (rows, columns).

    Raises
    ------
    TableError
        The ending is none of ``TABLE_ENDINGS``, or the file cannot be written.
    """
    require_table(path)
    draft = path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")
    try:
        match path.suffix.lower():
            case ".npy":
                parts: AbstractContextManager[Callable[[Columns], None]] = npy_parts(draft, numbers)
            case ".csv":
                parts = csv_parts(draft)
            case _:
                parts = parquet_parts(draft)
        with parts as add:
            yield add
        draft.replace(path)
    except OSError as error:
        raise TableError(f"{path} cannot be written ({error.strerror or error}).") from error
    finally:
        draft.unlink(missing_ok=True)
