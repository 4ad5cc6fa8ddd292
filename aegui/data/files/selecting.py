"""Which of a file's columns are learned, which one names classes, and which one rows."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from aegui.data.dataset import DataError
from aegui.data.files.choices import Choices
from aegui.data.files.contents import (
    Block,
    Column,
    Contents,
    NumberColumn,
    OtherColumn,
    Table,
    TextColumn,
    as_classes,
)
from aegui.specs.file_dataset import MOST_CLASSES

FeatureColumn = NumberColumn | TextColumn

_SHOWN_NAMES = 12
_ID_NAMES = ("id", "index", "column 1")
_NO_CLASS = "(none)"


@dataclass(frozen=True, eq=False)
class Selection:
    """What is used of a file: ``columns`` of a table, or a whole ``block``.

    ``label`` has a class for each row, ``names`` what rows are called; ``id_column`` is the
    column they come from.
    """

    rows: int
    columns: tuple[FeatureColumn, ...] = ()
    block: Block | None = None
    label: TextColumn | None = None
    names: TextColumn | None = None
    id_column: str | None = None


def select(contents: Contents, choices: Choices, path: Path) -> Selection:
    """Find what is used of a file's contents.

    Raises
    ------
    DataError
        A column is not there, is none of numbers, or names too many classes; or nothing is left
        to learn. The message names the column and the remedy.
    """
    if isinstance(contents, Block):
        label = None if choices.label == "" else contents.labels
        return Selection(
            contents.rows, block=contents, label=_classes(label, path), names=contents.names
        )
    label_column = named_column(contents, choices.label, path) if choices.label else None
    ids = id_column_of(contents, choices, path)
    if choices.columns is None:
        columns = _fit_columns(contents, choices, {column.name for column in (label_column, ids)
                                                   if column is not None})  # fmt: skip
    else:
        named = (named_column(contents, name, path) for name in dict.fromkeys(choices.columns))
        columns = [_feature(column, choices, path) for column in named]
    if choices.columns == ():
        raise DataError(f"{path}: no column is chosen to be learned. Choose two or more.")
    if not columns:
        raise nothing_left(contents, path)
    return Selection(
        contents.rows,
        tuple(columns),
        label=_classes(label_column, path),
        names=None if ids is None else _as_texts(ids, path),
        id_column=None if ids is None else ids.name,
    )


def without_values(selection: Selection) -> Selection:
    """Return a selection whose columns have names and no rows; classes and row names stay."""
    block = selection.block
    return replace(
        selection,
        columns=tuple(
            replace(column, codes=column.codes[:0].copy())
            if isinstance(column, TextColumn)
            else replace(column, values=column.values[:0].copy())
            for column in selection.columns
        ),
        block=None if block is None else replace(block, values=block.values[:0].copy()),
    )


def is_constant(column: FeatureColumn) -> bool:
    """Whether all values that a column has are one and the same."""
    if isinstance(column, TextColumn):
        return len(column.words) < 2
    present = column.values[~column.is_missing]
    return len(present) == 0 or bool((present == present[0]).all())


def _fit_columns(table: Table, choices: Choices, taken: set[str]) -> list[FeatureColumn]:
    """Return what can be learned where a person names no columns: what varies."""
    kinds = (NumberColumn, TextColumn) if choices.text == "one_hot" else (NumberColumn,)
    return [
        column
        for column in table.columns
        if isinstance(column, kinds) and column.name not in taken and not is_constant(column)
    ]


def nothing_left(table: Table, path: Path) -> DataError:
    """Return the sentence for a table without a column to learn."""
    if len(table.columns) == 1:
        return DataError(
            f"{path} has a single column, {table.columns[0].name!r}. A row needs two numbers or "
            "more; if it has more columns, choose another delimiter."
        )
    if any(isinstance(column, TextColumn) and not is_constant(column) for column in table.columns):
        return DataError(
            f"{path} has no column of numbers that differ. Take columns of texts in as one-hot "
            "(--text one-hot)."
        )
    return DataError(
        f"{path} has no column whose values differ: there is nothing to learn. Choose another file."
    )


def named_column(table: Table, name: str, path: Path) -> Column:
    """Return the column of a name; raises ``DataError`` where there is none."""
    for column in table.columns:
        if column.name == name:
            return column
    names = [column.name for column in table.columns]
    told = ", ".join(names[:_SHOWN_NAMES]) + (", …" if len(names) > _SHOWN_NAMES else "")
    raise DataError(f"{path} has no column {name!r}. Choose among its columns: {told}.")


def _feature(column: Column, choices: Choices, path: Path) -> FeatureColumn:
    if isinstance(column, OtherColumn):
        raise DataError(f"{path}: column {column.name!r} has {column.note}. Leave it out.")
    if isinstance(column, TextColumn) and choices.text == "leave_out":
        raise not_numbers(column, path)
    return column


def not_numbers(column: TextColumn, path: Path) -> DataError:
    """Return the sentence for texts where numbers are to be learned."""
    note = f": {column.note}" if column.note else ""
    return DataError(
        f"{path}: column {column.name!r} holds texts{note}. Mend the file, leave the column out, "
        "or take it in as one-hot (--text one-hot)."
    )


def id_column_of(table: Table, choices: Choices, path: Path) -> Column | None:
    """Return the column that says what rows are called: the one that is chosen, or found fit."""
    if choices.id_column:
        return named_column(table, choices.id_column, path)
    if choices.id_column == "" or choices.columns is not None or not table.columns:
        return None
    first = table.columns[0]
    # The number of a row, as other programs write it into the first column.
    is_id = first.name.lower() in _ID_NAMES and first.name != choices.label and _differs(first)
    return first if is_id else None


def _differs(column: Column) -> bool:
    if isinstance(column, TextColumn):
        return len(column.words) == len(column.codes)
    if isinstance(column, OtherColumn) or column.is_missing.any():
        return False
    steps = np.diff(column.values)
    return bool((steps == 1).all())


def _as_texts(column: Column, path: Path) -> TextColumn:
    if isinstance(column, OtherColumn):
        raise DataError(f"{path}: column {column.name!r} has {column.note}. Choose another one.")
    if isinstance(column, NumberColumn):
        return as_classes(column.name, column.values)
    return column


def _classes(column: Column | None, path: Path) -> TextColumn | None:
    """Return the classes of all rows; rows without one are a class of their own."""
    if column is None:
        return None
    texts = _as_texts(column, path)
    if texts.is_missing.any():
        codes = np.where(texts.is_missing, len(texts.words), texts.codes).astype(np.int32)
        texts = replace(texts, codes=codes, words=(*texts.words, _NO_CLASS))
    if len(texts.words) > MOST_CLASSES:
        raise DataError(
            f"{path}: {texts.name!r} has {len(texts.words)} different values, and rows can be of "
            f"{MOST_CLASSES} classes at most. Choose another label, or none."
        )
    return texts
