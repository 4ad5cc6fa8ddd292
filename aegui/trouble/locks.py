"""Files that one program at a time can have."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

if sys.platform == "win32":
    import msvcrt

    # Beyond all that is written: on Windows what is locked can be read by nobody else.
    _PLACE = 2**30

    def _lock(file: TextIO) -> None:
        file.seek(_PLACE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            # As elsewhere: Windows does not tell this from other reasons.
            raise BlockingIOError from error
        file.seek(0)

else:
    import fcntl

    def _lock(file: TextIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def open_alone(path: Path) -> TextIO | None:
    """Open a file for reading and writing, made if it is not there, at its beginning.

    The system gives it back when the program ends, however that comes.

    Returns
    -------
    The file, or None while another program has it.

    Raises
    ------
    OSError
        It cannot be written, or is where no file can be locked.
    """
    file = path.open("a+", encoding="utf-8", errors="replace")
    try:
        _lock(file)
    except OSError as error:
        file.close()
        if isinstance(error, BlockingIOError):
            return None
        raise
    file.seek(0)
    if not _is_still_there(file, path):
        # Its last holder took it away after it was opened here.
        file.close()
        return open_alone(path)
    return file


def remove_alone(file: TextIO, path: Path) -> None:
    """Close and remove a file that this program has alone; one that cannot be removed is emptied.

    What is empty counts as removed.
    """
    file.truncate(0)
    if sys.platform == "win32":
        # There no file is removed that is open. Elsewhere another would take it when it is closed.
        file.close()
    with suppress(OSError):
        path.unlink()
    file.close()


def _is_still_there(file: TextIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
