"""One program at a time works at a sweep."""

import logging
from pathlib import Path

from aegui.runs import RunError
from aegui.runs.claims import alone
from aegui.runs.documents import read_document
from aegui.runs.folder import replace_text, writing
from aegui.runs.status import RunStatus, is_at_work, open_folders

logger = logging.getLogger(__name__)

_OWNER = "owner.json"


class Claim:
    """A sweep's folder as somebody's: a file in it says whose, as that of a run does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._is_held = False

    @property
    def is_taken(self) -> bool:
        """Whether a process that lives works at the sweep, this one or another."""
        path = self._folder / _OWNER
        try:
            return path.exists() and is_at_work(self._folder, read_document(path, RunStatus))
        except RunError:
            # Of an older aegui, which is gone, or cut off: nobody could go on with it otherwise.
            return False

    def take(self) -> None:
        """Say that this process works at the sweep; do nothing if this claim is held already.

        Raises
        ------
        RunError
            Another one does, or the folder cannot be written.
        """
        if self._is_held:
            return
        with writing(self._folder), alone(self._folder):
            if self.is_taken:
                raise RunError(f"Another aegui is working at the sweep in {self._folder}.")
            replace_text(self._folder / _OWNER, RunStatus.now().model_dump_json())
            open_folders.add(self._folder)
            self._is_held = True

    def let_go(self) -> None:
        """Say that nobody works at the sweep any more; one that is not held stays another's."""
        if not self._is_held:
            return
        self._is_held = False
        open_folders.remove(self._folder)
        try:
            (self._folder / _OWNER).unlink(missing_ok=True)
        except OSError as error:
            # To others the sweep is this process's until it ends.
            logger.warning("%s stays: %s", self._folder / _OWNER, error)
