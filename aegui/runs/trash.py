"""Deleting runs so that it can be undone: they wait in a folder beside the others."""

import logging
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from aegui.runs.documents import read_document
from aegui.runs.folder import RESULT, STATUS, RunError, cannot_write
from aegui.runs.making import NEW
from aegui.runs.status import RunStatus, is_at_work

logger = logging.getLogger(__name__)

_TRASH = ".trash"
# Before the name of what somebody wants back; a process's number comes first in all others.
_WANTED = "wanted-"


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


def restore_runs(deleted: Deleted) -> Deleted:
    """Put deleted runs back where they were, and return those that could not be, with why.

    Those stay in the trash, out of reach of ``empty_trash`` from then on: somebody wants them.
    """
    stuck, errors = [], []
    for folder, place in _kept_from_emptying(deleted.moved):
        if not place.exists():
            errors.append(RunError(f"{folder} cannot be put back: it is gone from the trash."))
            continue
        try:
            if folder.exists():
                raise FileExistsError(0, "something else has its name")
            folder.parent.mkdir(parents=True, exist_ok=True)
            place.rename(folder)
        except OSError as error:
            why = error.strerror or str(error)
            stuck.append((folder, place))
            errors.append(RunError(f"{folder} cannot be put back ({why}); the run is in {place}."))
        else:
            _remove_if_empty(place.parent, place.parent.parent)
    return Deleted(tuple(stuck), tuple(errors))


def _kept_from_emptying(moved: Sequence[tuple[Path, Path]]) -> list[tuple[Path, Path]]:
    """Rename the folder in which runs wait, and return where each was and where it is now."""
    kept = []
    for folder, place in moved:
        batch = place.parent.parent
        wanted = batch.with_name(_WANTED + batch.name.removeprefix(_WANTED))
        try:
            batch.rename(wanted)
        except OSError as error:
            # Renamed with the run before, or in a place where nothing can be removed either.
            logger.debug("%s keeps its name: %s", batch, error)
        there = wanted / place.relative_to(batch)
        kept.append((folder, there if there.exists() else place))
    return kept


def _remove_if_empty(*folders: Path) -> None:
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)


def empty_trash(root: Path, *, at_end: bool) -> None:
    """Remove for good what this process deleted, ``at_end``, and what killed ones left behind.

    What somebody wanted back and could not have stays, and so does what another running aegui
    deleted: it can still be wanted back there. A library that cannot be written keeps its trash.
    """
    for folder in [*(root / _TRASH).glob("*-*"), *root.glob(f"{NEW}*-*")]:
        owner = folder.name.removeprefix(NEW).partition("-")[0]
        is_own = owner == str(os.getpid())
        if owner.isdigit() and (at_end if is_own else not psutil.pid_exists(int(owner))):
            shutil.rmtree(folder, ignore_errors=True)


def _require_rest(folder: Path) -> None:
    if (folder / RESULT).exists() or not (folder / STATUS).exists():
        return
    try:
        status = read_document(folder / STATUS, RunStatus)
    except RunError as error:
        # Who trains a run has written it whole: of a damaged one nobody goes on.
        logger.info("%s is deleted although %s", folder, error)
        return
    if is_at_work(folder, status):
        raise RunError(f"{folder} is being trained now; stop the run first.")
