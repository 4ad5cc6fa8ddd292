"""NumPy's own files, .npy and .npz, read without trust in what is in them."""

import struct
import tokenize
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]

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
    with _told(), path.open("rb") as file:
        archive = np.load(file, allow_pickle=False)
        if isinstance(archive, np.ndarray):
            raise ArrayFileError("it is a single array and no .npz archive")
        with archive:
            return {name: archive[name] for name in names or archive.files}


def read_npy(path: Path) -> NDArray[Any]:
    """Return the array of a file.

    Raises
    ------
    ArrayFileError
        The file cannot be read, is damaged, or wants pickle.
    """
    with _told(), path.open("rb") as file:
        array = np.load(file, allow_pickle=False)
    if not isinstance(array, np.ndarray):
        raise ArrayFileError("it is an .npz archive and no single array")
    return array


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
