"""The rows of a spec's file, and rows of other files made like them."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from aegui.data.dataset import DataError, Dataset, Labels, Scale
from aegui.data.files.choices import Choices
from aegui.data.files.contents import (
    Block,
    Contents,
    NumberColumn,
    Table,
    TextColumn,
    as_classes,
)
from aegui.data.files.digest import stamp
from aegui.data.files.fitting import columns_of
from aegui.data.files.last_stream import last_stream
from aegui.data.files.preparing import Prepared, missing_rows
from aegui.data.files.proposing import prepare_opened, spec_of
from aegui.data.files.reading import open_file, read_whole
from aegui.data.files.scaling import scaled_rows
from aegui.data.files.selecting import FeatureColumn, Selection, not_numbers, select
from aegui.data.files.sources import no_stream, streamed_source
from aegui.data.files.watch import UNWATCHED, Watch
from aegui.records import FloatArray
from aegui.specs import FileSpec, IdxFormat, ImagesFormat

# For each row that is wanted of those at a file's begin: some may have gaps.
_LOOKED_AT = 10
_SCALED = {
    "none": "as in the file",
    "min_max": "min–max of the training rows",
    "standard": "mean 0 and spread 1 over the training rows",
}


def make_file_dataset(spec: FileSpec, watch: Watch = UNWATCHED) -> Dataset:
    """Read a spec's file, and split and scale its rows as they were when it was made.

    Raises
    ------
    DataError
        The file is gone or has changed, or the spec's facts are not those of its choices.
    ReadingStoppedError
        The reading was called off.
    """
    known = last_stream.recall(spec) if spec.streaming is not None else None
    return _dataset(spec, known or _prepare(spec, watch))


def require_size(spec: FileSpec) -> None:
    """Raise ``DataError`` where a spec's file is gone, or has another size than it had."""
    path = Path(spec.path)
    # A spec may be a stranger's: what is not the file it tells of is not read.
    if path.is_dir() and not isinstance(spec.format, ImagesFormat):
        raise DataError(f"{path} is a folder, and was a file. Put that back.")
    size = sum(size for _, _, size in stamp(path))
    if size != spec.size:
        raise _changed(path, spec, size)


def _prepare(spec: FileSpec, watch: Watch) -> Prepared:
    path, choices = Path(spec.path), Choices.of(spec)
    require_size(spec)
    opened = open_file(path, choices, watch)
    if opened.identity.sha256 != spec.sha256:
        raise _changed(path, spec, opened.identity.size)
    if isinstance(opened.format, IdxFormat) and opened.format != spec.format:
        raise DataError(
            f"{path.with_name(opened.label or '')}, with the classes of {path}, has changed since "
            "it was chosen. Put it back as it was, or open the pictures anew for a new run."
        )
    prepared = prepare_opened(opened, choices, watch, spec.streaming)
    found = spec_of(opened, choices, prepared)
    if not _are_alike(found, spec):
        raise DataError(
            f"The settings for {path} were changed by hand, and what follows from them was not. "
            "Open the file anew with the settings that you want."
        )
    return prepared


def rows_for(spec: FileSpec, path: Path) -> FloatArray:
    """Return all rows of another file, (rows, features), in its order, scaled as ``spec``'s are.

    Columns are found by their names; in an array, or for a spec of one, by their places. The
    spec's own file need not be there.

    Raises
    ------
    DataError
        The file cannot be read, lacks a column, has texts for numbers, or lacks a value where
        missing values are not filled; the message names file, row and column.
    """
    wanted = Choices.of(spec)
    reading = replace(wanted, label="", delimiter=None, encoding=None, header=None)
    contents = read_whole(path, _array_choice(reading, path))
    selection = _like(spec, contents, wanted, path)
    _require_values(spec, selection, path)
    return scaled_rows(selection, np.arange(selection.rows), spec.fit, path)


def first_of_stream(spec: FileSpec, count: int) -> FloatArray:
    """Return the first complete rows of a file whose rows stay there, (count, features), scaled.

    Whether the file is what it was is not looked at. Raises ``DataError`` as ``rows_for`` does.
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


def _changed(path: Path, spec: FileSpec, size: int) -> DataError:
    return DataError(
        f"{path} has changed since it was chosen: it had {spec.size} bytes, and has {size}, with "
        "other contents. Put it back as it was, or open it anew for a new run."
    )


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


def _require_values(spec: FileSpec, selection: Selection, path: Path) -> None:
    if spec.missing == "training_median":
        return
    missing = missing_rows(selection)
    if not missing.any():
        return
    row = int(np.argmax(missing))
    name = next(column.name for column in columns_of(selection) if column.is_missing[row])
    raise DataError(
        f"{path}, row {row + 1}: has no value in {name!r}, as {int(missing.sum())} rows lack one; "
        "this run left such rows out. Fill them in, or take them out of the file."
    )


def _are_alike(found: FileSpec, spec: FileSpec) -> bool:
    """Whether facts agree, but for the last digits of sums, which differ between machines."""
    summed = {"fit", "low", "high", "path"}
    if found.model_dump(exclude=summed) != spec.model_dump(exclude=summed):
        return False
    if found.fit.words != spec.fit.words:
        return False
    pairs = [
        (found.value_range, spec.value_range),
        (found.fit.fills, spec.fit.fills),
        (found.fit.shifts, spec.fit.shifts),
        (found.fit.factors, spec.fit.factors),
    ]
    return all(np.allclose(one, other, rtol=1e-5, atol=1e-9) for one, other in pairs)


def _dataset(spec: FileSpec, prepared: Prepared) -> Dataset:
    selection, train = prepared.selection, prepared.train_rows
    labels: Labels | None = None
    if selection.label is not None:
        labels = selection.label.codes[prepared.chosen].astype(np.uint8)
    names: tuple[str, ...] | None = None
    if selection.names is not None:
        texts = selection.names
        codes = texts.codes[prepared.chosen[train:]]
        names = tuple(texts.words[code] if code >= 0 else "" for code in codes)
    return Dataset(
        train=prepared.values[:train],
        test=prepared.values[train:],
        value_range=spec.value_range,
        scaling=_SCALED[spec.scaling],
        noun="picture" if spec.image_shape else "row",
        train_labels=None if labels is None else labels[:train],
        test_labels=None if labels is None else labels[train:],
        image_shape=spec.image_shape,
        columns=spec.feature_names,
        scale=Scale.of(spec.fit),
        class_names=spec.classes,
        test_numbers=prepared.numbers[train:] + 1,
        test_names=names,
        stream=prepared.stream,
    )
