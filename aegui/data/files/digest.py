"""Which bytes a file has, so that it is known again."""

import hashlib
import threading
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from aegui.data.dataset import DataError
from aegui.data.files.watch import Watch

_PART = 4 * 2**20
# Bytes that take a moment to read: for fewer, nothing is to be gained.
_LARGE = 64 * 2**20

PICTURES = frozenset(
    (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".pgm", ".ppm")
)


@dataclass(frozen=True)
class Identity:
    """A file's bytes and their SHA-256; of a folder, those of its pictures with their names."""

    size: int
    sha256: str


Stamp = tuple[tuple[str, int, int], ...]


def cannot_be_read(path: Path, error: OSError) -> DataError:
    """Return the sentence for a file that the system does not hand out."""
    if isinstance(error, FileNotFoundError):
        return DataError(f"{path} is not there. Put it back, or choose the place where it is now.")
    return DataError(f"{path} cannot be read ({error.strerror or error}). Choose another file.")


def pictures_in(folder: Path) -> list[Path]:
    """Return the pictures below a folder, sorted by name; raises ``OSError``."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in PICTURES
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
    )


def stamp(path: Path) -> Stamp:
    """Return names, times in ns and sizes of what is read; raises ``DataError``."""
    try:
        # Asked once: the file may go between two questions.
        own = path.stat()
        is_folder = S_ISDIR(own.st_mode)
        if not (is_folder or S_ISREG(own.st_mode)):
            # A device or a pipe may have no end.
            raise DataError(f"{path} is neither a file nor a folder. Choose one of these.")
        stats = [(file, file.stat()) for file in pictures_in(path)] if is_folder else [(path, own)]
    except (OSError, ValueError) as error:
        # No file can have a name with a zero in it.
        why = error if isinstance(error, OSError) else OSError(str(error))
        raise cannot_be_read(path, why) from error
    return tuple((str(file), stat.st_mtime_ns, stat.st_size) for file, stat in stats)


class _LastIdentity:
    """That of the last large file: the same is asked for when it is trained on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[Path, Stamp, Identity] | None = None

    def remember(self, path: Path, found: Stamp, identity: Identity) -> None:
        if identity.size >= _LARGE:
            with self._lock:
                self._known = (path.absolute(), found, identity)

    def recall(self, path: Path, found: Stamp) -> Identity | None:
        with self._lock:
            if self._known is None or self._known[:2] != (path.absolute(), found):
                return None
            return self._known[2]


_last = _LastIdentity()


def identify(path: Path, watch: Watch) -> Identity:
    """Read a file's bytes, or those of a folder's pictures; a large file's once in a process.

    Raises
    ------
    DataError
        It is not there, or cannot be read.
    ReadingStoppedError
        The reading was called off.
    """
    files = stamp(path)
    known = _last.recall(path, files)
    if known is not None:
        return known
    whole = sum(size for _, _, size in files)
    digest, done = hashlib.sha256(), 0
    for name, _, size in files:
        if path.is_dir():
            digest.update(f"{Path(name).relative_to(path).as_posix()}\0{size}\0".encode())
        try:
            with Path(name).open("rb") as file:
                while part := file.read(_PART):
                    digest.update(part)
                    done += len(part)
                    watch.step("Reading", min(1.0, done / max(1, whole)))
        except OSError as error:
            raise cannot_be_read(Path(name), error) from error
    identity = Identity(done, digest.hexdigest())
    _last.remember(path, files, identity)
    return identity
