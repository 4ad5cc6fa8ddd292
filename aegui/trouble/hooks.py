"""Exceptions that nobody caught, on any thread and in any slot of Qt: into the log, and told."""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from aegui.sentences import first_line

logger = logging.getLogger(__name__)

_Traceback = TracebackType | None


class Hooks:
    """Python's hooks for what nobody caught, while they are installed.

    ``tell`` gets a sentence, on whichever thread it happened. What happens again at the same
    place, as at every repaint, is told and written down in full only once.
    """

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._told: set[tuple[type[BaseException], str, int]] = set()

    def install(self) -> None:
        """Take what nobody catches from now on. PySide6 hands on what a slot raises."""
        sys.excepthook = self._take
        threading.excepthook = self._take_of_thread
        sys.unraisablehook = self._take_unraisable

    def remove(self) -> None:
        """Put Python's own hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__

    def _take(self, kind: type[BaseException], error: BaseException, where: _Traceback) -> None:
        if not issubclass(kind, Exception):
            # Ctrl-C in the terminal, not a mistake.
            sys.__excepthook__(kind, error, where)
            return
        place = (kind, *_last_place(where))
        if place in self._told:
            logger.error("once more: %s: %s", kind.__name__, first_line(error))
            return
        self._told.add(place)
        logger.error("nobody caught this", exc_info=(kind, error, where))
        self._tell(f"aegui did not foresee this: {first_line(error)}")

    def _take_of_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None and caught.exc_type is not SystemExit:
            self._take(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def _take_unraisable(self, caught: "sys.UnraisableHookArgs") -> None:
        if caught.exc_value is not None:
            self._take(caught.exc_type, caught.exc_value, caught.exc_traceback)


def _last_place(where: _Traceback) -> tuple[str, int]:
    if where is None:
        return "", 0
    while where.tb_next is not None:
        where = where.tb_next
    return where.tb_frame.f_code.co_filename, where.tb_lineno
