"""New rows for a model that is trained already, from a file of numbers."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aegui.data.array_files import ArrayFileError, read_npy
from aegui.data.dataset import DataError
from aegui.records import FloatArray
from aegui.specs import DatasetSpec, MnistSpec

LABEL = "label"
_INK = 255


@dataclass(frozen=True, eq=False)
class RowFile:
    """Rows of a file, (rows, width), float32, and what each is called, if the file says so."""

    values: FloatArray
    labels: tuple[str, ...] | None = None


def read_rows(path: Path, width: int) -> RowFile:
    """Return the rows of an NPY or a CSV file, each of ``width`` numbers.

    An NPY file holds (rows, width) numbers, or pictures, (rows, height, width of a picture). A
    CSV file may have a line of names first; a column that is called ``label`` there is no number.

    Raises
    ------
    DataError
        The file cannot be read, or a row of it is no such row; the message names both. Rows are
        counted from 0, lines of a text from 1.
    """
    match path.suffix.lower():
        case ".npy":
            return RowFile(_from_npy(path, width))
        case ".csv":
            return _from_csv(path, width)
        case _:
            raise DataError(f"{path} must end in .csv or .npy: these are the files that are read.")


def scaled_as(spec: DatasetSpec, rows: FloatArray) -> FloatArray:
    """Return rows (rows, features) scaled as those of a dataset are.

    Digits in whole numbers from 0 to 255 become 0 to 1; rows of other data are used as they are.
    """
    if not isinstance(spec, MnistSpec) or rows.max() <= 1.0:
        return rows
    is_ink = rows.min() >= 0 and rows.max() <= _INK and not (rows % 1).any()
    return rows / np.float32(_INK) if is_ink else rows


def _from_npy(path: Path, width: int) -> FloatArray:
    try:
        array = read_npy(path)
    except ArrayFileError as error:
        raise DataError(f"{path} cannot be read as an NPY file: {error}.") from error
    if array.dtype.kind not in "biuf":
        raise DataError(f"{path} holds values of the type {array.dtype}, and no numbers.")
    if array.ndim == 3:
        array = array.reshape(len(array), -1)
    if array.ndim != 2 or array.shape[1] != width:
        raise DataError(
            f"{path} holds an array of the shape {array.shape}; the model takes (rows, {width})."
        )
    return _finite(array, path, lambda row: f"row {row}")


def _from_csv(path: Path, width: int) -> RowFile:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _parse(csv.reader(file, strict=True), path, width)
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror or error}).") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path} is no CSV text in UTF-8 ({error}).") from error


def _parse(lines: Iterable[list[str]], path: Path, width: int) -> RowFile:
    numbered: Iterator[tuple[int, list[str]]] = (
        (line, cells) for line, cells in enumerate(lines, start=1) if cells
    )
    first = next(numbered, None)
    if first is None:
        raise DataError(f"{path} is empty; the model takes rows of {width} numbers.")
    place = None
    if not any(map(_is_number, first[1])):
        names = [name.strip().lower() for name in first[1]]
        place = names.index(LABEL) if LABEL in names else None
        count = len(names) - (place is not None)
        if count != width:
            raise DataError(
                f"{path}, line {first[0]}: {count} names with commas between them, where the model "
                f"takes {width} numbers."
            )
    else:
        numbered = chain([first], numbered)
    labels: list[str] = []
    lines_of: list[int] = []
    values: list[NDArray[np.float32]] = []
    for line, cells in numbered:
        if place is not None and place < len(cells):
            labels.append(cells.pop(place))
        values.append(_numbers(cells, width, f"{path}, line {line} (row {len(values)})"))
        lines_of.append(line)
    if not values:
        raise DataError(f"{path} holds names and no rows of numbers.")
    table = _finite(np.stack(values), path, lambda row: f"line {lines_of[row]} (row {row})")
    return RowFile(table, tuple(labels) if place is not None else None)


def _numbers(cells: list[str], width: int, where: str) -> NDArray[np.float32]:
    if len(cells) != width:
        raise DataError(f"{where}: {len(cells)} values, where the model takes {width}.")
    try:
        with np.errstate(over="ignore"):
            return np.array([float(cell) for cell in cells]).astype(np.float32)
    except ValueError:
        wrong = next(cell for cell in cells if not _is_number(cell))
        raise DataError(f"{where}: {wrong[:40]!r} is no number.") from None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _finite(table: NDArray[np.generic], path: Path, where: Callable[[int], str]) -> FloatArray:
    """Return rows as float32; raises ``DataError`` for none, or for one that is not finite."""
    if not len(table):
        raise DataError(f"{path} holds no rows.")
    with np.errstate(over="ignore"):
        rows = table.astype(np.float32)
    wrong = ~np.isfinite(rows).all(axis=1)
    if wrong.any():
        row = int(wrong.argmax())
        raise DataError(
            f"{path}, {where(row)}: it holds a value that is no finite number. Leave the row out, "
            "or fill the gap."
        )
    return rows
