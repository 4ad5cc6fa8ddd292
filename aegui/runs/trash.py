"""Deleting runs so that it can be undone: they wait in a folder beside the others."""

import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from aegui.runs.documents import read_document
from aegui.runs.folder import RESULT, STATUS, RunError, cannot_write
from aegui.runs.status import RunStatus, is_at_work
from aegui.runs.writer import NEW

_TRASH = ".trash"


@dataclass(frozen=True)
class Deleted:
    """Runs that were deleted together: where each was and where it waits; ``errors`` of others."""

    moved: tuple[tuple[Path, Path], ...]
    errors: tuple[RunError, ...] = ()


def delete_runs(root: Path, folders: list[Path]) -> Deleted:
    """Move runs into the trash of the library ``root``; one that cannot be moved stays.

    A run that is being trained is not deleted.
    """
    trash = root / _TRASH / f"{os.getpid()}-{time.monotonic_ns()}"
    moved, errors = [], []
    for number, folder in enumerate(folders):
        # Trials of several sweeps may have the same name.
        place = trash / str(number) / folder.name
        try:
            _require_rest(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(place)
        except RunError as error:
            errors.append(error)
        except FileNotFoundError:
            errors.append(RunError(f"{folder} is gone; another aegui may have deleted it."))
        except OSError as error:
            errors.append(cannot_write(folder, error))
        else:
            moved.append((folder, place))
    return Deleted(tuple(moved), tuple(errors))


def restore_runs(deleted: Deleted) -> None:
    """Put deleted runs back where they were.

    Raises
    ------
    RunError
        One of them cannot be put back; the message says where it is. The others are back.
    """
    problems = []
    for folder, place in deleted.moved:
        try:
            if folder.exists():
                raise FileExistsError(0, "something else has its name")
            folder.parent.mkdir(parents=True, exist_ok=True)
            place.rename(folder)
        except OSError as error:
            why = error.strerror or str(error)
            problems.append(f"{folder} cannot be put back ({why}); the run is in {place}.")
    if problems:
        raise RunError(" ".join(problems))


def empty_trash(root: Path, *, at_end: bool) -> None:
    """Remove for good what this process deleted, ``at_end``, and what killed ones left behind.

    What another running aegui deleted can still be wanted back there. A library that cannot be
    written keeps its trash.
    """
    for folder in [*(root / _TRASH).glob("*-*"), *root.glob(f"{NEW}*-*")]:
        owner = folder.name.removeprefix(NEW).partition("-")[0]
        is_own = owner == str(os.getpid())
        if owner.isdigit() and (at_end if is_own else not psutil.pid_exists(int(owner))):
            shutil.rmtree(folder, ignore_errors=True)


def _require_rest(folder: Path) -> None:
    if (folder / RESULT).exists() or not (folder / STATUS).exists():
        return
    if is_at_work(folder, read_document(folder / STATUS, RunStatus)):
        raise RunError(f"{folder} is being trained now; stop the run first.")
