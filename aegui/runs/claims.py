"""One program at a time goes on with an interrupted run."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aegui.runs.documents import read_document
from aegui.runs.folder import RESULT, STATUS, RunError, replace_text
from aegui.runs.status import RunStatus, is_at_work

_CLAIM = "claim"
# A claim is made in some milliseconds; an older one was left by a program that was killed.
_STALE_SECONDS = 10.0


def claim(folder: Path) -> None:
    """Write into an interrupted run's folder that this process goes on with it.

    Raises
    ------
    RunError
        Somebody else trains the run, or it has come to its end meanwhile.
    OSError
        The folder cannot be written.
    """
    with _alone(folder):
        status = read_document(folder / STATUS, RunStatus)
        if is_at_work(folder, status):
            raise RunError(f"{folder} is being trained now, in this aegui or in another one.")
        if (folder / RESULT).exists():
            raise RunError(f"{folder} holds a run that came to its end.")
        replace_text(folder / STATUS, status.going_on().model_dump_json(indent=2))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    path = folder / _CLAIM
    if path.exists() and time.time() - path.stat().st_mtime > _STALE_SECONDS:
        path.unlink(missing_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError as error:
        raise RunError(f"{folder} is just being continued by another aegui.") from error
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
