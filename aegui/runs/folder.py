"""A run's folder: the names in it, written whole or not at all."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from aegui.sentences import first_line

EXPERIMENT = "experiment.json"
STATUS = "run.json"
ABOUT = "about.json"
HISTORY = "history.csv"
EVENTS = "events.csv"
FRAMES = "frames.npz"
STATE = "state.npz"
WEIGHTS = "weights.npz"
ERRORS = "errors.npy"
MODEL = "model.keras"
RESULT = "result.json"
BASELINES = "baselines.json"
SWEEP = "sweep.json"
TEST_ROWS = "test_rows.npz"
DATA, DATA_FOLDER = "data_file", "data"

_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class RunError(Exception):
    """A run that cannot be kept or read; the message names the file, the reason and the remedy."""


class _Write(Protocol):
    def __call__(self, file: BinaryIO, /) -> None: ...


def replace_file(path: Path, write: _Write) -> None:
    """Write a file beside ``path`` and rename it, so that a reader never sees half of it.

    When this returns, the file outlives a power cut too. When it raises, ``path`` is as it was,
    and what was written beside it is gone: on a full disk it would be in the way.
    """
    # Two programs may write the same file; each has a part of its own.
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def replace_text(path: Path, text: str) -> None:
    """Write a text file whole; see ``replace_file``."""
    replace_file(path, lambda file: _write_text(file, text))


def place_file(path: Path, write: Callable[[Path], None]) -> None:
    """Do the same as ``replace_file`` with a writer that opens its file itself.

    The writer is given a path that ends as ``path`` does, since Keras looks at that.
    """
    beside = path.with_name(f"{os.getpid()}.part.{path.name}")
    try:
        write(beside)
        flush_file(beside)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_file(path: Path) -> None:
    """Return when what was written to a file is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def flush_folder(path: Path) -> None:
    """Return when the names in a folder are on the disk, where the system can tell."""
    if os.name != "posix":
        return
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def remove_parts(folder: Path) -> None:
    """Remove what a killed program was writing beside a run's files."""
    for path in [*folder.glob("*.part"), *folder.glob("*.part.*")]:
        path.unlink(missing_ok=True)


def cannot_write(path: Path, error: OSError) -> RunError:
    """Return the sentence for a place that cannot be written."""
    why = error.strerror or str(error)
    remedy = "Free some space or choose another place."
    if error.errno in _READ_ONLY:
        remedy = "It can be read only: choose another place, or ask for the right to write there."
    elif error.errno in _FULL:
        remedy = "Free some space on that disk, or choose another place."
    return RunError(f"{path} cannot be written ({why}). {remedy}")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn an ``OSError`` of what is done inside into the sentence of ``cannot_write``."""
    try:
        yield
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_read(path: Path, error: OSError) -> RunError:
    """Return the sentence for a place that cannot be read."""
    return RunError(f"{path} cannot be read ({error.strerror or error}).")


def damaged(path: Path, error: Exception, what: str) -> RunError:
    """Return the sentence for a file that makes no sense; ``what`` says what it is for."""
    return RunError(
        f"{path} is damaged: it is cut off or not what aegui writes ({first_line(error)}). {what}"
    )


def _write_text(file: BinaryIO, text: str) -> None:
    file.write(text.encode("utf-8"))
