"""Pictures in a folder or a zip, read by pillow."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from aegui.data.dataset import DataError
from aegui.data.files.contents import Block, TextColumn
from aegui.data.files.digest import PICTURES, cannot_be_read, pictures_in
from aegui.data.files.watch import Watch
from aegui.sentences import first_line
from aegui.specs import ImagesFormat
from aegui.specs.checks import MAX_VALUES

if TYPE_CHECKING:
    from PIL import Image

FOLDER = "folder"
"""The label of pictures: the name of the folder in which they lie."""

_LARGEST_SIDE = 4096
_LARGEST_FILE = 2**28
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)


@dataclass(frozen=True)
class _Pictures:
    """Names of pictures, with / between folders, and who opens one by its name."""

    names: list[str]
    read: Callable[[str], bytes]


def read_images(path: Path, format_: ImagesFormat, watch: Watch) -> Block:
    """Read a folder or zip of pictures, (pictures, height × width), 0 to 255.

    Pictures in colour are three planes beside each other, red, green, blue. Where the pictures
    lie in several folders, those are their classes.

    Raises
    ------
    DataError
        There are none, one cannot be read, or they differ in size and ``format_`` has none; the
        message names the picture.
    """
    with _opened(path) as pictures:
        if not pictures.names:
            endings = ", ".join(sorted(PICTURES))
            raise DataError(f"{path} holds no pictures. Accepted are files that end in {endings}.")
        values: NDArray[np.uint8] | None = None
        for place, name in enumerate(pictures.names):
            watch.step("Reading pictures", place / len(pictures.names))
            pixels = _pixels(path, name, pictures.read, format_)
            if values is None:
                _require_room(path, len(pictures.names), pixels.size)
                values = np.empty((len(pictures.names), *pixels.shape), np.uint8)
            elif pixels.shape != values.shape[1:]:
                raise _other_size(path, name, pixels, pictures.names[0], values[0], format_)
            values[place] = pixels
    if values is None:
        raise DataError(f"{path} holds no pictures.")
    shape = (values.shape[1], values.shape[2])
    return Block(
        values.reshape(len(values), -1), shape, _folders(pictures.names), _names(pictures.names)
    )


@contextmanager
def _opened(path: Path) -> Iterator[_Pictures]:
    try:
        if path.is_dir():
            names = [file.relative_to(path).as_posix() for file in pictures_in(path)]
            yield _Pictures(names, lambda name: (path / name).read_bytes())
            return
        with zipfile.ZipFile(path) as archive:
            yield _Pictures(
                sorted(filter(_is_picture, archive.namelist())),
                lambda name: _member(path, archive, name),
            )
    except OSError as error:
        raise cannot_be_read(path, error) from error
    except _ZIP_ERRORS as error:
        raise DataError(
            f"{path} is damaged ({first_line(error)}). Pack the pictures anew, or choose their "
            "folder."
        ) from error


def is_pictures_zip(path: Path) -> bool:
    """Whether there are pictures in a zip; raises ``DataError`` where it is damaged."""
    with _opened(path) as pictures:
        return bool(pictures.names)


def _is_picture(name: str) -> bool:
    place = PurePosixPath(name)
    is_hidden = any(part.startswith((".", "__MACOSX")) for part in place.parts)
    return place.suffix.lower() in PICTURES and not is_hidden


def _member(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    size = archive.getinfo(name).file_size
    if size > _LARGEST_FILE:
        raise DataError(f"{path}: {name} takes {size} bytes unpacked, more than any picture may.")
    return archive.read(name)


def _pixels(
    path: Path, name: str, read: Callable[[str], bytes], format_: ImagesFormat
) -> NDArray[np.uint8]:
    """Return a picture, (height, width) or with three planes beside each other."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(read(name))) as opened:
            _require_usual_size(path, name, opened)
            image = opened.convert("RGB" if format_.colour else "L")
    except FileNotFoundError as error:
        raise DataError(
            f"{path}: {name} vanished while the pictures were read. Read them again."
        ) from error
    except (OSError, ValueError, SyntaxError, OverflowError, Image.DecompressionBombError) as error:
        raise DataError(
            f"{path}: {name} cannot be read as a picture ({first_line(error)}). Take it out, or "
            "save it anew."
        ) from error
    if format_.size is not None:
        height, width = format_.size
        image = image.resize((width, height), Image.Resampling.BILINEAR)
    array: NDArray[Any] = np.asarray(image, np.uint8)
    return array.transpose(0, 2, 1).reshape(len(array), -1) if format_.colour else array


def _require_usual_size(path: Path, name: str, image: "Image.Image") -> None:
    if max(image.size) > _LARGEST_SIDE:
        width, height = image.size
        raise DataError(
            f"{path}: {name} is {width} × {height} pixels; no side may be longer than "
            f"{_LARGEST_SIDE}. Make it smaller, or take it out."
        )


def _require_room(path: Path, pictures: int, pixels: int) -> None:
    if pictures * pixels > MAX_VALUES:
        raise DataError(
            f"{path}: {pictures} pictures of {pixels} numbers need more than 4 GB. Take at most "
            f"{MAX_VALUES // pixels}, or make them smaller (--size)."
        )


def _other_size(
    path: Path,
    name: str,
    pixels: NDArray[np.uint8],
    first: str,
    other: NDArray[np.uint8],
    format_: ImagesFormat,
) -> DataError:
    planes = 3 if format_.colour else 1
    (high, wide), (height, width) = pixels.shape, other.shape
    return DataError(
        f"{path}: {name} is {wide // planes} × {high} pixels, and {first} {width // planes} × "
        f"{height}. Bring all to one size (--size {height}x{width // planes}), or take it out."
    )


def _folders(names: list[str]) -> TextColumn | None:
    folders = [PurePosixPath(name).parent.name for name in names]
    return _texts(FOLDER, folders) if len(set(folders)) > 1 else None


def _names(names: list[str]) -> TextColumn:
    return _texts("file", names)


def _texts(name: str, texts: list[str]) -> TextColumn:
    words, codes = np.unique(np.array(texts), return_inverse=True)
    return TextColumn(name, codes.astype(np.int32), tuple(words.tolist()))
