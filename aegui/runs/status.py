"""What a run's folder says of it from its start on, and who works in it."""

import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import psutil
from pydantic import BaseModel, ConfigDict

# A process's start is known to a hundredth of a second; clocks are set by more than that.
_CLOCK_SECONDS = 2.0


class RunStatus(BaseModel):
    """Who trains the run and since when; ``result.json`` tells that it has ended.

    ``created`` is when the run began, ``continued`` when it last went on after an interruption.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    status: Literal["running"] = "running"
    pid: int
    created: datetime
    continued: datetime | None = None

    @classmethod
    def now(cls) -> "RunStatus":
        """Return the status of a run that this process starts now."""
        return cls(pid=os.getpid(), created=datetime.now(UTC))

    def going_on(self) -> "RunStatus":
        """Return the status of the same run once this process goes on with it."""
        return self.model_copy(update={"pid": os.getpid(), "continued": datetime.now(UTC)})


class _OpenFolders:
    """The folders in which writers of this very process are at work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folders: set[Path] = set()

    def add(self, folder: Path) -> None:
        with self._lock:
            self._folders.add(folder.resolve())

    def remove(self, folder: Path) -> None:
        with self._lock:
            self._folders.discard(folder.resolve())

    def __contains__(self, folder: Path) -> bool:
        with self._lock:
            return folder.resolve() in self._folders


open_folders = _OpenFolders()


def is_at_work(folder: Path, status: RunStatus) -> bool:
    """Tell whether somebody is training the run in a folder: this process, or another one.

    A process of the same number that was started after the run is another one: numbers are used
    again.
    """
    if status.pid == os.getpid():
        return folder in open_folders
    try:
        process = psutil.Process(status.pid)
        began, is_dead = process.create_time(), process.status() == psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
    since = status.continued or status.created
    return not is_dead and bool(began <= since.timestamp() + _CLOCK_SECONDS)
