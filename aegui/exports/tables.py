"""Numbers as files that other programs read: CSV, NPY, Parquet."""

import csv
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aegui.data import Scale
from aegui.specs import DatasetSpec, FileSpec

Columns = Mapping[str, NDArray[Any]]
"""Names and as many arrays (rows,), in the order in which they are to stand."""

TABLE_ENDINGS = (".csv", ".npy", ".parquet")

_CHUNK = 10_000


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

    Parameters
    ----------
    columns
        CSV and Parquet have a column for each, with its name.
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
                chosen = columns[numbers] if numbers else np.column_stack(list(columns.values()))
                np.save(draft, chosen)
            case ".csv":
                _write_csv(draft, columns)
            case _:
                # It is as large as the rest of a start, and most tables are others.
                import polars as pl

                pl.DataFrame(dict(columns)).write_parquet(draft)
        draft.replace(path)
    except OSError as error:
        raise TableError(f"{path} cannot be written ({error.strerror or error}).") from error
    finally:
        draft.unlink(missing_ok=True)


def _write_csv(path: Path, columns: Columns) -> None:
    arrays = list(columns.values())
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for start in range(0, len(arrays[0]), _CHUNK):
            parts = [_cells(array[start : start + _CHUNK]) for array in arrays]
            writer.writerows(zip(*parts, strict=True))


def _cells(column: NDArray[Any]) -> list[Any]:
    """Return what stands in a column: a float as the shortest decimal that gives it back."""
    if column.dtype.kind == "f":
        return list(map(str, column))
    return list(map(int, column)) if column.dtype.kind == "b" else column.tolist()
