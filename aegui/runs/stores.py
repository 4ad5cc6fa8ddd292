"""Where a run is kept, and who keeps it there."""

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from aegui.records import Continuation
from aegui.runs.folder import STATUS, RunError, writing
from aegui.runs.writer import RunWriter
from aegui.specs import ExperimentSpec

# What a process may do need not be what the person who started it may.
_KNOWS_EFFECTIVE = os.access in os.supports_effective_ids


@dataclass(frozen=True)
class Interrupted:
    """Where a run is kept that goes on: the folder of the one that was interrupted."""

    folder: Path


Store = Path | Interrupted
"""Where a run is kept: a folder of its own below a path, or one that there is already."""


def require_store(store: Store | None) -> None:
    """Find out whether a run can be kept there, before anything is worked out for it.

    Raises
    ------
    RunError
        The place cannot be written, or is the folder of another run.
    """
    if store is None:
        return
    place = store.folder if isinstance(store, Interrupted) else store
    with writing(place):
        there = next(path for path in (place, *place.absolute().parents) if os.path.lexists(path))
        if not there.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(there, os.W_OK | os.X_OK, effective_ids=_KNOWS_EFFECTIVE):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if isinstance(store, Path) and (store / STATUS).exists():
            raise RunError(
                f"{store} is the folder of a run, and another one would take its place there. "
                f"Give the folder that runs are kept in, such as {store.parent}. To go on with "
                f"an interrupted run: aegui continue {store}"
            )


def open_writer(
    store: Store | None, experiment: ExperimentSpec, start: Continuation | None
) -> RunWriter | None:
    """Return who keeps a run, None where ``store`` is None; raises ``RunError``."""
    if store is None:
        return None
    require_store(store)
    if isinstance(store, Interrupted):
        return RunWriter.go_on(store.folder, start)
    return RunWriter.create(store, experiment, start)
