"""The part of a Keras script that reads a person's own file, splits it and scales it."""

from typing import assert_never

from aegui.data.files.digest import PICTURES
from aegui.data.files.sniff import MISSING_WORDS
from aegui.exports import file_code
from aegui.exports.section import Section, whole
from aegui.exports.streamed_data import streamed_section
from aegui.specs import (
    FileSpec,
    IdxFormat,
    ImagesFormat,
    NpyFormat,
    NpzFormat,
    ParquetFormat,
    TextFormat,
)


def file_section(dataset: FileSpec) -> Section:
    """Return the code that reads ``train`` and ``test`` from a file where it was, float32.

    Where the rows stay in the file, ``batches`` are in place of ``train``.
    """
    if dataset.streaming is not None:
        return streamed_section(dataset, dataset.streaming)
    parts = [_read(dataset), file_code.CLEAN, _split(dataset), _scale(dataset)]
    return Section("The data", _prose(dataset), "".join(parts))


def _prose(dataset: FileSpec) -> str:
    scaled = {
        "none": "Values are taken as they are",
        "min_max": "The training rows' smallest value becomes 0 and their largest 1",
        "standard": "The training rows get mean 0 and spread 1",
    }
    missing = "filled by the training median"
    if dataset.missing == "leave_out":
        missing = "missing, so their rows are left out"
    return (
        f"Rows of {dataset.title}, {dataset.train_rows} to train on and {dataset.test_rows} to "
        f"test with. What is no finite number is {missing}. {scaled[dataset.scaling]}."
    )


def _read(dataset: FileSpec) -> str:
    form, path = dataset.format, repr(dataset.path)
    match form:
        case TextFormat():
            return _text(form, path) + _columns(dataset)
        case ParquetFormat():
            return file_code.PARQUET.format(path=path) + _columns(dataset)
        case NpyFormat():
            return f"rows = np.load({path})" + file_code.COLOUR + file_code.FLAT
        case NpzFormat():
            return _archive(form, path) + file_code.COLOUR + file_code.FLAT
        case IdxFormat():
            return file_code.IDX.format(path=path) + file_code.COLOUR + file_code.FLAT
        case ImagesFormat():
            return _images(form, path) + file_code.COLOUR + file_code.FLAT
        case _:
            assert_never(form)


def _text(form: TextFormat, path: str) -> str:
    return file_code.TEXT.format(
        path=path,
        encoding=repr("utf-8-sig" if form.encoding == "utf-8" else form.encoding),
        delimiter=repr(form.delimiter),
        first="table.pop(0)" if form.header else '[""] * len(table[0])',
        comma="" if form.delimiter == "," else '.replace(",", ".")',
    )


def _columns(dataset: FileSpec) -> str:
    """Return the code that puts a table's columns side by side."""
    fits = list(zip(dataset.columns, dataset.fit.words, strict=True))
    lines = [
        f"    one_hot({name!r}, {list(words)!r})," if words else f"    numbers({name!r})[:, None],"
        for name, words in fits
    ]
    gaps = ""
    if dataset.missing == "leave_out":
        gaps = file_code.GAPS.format(missing=sorted(MISSING_WORDS))
    helper = file_code.ONE_HOT.format(gaps=gaps) if any(dataset.fit.words) else ""
    return "\n".join([f"{helper}\nrows = np.concatenate([", *lines, "], axis=1)"])


def _archive(form: NpzFormat, path: str) -> str:
    code = f"arrays = np.load({path})\nrows = arrays[{form.array!r}]"
    if form.test_array is None:
        return code
    both = f"np.concatenate([rows, arrays[{form.test_array!r}]])"
    return f"{code}\nfirst_test_row = len(rows)\nrows = {both}"


def _images(form: ImagesFormat, path: str) -> str:
    resize = ""
    if form.size is not None:
        height, width = form.size
        resize = f".resize({(width, height)}, Image.Resampling.BILINEAR)"
    mode = repr("RGB" if form.colour else "L")
    return file_code.IMAGES.format(path=path, endings=sorted(PICTURES), mode=mode, resize=resize)


def _split(dataset: FileSpec) -> str:
    usable = "np.arange(len(rows))"
    if dataset.missing == "leave_out":
        usable = "np.flatnonzero(~np.isnan(rows).any(axis=1))"
    template = file_code.SHUFFLE if dataset.own_test_rows is None else file_code.OWN_SPLIT
    return template.format(
        usable=usable,
        seed=dataset.seed,
        count=whole(dataset.rows),
        train=whole(dataset.train_rows),
    )


def _scale(dataset: FileSpec) -> str:
    """Return the code that scales by training rows; a picture's pixels are scaled alike."""
    axis = "" if dataset.image_shape is not None else ", axis=0"
    fill = file_code.FILL.format(axis=axis) if dataset.missing == "training_median" else ""
    if dataset.scaling == "none":
        return fill + file_code.PLAIN
    code = file_code.SCALES[dataset.scaling].format(axis=axis) + file_code.CONSTANT
    widths = [max(1, len(words)) for words in dataset.fit.words]
    kinds = [bool(words) for words, width in zip(dataset.fit.words, widths, strict=True)
             for _ in range(width)]  # fmt: skip
    places = [place for place, is_word in enumerate(kinds) if is_word]
    stay = file_code.WORDS_STAY.format(places=places) if places else ""
    return code + stay + fill + file_code.SCALE
