"""Arrays in files: NPY, NPZ and IDX."""

import gzip
import struct
import zlib
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aegui.data.array_files import ArrayFileError, npz_shapes, read_npy, read_npz
from aegui.data.dataset import DataError
from aegui.data.files.contents import Block, TextColumn, as_classes, finite_or_missing
from aegui.data.files.digest import cannot_be_read
from aegui.specs import NpzFormat
from aegui.specs.checks import MAX_VALUES

_ACCEPTED = (
    "Accepted are numbers of the shape (rows, features), (rows, height, width), or "
    "(rows, height, width, 1 or 3)."
)
_IDX_TYPES = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}
_MOST_DIMENSIONS = 4


def read_npy_block(path: Path) -> Block:
    """Read a NPY file; raises ``DataError``."""
    try:
        array = read_npy(path)
    except ArrayFileError as error:
        raise damaged(path, error) from error
    return block_of(array, str(path))


def read_npz_block(path: Path, format_: NpzFormat, label: str | None) -> Block:
    """Read an array of an archive, and the file's own test rows behind it; raises ``DataError``."""
    names = (format_.array, format_.test_array, label, format_.test_label)
    try:
        arrays = read_npz(path, *filter(None, names))
    except ArrayFileError as error:
        raise damaged(path, error) from error
    train = arrays[format_.array]
    where = f"{format_.array} in {path}"
    classes = None if label is None else _labels(path, label, arrays[label], len(train))
    if format_.test_array is None:
        return block_of(train, where, classes)
    test = arrays[format_.test_array]
    if train.shape[1:] != test.shape[1:]:
        raise DataError(
            f"{path}: {format_.array} has the shape {train.shape}, and {format_.test_array} "
            f"{test.shape}. Rows to train on and to test with must be of one shape."
        )
    if label is not None and format_.test_label is not None:
        _labels(path, format_.test_label, arrays[format_.test_label], len(test))
        both = np.concatenate([arrays[label].ravel(), arrays[format_.test_label].ravel()])
        classes = as_classes(label, both)
    return block_of(np.concatenate([train, test]), where, classes, len(test))


def arrays_in(path: Path) -> dict[str, tuple[int, ...]]:
    """Return the shapes of an archive's arrays by their names; raises ``DataError``."""
    try:
        shapes = npz_shapes(path)
    except ArrayFileError as error:
        raise damaged(path, error) from error
    _require_room(path, shapes)
    return shapes


def idx_label(path: Path, wanted: str | None) -> str | None:
    """Return the name of the file beside an IDX file that has its classes; None without one.

    Parameters
    ----------
    wanted
        The name of a file in the same folder, empty for no classes, or None to look for the one
        that goes with pictures by the names of the MNIST files.

    Raises
    ------
    DataError
        There is no file of the name that is wanted.
    """
    if wanted == "":
        return None
    usual = path.name.replace("images", "labels").replace("idx3", "idx1")
    names = [wanted] if wanted else [usual, f"{usual}.gz", usual.removesuffix(".gz")]
    for name in names:
        # A name alone: a stranger's spec is not to point anywhere else.
        if name != path.name and Path(name).name == name and (path.parent / name).is_file():
            return name
    if wanted:
        raise DataError(
            f"{path}: its classes are to be in {wanted!r}, and no such file is beside it. Put it "
            "into the same folder, or choose no classes."
        )
    return None


def read_idx_block(path: Path, label: str | None = None) -> Block:
    """Read an IDX file, the format of the MNIST files, plain or compressed.

    ``label`` is the name of a second one in the same folder, with a class for each row.

    Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", which
    describes the format: two zeros, a type, the number of sizes, the sizes, the values.
    """
    array = _read_idx(path)
    labels = None
    if label is not None:
        beside = path.with_name(label)
        labels = _labels(beside, label, _read_idx(beside), len(array))
    return block_of(array, str(path), labels)


def _read_idx(path: Path) -> NDArray[Any]:
    try:
        with path.open("rb") as file:
            is_compressed = file.read(2) == b"\x1f\x8b"
        with gzip.open(path) if is_compressed else path.open("rb") as file:
            return _idx(path, file)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise damaged(path, error) from error
    except OSError as error:
        raise cannot_be_read(path, error) from error


def _idx(path: Path, file: Any) -> NDArray[Any]:
    head = file.read(4)
    if len(head) < 4 or head[:2] != b"\0\0" or head[2] not in _IDX_TYPES:
        raise DataError(f"{path} is no IDX file: it does not begin as one. Choose another file.")
    if not 1 <= head[3] <= _MOST_DIMENSIONS:
        raise DataError(f"{path} holds an array of {head[3]} dimensions. {_ACCEPTED}")
    sizes = file.read(4 * head[3])
    if len(sizes) < 4 * head[3]:
        raise damaged(path, "it is cut off")
    shape = struct.unpack(f">{head[3]}I", sizes)
    kind = np.dtype(_IDX_TYPES[head[2]])
    _require_room(path, {"it": shape})
    wanted = prod(shape) * kind.itemsize
    values = file.read(wanted + 1)
    if len(values) != wanted:
        told = "more" if len(values) > wanted else f"{len(values)}"
        raise damaged(path, f"it tells of {wanted} bytes of values and has {told}")
    return np.frombuffer(values, kind).reshape(shape).astype(kind.newbyteorder("="))


def require_rows(shape: tuple[int, ...], dtype: np.dtype[Any], where: str) -> None:
    """Raise ``DataError`` for an array that is no rows of numbers."""
    if dtype.kind not in "biuf" or dtype.itemsize > 8:
        raise DataError(f"{where} holds values of the type {dtype}. {_ACCEPTED}")
    is_colour = len(shape) == _MOST_DIMENSIONS and shape[3] in (1, 3)
    if len(shape) not in (2, 3) and not is_colour:
        raise DataError(f"{where} has the shape {shape}. {_ACCEPTED}")
    if not prod(shape):
        raise DataError(f"{where} has the shape {shape}: it holds no values. {_ACCEPTED}")


def block_of(
    array: NDArray[Any],
    where: str,
    labels: TextColumn | None = None,
    own_test_rows: int | None = None,
) -> Block:
    """Return an array as rows; raises ``DataError`` where it cannot be."""
    require_rows(array.shape, array.dtype, where)
    block = rows_of(array)
    values, infinite = finite_or_missing(block.values)
    return Block(values, block.image_shape, labels, None, own_test_rows, infinite)


def rows_of(array: NDArray[Any]) -> Block:
    """Return an array of a shape that is accepted as rows, infinite values among them."""
    if array.ndim == _MOST_DIMENSIONS:
        # Colours lie beside each other, plane by plane: a picture has one number at a place.
        array = array.transpose(0, 1, 3, 2).reshape(*array.shape[:2], -1)
    image_shape = (array.shape[1], array.shape[2]) if array.ndim == 3 else None
    return Block(array.reshape(len(array), -1), image_shape)


def _require_room(path: Path, shapes: dict[str, tuple[int, ...]]) -> None:
    """Raise ``DataError`` for arrays that memory is not to be asked for."""
    for name, shape in shapes.items():
        if prod(shape) > MAX_VALUES:
            raise DataError(
                f"{path}: {name} has the shape {shape}, more than {MAX_VALUES} numbers. Take "
                "fewer rows."
            )


def _labels(path: Path, name: str, array: NDArray[Any], rows: int) -> TextColumn:
    if array.size != rows or array.dtype.kind not in "biufU":
        raise DataError(
            f"{path}: {name} has the shape {array.shape} and the type {array.dtype}, and must "
            f"hold one number or text for each of the {rows} rows. Choose another label."
        )
    return as_classes(name, array.ravel())


def damaged(path: Path, why: object) -> DataError:
    """Return the sentence for an array file that is not what it should be."""
    remedy = "Choose another file, or write it anew."
    if "allow_pickle" in str(why):
        # Unpickling would run whatever program a stranger put there.
        why = "it holds Python objects, which aegui does not unpack"
        remedy = "Save it as an array of numbers: numpy.save(file, array.astype(float))."
    return DataError(f"{path} cannot be read: {why}. {remedy}")
