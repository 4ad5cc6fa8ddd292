"""An ``.aegui`` file, which may be anybody's, as a run of the library."""

import os
import shutil
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aegui.runs.about import read_about
from aegui.runs.baselines import read_baselines
from aegui.runs.bundle_limits import MB, MOST_BYTES, MOST_BYTES_IN_ALL
from aegui.runs.folder import (
    DATA,
    DATA_FOLDER,
    EXPERIMENT,
    FRAMES,
    MODEL,
    RESULT,
    STATE,
    STATUS,
    TEST_ROWS,
    WEIGHTS,
    RunError,
    cannot_read,
    flush_file,
    writing,
)
from aegui.runs.kept_rows import read_test_rows
from aegui.runs.listings import ListingError, read_listing, require_known, require_plain_arrays
from aegui.runs.making import NEW, name_folder
from aegui.runs.own_file import place_own_file, require_own_file
from aegui.runs.reader import StoredRun, read_run
from aegui.sentences import first_line
from aegui.specs import FileSpec

# Weights and losses shrink by a tenth, empty borders of digits by more; a bomb by a thousand.
_MOST_TIMES_SMALLER = 100
_CHUNK = MB
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError)


def unpack_run(path: Path, root: Path) -> Path:
    """Put the run of a bundle into the library ``root`` and return its folder.

    The file may be anybody's: names and sizes are checked before it is unpacked, and all that is
    in it before the library shows it; what fails leaves nothing behind. A run that is in the
    library already is not put there twice.

    Raises
    ------
    RunError
        The file cannot be read, is damaged, or is no bundle, or the library cannot be written.
        The message names the file.
    """
    try:
        files = read_listing(path, len(MOST_BYTES))
        require_known(files, tuple(MOST_BYTES))
        _require_sizes(files, path.stat().st_size)
    except ListingError as error:
        raise _refused(path, error) from error
    except OSError as error:
        raise cannot_read(path, error) from error
    making = root / f"{NEW}{os.getpid()}-{time.monotonic_ns()}"
    try:
        with writing(root):
            making.mkdir(parents=True)
            _unpack(path, [file.filename for file in files], making)
            run = _checked(path, making)
            return _twin(root, making) or name_folder(making, root, run.card.experiment)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _require_sizes(files: list[zipfile.ZipInfo], packed: int) -> None:
    for file in files:
        if file.file_size > MOST_BYTES[file.filename]:
            most = MOST_BYTES[file.filename] // MB
            raise ListingError(f"{file.filename} in it would be larger than {most} MB")
    total = sum(file.file_size for file in files)
    if total > min(MOST_BYTES_IN_ALL, _MOST_TIMES_SMALLER * packed + MB):
        raise ListingError(
            f"unpacked it would be {total / MB:.0f} MB, far more than a run of its size"
        )


def _unpack(path: Path, names: list[str], folder: Path) -> None:
    """Write the files of a bundle, but for Keras' own.

    That one alone could carry code, which no reader of aegui would need: the weights stand
    beside it, and a new one is made from them where somebody asks for it.
    """
    with _told(path), zipfile.ZipFile(path) as archive:
        for name in names:
            if name == MODEL:
                continue
            # ``zipfile`` gives no more bytes than the listing has, which was checked.
            with archive.open(name) as source, (folder / name).open("xb") as target:
                shutil.copyfileobj(source, target, _CHUNK)
            flush_file(folder / name)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        # Its own folder was just made: it is the bundle that has gone.
        raise cannot_read(path, error) from error
    except _UNREADABLE as error:
        raise _refused(path, ListingError(f"it is cut off or damaged ({error})")) from error


def _checked(path: Path, folder: Path) -> StoredRun:
    """Read all of an unpacked run; what is merely told of one's own is refused of a stranger's."""
    try:
        return _read_all(folder)
    except RunError as error:
        # The folder is going to be removed: what it holds is in the bundle.
        raise RunError(str(error).replace(str(folder), str(path))) from error


def _read_all(folder: Path) -> StoredRun:
    for name in (STATE, WEIGHTS, FRAMES, TEST_ROWS):
        if (folder / name).exists():
            _require_plain(folder / name)
    run = read_run(folder)
    read_about(folder)
    read_baselines(folder)
    spec = run.card.experiment.dataset
    if isinstance(spec, FileSpec) and (folder / TEST_ROWS).exists():
        read_test_rows(folder / TEST_ROWS, spec)
    if (folder / DATA).exists():
        if not isinstance(spec, FileSpec):
            raise RunError(f"{folder / DATA} is a file that the run was not trained on.")
        require_own_file(spec, folder / DATA)
        place_own_file(folder, spec)
    if run.warning:
        raise RunError(run.warning)
    return run


def _require_plain(path: Path) -> None:
    try:
        require_plain_arrays(path)
    except ListingError as error:
        raise RunError(f"{path} is damaged: {error}.") from error


def _twin(root: Path, folder: Path) -> Path | None:
    """Return the same run's folder in the library, if it is there."""
    telling = [(name, (folder / name).read_bytes()) for name in (STATUS, EXPERIMENT, RESULT)]
    for other in root.iterdir():
        has_less = any(
            (folder / name).exists() and not (other / name).exists()
            for name in (STATE, DATA_FOLDER)
        )
        if other.name.startswith(".") or has_less:
            continue
        if all(_bytes(other / name) == contents for name, contents in telling):
            return other
    return None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        # Another run's damage is no matter here; it cannot be the same run.
        return None


def _refused(path: Path, error: Exception) -> RunError:
    return RunError(f"{path} is no run that aegui has packed: {first_line(error)}.")
