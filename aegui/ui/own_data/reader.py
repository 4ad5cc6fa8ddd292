"""Files read off the GUI thread, again when something else is chosen about them."""

import math
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from aegui.data import DataError
from aegui.data.files import (
    Choices,
    Opened,
    ReadingStoppedError,
    Report,
    Watch,
    arrays_in,
    find_format,
    first_rows,
    open_file,
    propose,
    report_on,
)
from aegui.specs import FileFormat, FileSpec, IdxFormat, NpzFormat, TextFormat
from aegui.ui.workers.abandoning import Ear, until_called_off
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


@dataclass(frozen=True)
class Unread:
    """Why a file cannot be read under some choices, and what to choose otherwise about it.

    ``format`` is None where it is that of no file that can be read.
    """

    why: str
    choices: Choices
    format: FileFormat | None
    arrays: tuple[str, ...]


class Reader(QObject):
    """Reads one file at a time; the newest wish counts, and calls an older one off."""

    told = Signal(str, float)
    """What is done, and how far it is, from 0 to 1."""
    found = Signal(Found)
    unread = Signal(Unread)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = TaskThread(self)
        self._ear = Ear(self.told.emit)
        self._opened: tuple[Path, Choices, Opened] | None = None

    def read(self, path: Path, choices: Choices) -> None:
        """Find out what a file holds, and what can be learned of it under some choices."""
        self._ear.call_off()
        ear = self._ear = Ear(self.told.emit)
        watch = Watch(told=ear.tell, goes_on=lambda: not ear.called_off.is_set())
        self._tasks.submit(
            _KEY,
            lambda: until_called_off(lambda: self._find(path, choices, watch), ear.called_off),
            self._report,
            lambda why: self.unread.emit(Unread(why, choices, None, ())),
        )

    def stop(self) -> None:
        """Call off what is read; nothing is told of it."""
        self._ear.call_off()
        self._tasks.forget(_KEY)

    def close(self) -> None:
        """Call off what is read, and end the thread."""
        self.stop()
        self._tasks.close()
        self._opened = None

    def _find(self, path: Path, choices: Choices, watch: Watch) -> Found | Unread | None:
        """Read on the thread; return None where it was called off."""
        shapes = arrays_in(path) if path.suffix.lower() == ".npz" else {}
        if choices.array is None:
            choices = replace(choices, array=_largest(shapes))
        try:
            opened = self._open(path, choices, watch)
        except ReadingStoppedError:
            return None
        except DataError as error:
            return _unread(path, choices, tuple(shapes), error)
        spec, trouble = None, ""
        try:
            spec = propose(opened, choices, watch)
        except ReadingStoppedError:
            return None
        except DataError as error:
            trouble = str(error)
        report = report_on(opened)
        names, rows = first_rows(opened.contents)
        fit = _with_format(_with_columns(choices, report), opened.format)
        if spec is not None:
            # Rows that were left out may be wanted once gaps are filled.
            fit = replace(Choices.of(spec), rows=choices.rows, stream=choices.stream)
        return Found(opened, tuple(shapes), report, names, rows, fit, spec, trouble)

    def _open(self, path: Path, choices: Choices, watch: Watch) -> Opened:
        """Read a file, unless the last one was read in the same way."""
        if self._opened is not None:
            last, under, opened = self._opened
            if last == path and _reading(under, opened) == _reading(choices, opened):
                return opened
        # Two files at once might not fit into memory.
        self._opened = None
        opened = open_file(path, choices, watch)
        if watch.goes_on():
            # What was called off in a part that cannot stop is for nobody.
            self._opened = (path, choices, opened)
        return opened

    def _report(self, found: Found | Unread | None) -> None:
        if isinstance(found, Unread):
            self.unread.emit(found)
        elif found is not None:
            self.found.emit(found)


def _largest(shapes: dict[str, tuple[int, ...]]) -> str | None:
    """Return the array with the most numbers, or None where Keras' names tell which one it is."""
    if not shapes or {"x_train", "x_test"} <= shapes.keys():
        return None
    return max(shapes, key=lambda name: math.prod(shapes[name]))


def _unread(path: Path, choices: Choices, arrays: tuple[str, ...], error: DataError) -> Unread:
    """Return what may be chosen otherwise: it may be a delimiter, or the size of pictures."""
    try:
        form = find_format(path, choices)
    except DataError:
        return Unread(str(error), choices, None, arrays)
    return Unread(str(error), _with_format(choices, form), form, arrays)


def _with_format(choices: Choices, form: FileFormat) -> Choices:
    """Return choices with what was found of the others about a table that is written as text."""
    if not isinstance(form, TextFormat):
        return choices
    return replace(choices, delimiter=form.delimiter, header=form.header)


def _with_columns(choices: Choices, report: Report) -> Choices:
    """Return choices with the columns of numbers, where none were chosen."""
    numbers = tuple(c.name for c in report.columns if c.kind == "number" and not c.is_constant)
    return choices if choices.columns is not None else replace(choices, columns=numbers)


def _reading(choices: Choices, opened: Opened) -> tuple[object, ...]:
    """Return what of the choices decides how a file is read."""
    form = (choices.delimiter, choices.encoding, choices.header, choices.array, choices.stream)
    # The classes of other files are among their columns.
    has_labels_apart = isinstance(opened.format, (IdxFormat, NpzFormat))
    return (*form, choices.colour, choices.size, choices.label if has_labels_apart else None)
