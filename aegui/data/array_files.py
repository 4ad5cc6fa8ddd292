"""NumPy's own files, .npy and .npz, read without trust in what is in them."""

import io
import math
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]

_SUFFIX = ".npy"
_PIECE = 1 << 20

# NumPy hands on what its parts raise: the zip reader, and Python's own parser, by which it
# reads the head of each array (a size there may also ask for more memory than there is).
_RAISED_BY_NUMPY = (
    ValueError,
    KeyError,
    TypeError,
    EOFError,
    NotImplementedError,
    SyntaxError,
    MemoryError,
    OverflowError,
    RecursionError,
    struct.error,
    tokenize.TokenError,
    zipfile.BadZipFile,
    zlib.error,
)


class ArrayFileError(ValueError):
    """An array file is missing, damaged, or not what it should be; the message says why."""


def read_npz(path: Path, *names: str) -> Arrays:
    """Return the named arrays of an archive, or all of them.

    Raises
    ------
    ArrayFileError
        The file cannot be read, is damaged, wants pickle, or has no array of a name.
    """
    with _told(), zipfile.ZipFile(path) as archive:
        inside = [name.removesuffix(_SUFFIX) for name in archive.namelist()]
        return {name: _member(archive, name) for name in names or inside}


def read_npy(path: Path) -> NDArray[Any]:
    """Return the array of a file.

    Raises
    ------
    ArrayFileError
        The file cannot be read, is damaged, or wants pickle.
    """
    with _told(), path.open("rb") as file:
        return _array(np.load(file, allow_pickle=False))


@dataclass(frozen=True)
class NpyHead:
    """What the head of a NPY file tells: ``begin`` is the byte at which the values begin.

    ``is_column_order`` tells that the first index runs fastest.
    """

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    is_column_order: bool
    begin: int


def read_npy_head(path: Path) -> NpyHead:
    """Return what a NPY file tells of its array, without reading the values.

    Raises
    ------
    ArrayFileError
        The file cannot be read, is damaged, wants pickle, or is shorter than its array.
    """
    with _told(), path.open("rb") as file:
        head = _head(file)
        if head.dtype.hasobject:
            raise ArrayFileError("its objects would need allow_pickle")
        size = file.seek(0, io.SEEK_END)
        if size < head.begin + head.dtype.itemsize * math.prod(head.shape):
            raise ArrayFileError("it is cut off")
        return head


def npz_shapes(path: Path) -> dict[str, tuple[int, ...]]:
    """Return the shapes of an archive's arrays by their names, without reading their values.

    Raises
    ------
    ArrayFileError
        The file cannot be read, or is damaged.
    """
    with _told(), zipfile.ZipFile(path) as archive:
        members = [name for name in archive.namelist() if name.endswith(_SUFFIX)]
        return {name.removesuffix(_SUFFIX): _shape(archive, name) for name in members}


def _shape(archive: zipfile.ZipFile, member: str) -> tuple[int, ...]:
    with archive.open(member) as file:
        return _checked_head(archive, member, file).shape


def _checked_head(archive: zipfile.ZipFile, member: str, file: IO[bytes]) -> NpyHead:
    head = _head(file)
    values = head.dtype.itemsize * math.prod(head.shape)
    if not head.dtype.hasobject and archive.getinfo(member).file_size > head.begin + values:
        # What is behind the values would be unpacked with them, however much it is.
        raise ArrayFileError(f"{member} holds more than an array")
    return head


def _head(file: IO[bytes]) -> NpyHead:
    version = np.lib.format.read_magic(file)
    # Later versions differ in how long the head may be, and in its encoding.
    read = np.lib.format.read_array_header_1_0
    if version != (1, 0):
        read = np.lib.format.read_array_header_2_0
    shape, is_column_order, dtype = read(file)
    return NpyHead(shape, dtype, is_column_order, file.tell())


def _member(archive: zipfile.ZipFile, name: str) -> NDArray[Any]:
    """Return an array of an archive, unpacked a megabyte at a time into its place.

    NumPy itself unpacks a quarter of a megabyte and asks for the interpreter before each, which
    another thread may hold: the digits take 0.29 s beside a busy one, and 0.17 so. Unpacked in one
    go they stop all other threads for 30 ms and more while they are copied into fresh memory.
    """
    member = name + _SUFFIX
    if member not in archive.namelist():
        raise ArrayFileError(f"{name} is not in the archive")
    with archive.open(member) as file:
        head = _checked_head(archive, member, file)
        if head.dtype.hasobject:
            raise ArrayFileError("Object arrays cannot be loaded when allow_pickle=False")
        array = np.empty(head.shape, head.dtype, order="F" if head.is_column_order else "C")
        _fill(array.reshape(-1, order="A").view(np.uint8), file, member)
        return array


def _fill(values: NDArray[np.uint8], file: IO[bytes], member: str) -> None:
    place = values.data
    while place:
        piece = file.read(min(_PIECE, len(place)))
        if not piece:
            raise ArrayFileError(f"{member} ends early")
        place[: len(piece)] = piece
        place = place[len(piece) :]


def _array(loaded: Any) -> NDArray[Any]:
    if not isinstance(loaded, np.ndarray):
        raise ArrayFileError("it is an .npz archive and no single array")
    return loaded


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except ArrayFileError:
        raise
    except OSError as error:
        raise ArrayFileError(error.strerror or str(error)) from error
    except _RAISED_BY_NUMPY as error:
        lines = str(error).splitlines()
        raise ArrayFileError(lines[0] if lines else type(error).__name__) from error
