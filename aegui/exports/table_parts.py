"""Files of numbers that take their rows part by part: CSV, NPY, Parquet."""

import csv
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = Mapping[str, NDArray[Any]]
"""Names and as many arrays (rows,), in the order in which they are to stand."""

_CHUNK = 10_000


@contextmanager
def npy_parts(path: Path, numbers: str) -> Iterator[Callable[[Columns], None]]:
    """Have what adds rows to an NPY file: of one column, or (rows, columns) of all.

    Raises ``OSError``.
    """
    with path.open("wb") as file:
        kind: np.dtype[Any] = np.dtype(np.float32)
        shape: tuple[int, ...] = (0,)

        def head() -> None:
            file.seek(0)
            about = {"descr": kind.str, "fortran_order": False, "shape": shape}
            # It keeps room for any number of rows, so that what is behind it stays in place.
            np.lib.format.write_array_header_1_0(file, about)

        def add(columns: Columns) -> None:
            nonlocal kind, shape
            part = columns[numbers] if numbers else np.column_stack(list(columns.values()))
            if not shape[0]:
                kind, shape = part.dtype, part.shape
                head()
            else:
                shape = (shape[0] + len(part), *shape[1:])
            file.write(np.ascontiguousarray(part, kind).data)

        yield add
        head()


@contextmanager
def csv_parts(path: Path) -> Iterator[Callable[[Columns], None]]:
    """Have what adds rows to a CSV file with names first; raises ``OSError``."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer, is_first = csv.writer(file), True

        def add(columns: Columns) -> None:
            nonlocal is_first
            if is_first:
                writer.writerow(columns)
                is_first = False
            arrays = list(columns.values())
            for start in range(0, len(arrays[0]), _CHUNK):
                parts = [_cells(array[start : start + _CHUNK]) for array in arrays]
                writer.writerows(zip(*parts, strict=True))

        yield add


@contextmanager
def parquet_parts(path: Path) -> Iterator[Callable[[Columns], None]]:
    """Have what adds rows to a Parquet file; raises ``OSError``.

    The rows of each part are in a file of its own until all are there.
    """
    # It is as large as the rest of a start, and most tables are others.
    import polars as pl

    with tempfile.TemporaryDirectory(prefix=".aegui-", dir=path.parent) as folder:
        files: list[Path] = []

        def add(columns: Columns) -> None:
            files.append(Path(folder) / f"{len(files):08}.parquet")
            pl.DataFrame(dict(columns)).write_parquet(files[-1])

        yield add
        if len(files) == 1:
            files[0].replace(path)
        else:
            pl.scan_parquet(files, glob=False).sink_parquet(path)


def _cells(column: NDArray[Any]) -> list[Any]:
    """Return what stands in a column: a float as the shortest decimal that gives it back."""
    if column.dtype.kind == "f":
        return list(map(str, column))
    return list(map(int, column)) if column.dtype.kind == "b" else column.tolist()
