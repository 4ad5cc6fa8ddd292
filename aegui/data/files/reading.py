"""A file opened: which format it has, what it holds, and which bytes it is made of."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from aegui.data.dataset import DataError
from aegui.data.files.arrays import (
    arrays_in,
    idx_label,
    read_idx_block,
    read_npy_block,
    read_npz_block,
)
from aegui.data.files.choices import Choices
from aegui.data.files.contents import Contents
from aegui.data.files.digest import Identity, cannot_be_read, identify, stamp
from aegui.data.files.images import is_pictures_zip, read_images
from aegui.data.files.sniff import sniff_text
from aegui.data.files.sources import streamed_source
from aegui.data.files.streamed import Streamed, read_streamed
from aegui.data.files.tables import read_parquet, read_text
from aegui.data.files.watch import UNWATCHED, Watch
from aegui.specs import (
    FileFormat,
    IdxFormat,
    ImagesFormat,
    NpyFormat,
    NpzFormat,
    ParquetFormat,
    TextFormat,
)

_LABELS = ("y", "labels", "label", "target", "targets", "y_train")
_GZIP = b"\x1f\x8b"
_IDX_TYPES = [bytes([number]) for number in range(8, 15)]


@dataclass(frozen=True, eq=False)
class Opened:
    """A file that was read: its bytes, how it was read, and what it holds, or where that stays.

    ``label`` is the array of an NPZ, or the file beside an IDX file, that its classes come from.
    """

    path: Path
    identity: Identity
    format: FileFormat
    contents: Contents | Streamed
    label: str | None = None

    @property
    def head(self) -> Contents:
        """What the file holds; only the first rows where all stay in it."""
        return self.contents.head if isinstance(self.contents, Streamed) else self.contents


def read_whole(path: Path, choices: Choices) -> Contents:
    """Return what a file holds, however much memory that takes; raises ``DataError``."""
    form = find_format(path, choices)
    label = _label_beside_rows(path, form, choices.label)
    return read_contents(path, form, label, UNWATCHED)


def open_file(path: Path, choices: Choices | None = None, watch: Watch = UNWATCHED) -> Opened:
    """Find out what kind of file it is, by what is in it, and read it.

    Parameters
    ----------
    watch
        Hears how far the reading is, and may call it off.

    Raises
    ------
    DataError
        The file cannot be read; the message names it, the place in it, and the remedy.
    ReadingStoppedError
        The reading was called off.
    """
    choices = choices or Choices()
    before = stamp(path)
    identity = identify(path, watch)
    form = find_format(path, choices)
    if choices.array is not None and not isinstance(form, NpzFormat):
        raise DataError(f"{path} holds no arrays with names, as an NPZ does. Leave --array out.")
    label = _label_beside_rows(path, form, choices.label)
    if isinstance(form, IdxFormat) and label is not None:
        form = IdxFormat(labels_sha256=identify(path.with_name(label), watch).sha256)
    source = streamed_source(path, form, choices.stream)
    if source is None:
        contents: Contents | Streamed = read_contents(path, form, label, watch)
    else:
        contents = read_streamed(source, watch)
    if stamp(path) != before:
        raise DataError(f"{path} was changed while it was read. Read it again.")
    return Opened(path, identity, form, contents, label)


def read_contents(path: Path, form: FileFormat, label: str | None, watch: Watch) -> Contents:
    """Read a file in a format that is known; ``label`` is the array or file of its classes."""
    match form:
        case TextFormat():
            return read_text(path, form, watch)
        case ParquetFormat():
            return read_parquet(path, watch)
        case NpyFormat():
            return read_npy_block(path)
        case NpzFormat():
            return read_npz_block(path, form, label)
        case IdxFormat():
            return read_idx_block(path, label)
        case ImagesFormat():
            return read_images(path, form, watch)
        case _:
            assert_never(form)


def find_format(path: Path, choices: Choices) -> FileFormat:
    """Return a file's format, found by its first bytes; raises ``DataError``."""
    images = ImagesFormat(colour=choices.colour, size=choices.size)
    if path.is_dir():
        return images
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise cannot_be_read(path, error) from error
    if head.startswith(b"PAR1"):
        return ParquetFormat()
    if head.startswith(b"\x93NUMPY"):
        return NpyFormat()
    if head.startswith(_GZIP) or (head[:2] == b"\0\0" and head[2:3] in _IDX_TYPES):
        return IdxFormat()
    if head.startswith(b"PK") or path.suffix.lower() in (".zip", ".npz"):
        return images if not _is_npz(path) else _npz_format(path, choices.array)
    return sniff_text(path, choices.delimiter, choices.encoding, choices.header)


def _is_npz(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            if any(name.endswith(".npy") for name in archive.namelist()):
                return True
    except (OSError, zipfile.BadZipFile):
        # Who reads it says what is wrong.
        return path.suffix.lower() == ".npz"
    if not is_pictures_zip(path):
        raise DataError(
            f"{path} holds neither pictures nor arrays of NumPy's. Unpack it and choose a file."
        )
    return False


def _npz_format(path: Path, array: str | None) -> NpzFormat:
    shapes = arrays_in(path)
    if array is None and {"x_train", "x_test"} <= shapes.keys():
        return _keras_format(shapes)
    rows_of = [name for name, shape in shapes.items() if len(shape) > 1]
    names = ", ".join(shapes) or "none"
    if array is None:
        if len(rows_of) != 1:
            raise DataError(f"{path} holds the arrays {names}. Choose one of them (--array NAME).")
        array = rows_of[0]
    if array not in shapes:
        raise DataError(f"{path} has no array {array!r}; it holds {names}. Choose one of those.")
    return _keras_format(shapes) if array == "x_train" else NpzFormat(array=array)


def _keras_format(shapes: dict[str, tuple[int, ...]]) -> NpzFormat:
    test_array = "x_test" if "x_test" in shapes else None
    test_label = "y_test" if test_array and {"y_train", "y_test"} <= shapes.keys() else None
    return NpzFormat(array="x_train", test_array=test_array, test_label=test_label)


def _label_beside_rows(path: Path, form: FileFormat, wanted: str | None) -> str | None:
    """Return where classes are that are not in the rows themselves; None where there are none."""
    if isinstance(form, NpzFormat):
        return _npz_label(path, form, wanted)
    return idx_label(path, wanted) if isinstance(form, IdxFormat) else None


def _npz_label(path: Path, form: NpzFormat, wanted: str | None) -> str | None:
    """Return the array that classes come from: the one that is wanted, or one named so."""
    if wanted == "":
        return None
    shapes = arrays_in(path)
    if wanted is not None:
        if wanted not in shapes:
            names = ", ".join(shapes)
            raise DataError(
                f"{path} has no array {wanted!r} to take classes from; it holds {names}."
            )
        return wanted
    rows = shapes[form.array][:1]
    fit = [name for name in _LABELS if shapes.get(name) in (rows, (*rows, 1))]
    return fit[0] if fit else None
