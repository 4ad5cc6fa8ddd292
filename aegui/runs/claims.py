"""One program at a time goes on with an interrupted run."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aegui.records import Continuation
from aegui.runs.archives import UNREADABLE, read_place
from aegui.runs.documents import read_document
from aegui.runs.folder import RESULT, STATE, STATUS, RunError, damaged, replace_text
from aegui.runs.status import RunStatus, is_at_work

_CLAIM = "claim"
# A claim is made in some milliseconds; an older one was left by a program that was killed.
_STALE_SECONDS = 10.0


def claim(folder: Path, start: Continuation | None) -> None:
    """Write into an interrupted run's folder that this process goes on with it, from ``start``.

    Raises
    ------
    RunError
        Somebody else trains the run, or it has gone on or come to its end meanwhile.
    OSError
        The folder cannot be written.
    """
    with alone(folder):
        status = read_document(folder / STATUS, RunStatus)
        if is_at_work(folder, status):
            raise RunError(f"{folder} is being trained now, in this aegui or in another one.")
        if (folder / RESULT).exists():
            raise RunError(f"{folder} holds a run that came to its end.")
        _require_newest(folder / STATE, start)
        replace_text(folder / STATUS, status.going_on().model_dump_json(indent=2))


def _require_newest(path: Path, start: Continuation | None) -> None:
    """Refuse to go on from an older state than that of the folder: its epochs would be lost."""
    try:
        there = read_place(path) if path.exists() else None
    except UNREADABLE as error:
        raise damaged(path, error, "The run cannot go on.") from error
    if there != ((start.state.epoch, start.state.step) if start else None):
        raise RunError(f"{path.parent} has gone on meanwhile, in another aegui. Continue it again.")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other programs from claiming a folder for as long as it takes to look and to claim it.

    Raises
    ------
    RunError
        Another program is just doing that.
    """
    path = folder / _CLAIM
    if _age(path) > _STALE_SECONDS:
        path.unlink(missing_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError as error:
        raise RunError(f"{folder} is just being continued by another aegui.") from error
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
