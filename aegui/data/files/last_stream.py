"""The rows at hand of the last file that was streamed: to find them takes as long as reading it."""

import threading
from pathlib import Path

from aegui.data.files.digest import Stamp, stamp
from aegui.data.files.preparing import Prepared
from aegui.specs import FileSpec


class _LastStream:
    """What was prepared for one spec, as long as its file is what it was."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[FileSpec, Stamp, Prepared] | None = None

    def remember(self, spec: FileSpec, prepared: Prepared, found: Stamp) -> None:
        """Keep what was prepared of a file that had a stamp then."""
        with self._lock:
            self._known = (spec, found, prepared)

    def recall(self, spec: FileSpec) -> Prepared | None:
        """Return what was prepared; None where the file is another. Raises ``DataError``."""
        with self._lock:
            if self._known is None or self._known[0] != spec:
                return None
            return self._known[2] if self._known[1] == stamp(Path(spec.path)) else None


last_stream = _LastStream()
