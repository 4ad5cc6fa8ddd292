"""The rows of a spec's file, and rows of other files made like them."""

from pathlib import Path

import numpy as np

from aegui.data.dataset import DataError, Dataset, Labels, Scale
from aegui.data.files.choices import Choices
from aegui.data.files.digest import stamp
from aegui.data.files.last_stream import last_stream
from aegui.data.files.preparing import Prepared
from aegui.data.files.proposing import prepare_opened, spec_of
from aegui.data.files.reading import open_file
from aegui.data.files.watch import UNWATCHED, Watch
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


def _changed(path: Path, spec: FileSpec, size: int) -> DataError:
    return DataError(
        f"{path} has changed since it was chosen: it had {spec.size} bytes, and has {size}, with "
        "other contents. Put it back as it was, or open it anew for a new run."
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
