"""What a zip archive says that it holds, read without trust in it and before any of it is."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

# The record at an archive's end, a comment of at most 65 535 bytes after it.
_END, _LOCATOR = b"PK\x05\x06", b"PK\x06\x07"
# Where an archive is large, a record of this length right before the last one says so.
_LOCATOR_BYTES = 20
_END_RECORD = struct.Struct("<4s4H2LH")
_TAIL = _END_RECORD.size + 65_535
# What is said of one file takes 46 bytes, its name and some more.
_MOST_BYTES_EACH = 512


class ListingError(ValueError):
    """An archive that is not to be unpacked; the message says why, without the archive's name."""


def read_listing(path: Path, most: int) -> list[zipfile.ZipInfo]:
    """Return what an archive says of each file in it, in the order of the archive.

    Nothing of the files themselves is read. What ``zipfile`` would need memory for without end,
    a list of millions of names, is refused before it is asked.

    Parameters
    ----------
    most
        How many files there may be at most.

    Raises
    ------
    ListingError
        It is no zip archive, or holds too many files, one twice, or one that is encrypted.
    OSError
        The file cannot be read.
    """
    _require_short_list(path, most)
    try:
        with zipfile.ZipFile(path) as archive:
            files = archive.infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError) as error:
        raise ListingError(f"it is cut off or no zip archive ({error})") from error
    names = [file.filename for file in files]
    if len(files) > most:
        raise ListingError(f"it holds {len(files)} files where there can be {most} at most")
    if len(set(names)) < len(names):
        raise ListingError("it holds two files of one name")
    for file in files:
        if file.flag_bits & 0x1:
            raise ListingError(f"{_shown(file.filename)} in it is encrypted")
    return files


def require_plain_arrays(path: Path, most: int = 20_000) -> None:
    """Find out whether an ``.npz`` archive holds its arrays as they are, as NumPy writes them.

    Reading it then takes no more memory than the file has bytes.

    Raises
    ------
    ListingError
        It is none, or it holds compressed arrays, or bytes that belong to several.
    OSError
        The file cannot be read.
    """
    files = read_listing(path, most)
    if any(file.compress_type != zipfile.ZIP_STORED for file in files):
        raise ListingError("its arrays are compressed, which aegui does not do")
    if sum(file.file_size for file in files) > path.stat().st_size:
        raise ListingError("its arrays would be larger than the file is")


def require_known(files: Sequence[zipfile.ZipInfo], known: Sequence[str]) -> None:
    """Find out whether an archive holds files of these names and nothing else.

    A known name is a single one: what would leave the folder, or is a folder or a link, is none.

    Raises
    ------
    ListingError
        The message has the first name that is not known.
    """
    for file in files:
        if file.filename not in known:
            raise ListingError(f"{_shown(file.filename)} in it is no file of a run")
        # The upper half is what Unix says of a file; archives of other systems leave it empty.
        if (file.external_attr >> 16) & 0o170000 not in (0, 0o100000):
            raise ListingError(f"{file.filename} in it is no plain file but a link or the like")
        if file.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ListingError(f"{file.filename} in it is packed in a way that aegui does not use")


def _require_short_list(path: Path, most: int) -> None:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        tail = file.read(_TAIL)
    place = tail.rfind(_END)
    if place < 0 or len(tail) - place < _END_RECORD.size:
        raise ListingError("it is cut off or no zip archive")
    if tail[:place][-_LOCATOR_BYTES:].startswith(_LOCATOR):
        raise ListingError("it is of the kind for more than 4 GB")
    _, _, _, _, count, length, _, _ = _END_RECORD.unpack_from(tail, place)
    if count > most or length > most * _MOST_BYTES_EACH:
        raise ListingError(f"it holds {count} files where there can be {most} at most")


def _shown(name: str) -> str:
    """Return a stranger's name so that it can stand in a sentence: short, and on one line."""
    return repr(name if len(name) <= 60 else f"{name[:57]}…")
