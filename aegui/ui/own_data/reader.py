"""Files read off the GUI thread, again when something else is chosen about them."""

import math
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from aegui.data import DataError
from aegui.data.files import (
    Choices,
    Opened,
    ReadingStoppedError,
    Report,
    Watch,
    arrays_in,
    first_rows,
    open_file,
    propose,
    report_on,
)
from aegui.specs import FileSpec, TextFormat
from aegui.ui.workers.tasks import TaskThread

_KEY = "own data"


@dataclass(frozen=True, eq=False)
class Found:
    """What a file holds under some choices: its report, and its first rows as texts.

    ``choices`` are those made, and what was found fit for the others. ``arrays`` are those of an
    archive. ``spec`` is what can be learned of it all; None where nothing can, for a reason:
    ``trouble``.
    """

    opened: Opened
    arrays: tuple[str, ...]
    report: Report
    names: list[str]
    rows: list[list[str]]
    choices: Choices
    spec: FileSpec | None
    trouble: str = ""


class Reader(QObject):
    """Reads one file at a time; the newest wish counts, and calls an older one off."""

    told = Signal(str, float)
    """What is done, and how far it is, from 0 to 1."""
    found = Signal(Found)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = TaskThread(self)
        self._stop = Event()
        self._opened: tuple[Path, Choices, Opened] | None = None

    def read(self, path: Path, choices: Choices) -> None:
        """Find out what a file holds, and what can be learned of it under some choices."""
        self._stop.set()
        stop = self._stop = Event()
        watch = Watch(told=self.told.emit, goes_on=lambda: not stop.is_set())
        self._tasks.submit(
            _KEY, lambda: self._find(path, choices, watch), self._report, self.failed.emit
        )

    def stop(self) -> None:
        """Call off what is read; nothing is told of it."""
        self._stop.set()
        self._tasks.forget(_KEY)

    def close(self) -> None:
        """Call off what is read, and end the thread."""
        self.stop()
        self._tasks.close()
        self._opened = None

    def _find(self, path: Path, choices: Choices, watch: Watch) -> Found | None:
        """Read on the thread; return None where it was called off."""
        shapes = arrays_in(path) if path.suffix.lower() == ".npz" else {}
        if choices.array is None:
            choices = replace(choices, array=_largest(shapes))
        try:
            opened = self._open(path, choices, watch)
        except ReadingStoppedError:
            return None
        spec, trouble = None, ""
        try:
            spec = propose(opened, choices)
        except DataError as error:
            trouble = str(error)
        report = report_on(opened)
        names, rows = first_rows(opened.contents)
        fit = _found_fit(choices, report, opened)
        if spec is not None:
            # Rows that were left out may be wanted once gaps are filled.
            fit = replace(Choices.of(spec), rows=choices.rows)
        return Found(opened, tuple(shapes), report, names, rows, fit, spec, trouble)

    def _open(self, path: Path, choices: Choices, watch: Watch) -> Opened:
        """Read a file, unless the last one was read in the same way."""
        if self._opened is not None:
            last, under, opened = self._opened
            if last == path and _reading(under) == _reading(choices):
                return opened
        # Two files at once might not fit into memory.
        self._opened = None
        opened = open_file(path, choices, watch)
        self._opened = (path, choices, opened)
        return opened

    def _report(self, found: Found | None) -> None:
        if found is not None:
            self.found.emit(found)


def _largest(shapes: dict[str, tuple[int, ...]]) -> str | None:
    """Return the array with the most numbers, or None where Keras' names tell which one it is."""
    if not shapes or {"x_train", "x_test"} <= shapes.keys():
        return None
    return max(shapes, key=lambda name: math.prod(shapes[name]))


def _found_fit(choices: Choices, report: Report, opened: Opened) -> Choices:
    """Return choices that nothing can be learned under, with what was found of the others."""
    numbers = tuple(c.name for c in report.columns if c.kind == "number" and not c.is_constant)
    form = opened.format
    if isinstance(form, TextFormat):
        choices = replace(choices, delimiter=form.delimiter, header=form.header)
    return replace(choices, columns=numbers if choices.columns is None else choices.columns)


def _reading(choices: Choices) -> tuple[object, ...]:
    """Return what of the choices decides how a file is read."""
    form = (choices.delimiter, choices.encoding, choices.header, choices.array)
    return (*form, choices.colour, choices.size, choices.label if choices.array else None)
