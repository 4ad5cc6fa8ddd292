"""Rows that a run did not learn, of any file, as its model takes them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from aegui.data.dataset import DataError
from aegui.data.files.choices import Choices
from aegui.data.files.contents import (
    Block,
    Contents,
    NumberColumn,
    OtherColumn,
    Table,
    TextColumn,
    as_classes,
)
from aegui.data.files.fitting import columns_of
from aegui.data.files.preparing import missing_rows
from aegui.data.files.reading import find_format, read_whole
from aegui.data.files.scaling import scaled_rows
from aegui.data.files.selecting import FeatureColumn, Selection, not_numbers, select
from aegui.data.files.sources import Source, no_stream, parts, streamed_source
from aegui.records import FloatArray
from aegui.specs import FileSpec

# For each row that is wanted of those at a file's begin: some may have gaps.
_LOOKED_AT = 10


@dataclass(frozen=True, eq=False)
class NewRows:
    """Some rows of a file, (rows, features), scaled, and the classes that the file tells."""

    values: FloatArray
    labels: tuple[str, ...] | None = None


def rows_in_parts(spec: FileSpec, path: Path) -> Iterator[NewRows]:
    """Yield all rows of another file in its order, scaled as ``spec``'s are.

    Columns are found by their names; in an array, or for a spec of one, by their places. The
    spec's own file need not be there. All rows come at once, unless they would not fit into
    memory and the file can be read in parts.

    Raises
    ------
    DataError
        The file cannot be read, lacks a column, has texts for numbers, or lacks a value where
        missing values are not filled; the message names file, row and column.
    """
    wanted = Choices.of(spec)
    reading = replace(wanted, label="", delimiter=None, encoding=None, header=None)
    reading = _array_choice(reading, path)
    source = streamed_source(path, find_format(path, reading), wish=None)
    if source is None:
        yield _scaled(spec, read_whole(path, reading), wanted, path)
        return
    names = _names(spec, source, wanted, path)
    for start, stop in parts(source):
        yield _scaled(spec, source.read(start, stop, names), wanted, path, start)


def _names(spec: FileSpec, source: Source, wanted: Choices, path: Path) -> tuple[str, ...] | None:
    """Return the columns to read of a table; None for all of them, or of an array."""
    head = source.read(0, 1)
    # What is not there is told with all names.
    _like(spec, head, wanted, path)
    if not (isinstance(head, Table) and spec.columns):
        return None
    label = tuple(column.name for column in head.columns if column.name == spec.label)
    return tuple(dict.fromkeys((*spec.columns, *label)))


def _scaled(
    spec: FileSpec, contents: Contents, wanted: Choices, path: Path, before: int = 0
) -> NewRows:
    """Return rows of which there are ``before`` others in the file."""
    selection = _like(spec, contents, wanted, path)
    _require_values(spec, selection, path, before)
    rows = np.arange(selection.rows)
    values = scaled_rows(selection, rows, spec.fit, path, before=before)
    return NewRows(values, _labels(spec, contents))


def _labels(spec: FileSpec, contents: Contents) -> tuple[str, ...] | None:
    """Return the classes of rows whose table has a column of the run's name for them."""
    if not isinstance(contents, Table):
        return None
    for column in contents.columns:
        if column.name == spec.label and not isinstance(column, OtherColumn):
            texts = _as_texts(column)
            return tuple(texts.words[code] if code >= 0 else "" for code in texts.codes)
    return None


def first_of_stream(spec: FileSpec, count: int) -> FloatArray:
    """Return the first complete rows of a file whose rows stay there, (count, features), scaled.

    Whether the file is what it was is not looked at. Raises ``DataError`` as ``rows_in_parts``
    does.
    """
    path = Path(spec.path)
    source = streamed_source(path, spec.format, wish=True)
    if source is None:
        raise no_stream(path)
    contents = source.read(0, min(_LOOKED_AT * count, source.rows))
    selection = _like(spec, contents, Choices.of(spec), path)
    numbers = np.arange(selection.rows)
    if spec.missing == "leave_out":
        numbers = np.flatnonzero(~missing_rows(selection))
    return scaled_rows(selection, numbers[:count], spec.fit, path)


def _as_texts(column: FeatureColumn) -> TextColumn:
    if isinstance(column, NumberColumn):
        return as_classes(column.name, column.values)
    return column


def _array_choice(choices: Choices, path: Path) -> Choices:
    """Return choices that ask for a spec's array only where a file can have one of that name."""
    return choices if path.suffix.lower() == ".npz" else replace(choices, array=None)


def _like(spec: FileSpec, contents: Contents, wanted: Choices, path: Path) -> Selection:
    """Return the part of a file that a spec's features are made of."""
    if isinstance(contents, Table) and spec.columns:
        selection = select(contents, replace(wanted, label="", id_column=""), path)
        for column, words in zip(selection.columns, spec.fit.words, strict=True):
            if isinstance(column, TextColumn) and not words:
                raise not_numbers(column, path)
        return replace(selection, columns=_with_words(spec, selection.columns))
    if isinstance(contents, Table):
        numbers = tuple(c for c in contents.columns if isinstance(c, NumberColumn))
        selection = Selection(contents.rows, numbers)
    else:
        selection = Selection(contents.rows, block=contents)
    _require_shape(spec, contents, selection, path)
    return selection


def _with_words(spec: FileSpec, columns: tuple[FeatureColumn, ...]) -> tuple[FeatureColumn, ...]:
    """Return columns, those whose words look like numbers in this file as texts again."""
    return tuple(
        as_classes(column.name, column.values)
        if words and isinstance(column, NumberColumn)
        else column
        for column, words in zip(columns, spec.fit.words, strict=True)
    )


def _require_shape(spec: FileSpec, contents: Contents, selection: Selection, path: Path) -> None:
    if isinstance(contents, Block):
        shape, features = contents.image_shape, contents.values.shape[1]
    else:
        shape, features = None, len(selection.columns)
    if any(spec.fit.words) or features != spec.features or shape != spec.image_shape:
        told = f"pictures of {shape[0]} × {shape[1]}" if shape else f"{features} numbers in a row"
        asked = f"{spec.features} numbers in a row"
        if spec.image_shape:
            asked = f"pictures of {spec.image_shape[0]} × {spec.image_shape[1]}"
        elif spec.columns:
            asked = f"the columns {', '.join(spec.columns)}"
        raise DataError(f"{path} has {told}, and {spec.title} {asked}. Choose a file like that.")


def _require_values(spec: FileSpec, selection: Selection, path: Path, before: int) -> None:
    if spec.missing == "training_median":
        return
    missing = missing_rows(selection)
    if not missing.any():
        return
    row = int(np.argmax(missing))
    name = next(column.name for column in columns_of(selection) if column.is_missing[row])
    raise DataError(
        f"{path}, row {before + row + 1}: has no value in {name!r}; this run left such "
        "rows out. Fill them in, or take them out of the file."
    )
