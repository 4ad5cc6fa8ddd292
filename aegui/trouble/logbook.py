"""A log on the disk, and what is left of a program that crashed."""

import faulthandler
import logging
import platform
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from aegui import __version__
from aegui.trouble.locks import open_alone, remove_alone

logger = logging.getLogger(__name__)

_MOST_PROGRAMS = 16
_MOST_BYTES, _OLDER_FILES = 500_000, 2
_MOST_CRASH_CHARACTERS = 60_000
_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


class Logbook:
    """The log of this program while it runs; ``close`` it at an orderly end.

    Each program of several at once has files of its own: ``aegui.log``, ``aegui-2.log`` and so
    on. The file for a crash, ``aegui.crash``, is held as long as the program lives, and removed
    when it ends in good order. One that nobody holds and that is not empty tells of a crash.

    Attributes
    ----------
    path
        The log's file; None where none can be written.
    last_crash
        What programs left that crashed since the last start; empty if none did.
    """

    def __init__(self) -> None:
        self.path: Path | None = None
        self.last_crash = ""
        self._crash: TextIO | None = None
        self._crash_path = Path()
        self._handlers: list[logging.Handler] = []

    def open(self, folder: Path) -> None:
        """Begin to write into a folder; where that cannot be done, standard error is all."""
        self._add(logging.lastResort)
        logging.getLogger("aegui").setLevel(logging.INFO)
        # A place that nobody can write to keeps nobody from starting.
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._take_files(folder)
        except OSError as error:
            logger.warning("There is no log (%s).", error)
        logger.info("aegui %s starts on Python %s", __version__, platform.python_version())
        if self.last_crash:
            logger.info("aegui ended unexpectedly last time:\n%s", self.last_crash)

    def leave(self, sentence: str) -> None:
        """Keep why the program breaks off, and where it was, for the next start to tell."""
        logger.critical(sentence)
        if self._crash is not None:
            self._crash.write(f"{sentence}\n")
            self._crash.flush()
            faulthandler.dump_traceback(self._crash)

    def close(self) -> None:
        """End in good order: no crash is told at the next start."""
        if self._crash is not None:
            faulthandler.disable()
            remove_alone(self._crash, self._crash_path)
            self._crash = None
        for handler in self._handlers:
            logging.getLogger().removeHandler(handler)
            handler.close()
        self._handlers.clear()
        logging.getLogger("aegui").setLevel(logging.NOTSET)

    def _take_files(self, folder: Path) -> None:
        """Take the first files that no other program holds, and what crashed ones left."""
        for number in range(1, _MOST_PROGRAMS + 1):
            stem = "aegui" if number == 1 else f"aegui-{number}"
            path = folder / f"{stem}.crash"
            if self._crash is not None and not path.exists():
                continue
            file = open_alone(path)
            if file is None:
                continue
            self._take_crash(file)
            if self._crash is None:
                self._crash, self._crash_path = file, path
                self._write_to(folder / f"{stem}.log")
            else:
                remove_alone(file, path)

    def _write_to(self, path: Path) -> None:
        if self._crash is not None:
            faulthandler.enable(self._crash)
        handler = _File(path, maxBytes=_MOST_BYTES, backupCount=_OLDER_FILES, encoding="utf-8")
        handler.setFormatter(logging.Formatter(_FORMAT))
        self._add(handler)
        self.path = path

    def _take_crash(self, file: TextIO) -> None:
        self.last_crash += file.read(_MOST_CRASH_CHARACTERS).strip()
        file.seek(0)
        file.truncate()

    def _add(self, handler: logging.Handler | None) -> None:
        if handler is not None:
            logging.getLogger().addHandler(handler)
            self._handlers.append(handler)


class _File(RotatingFileHandler):
    """A file that may be on a full disk: what is told also goes to standard error anyway."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Leave out what cannot be written, instead of a traceback for every line."""
