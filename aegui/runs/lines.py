"""A run's history and events: files that grow by a line, and stay readable when cut off."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from aegui.records import EPOCH_FIELDS, EVENT_FIELDS, EpochRecord, History, RunEvent
from aegui.runs.folder import EVENTS, HISTORY, RunError, cannot_read, replace_text
from aegui.sentences import first_line

T = TypeVar("T")

_EVENT = TypeAdapter(RunEvent)


def write_history(folder: Path, history: History) -> None:
    """Write both files whole; raises ``OSError``."""
    replace_text(folder / HISTORY, _text(EPOCH_FIELDS, map(_record_values, history)))
    replace_text(folder / EVENTS, _text(EVENT_FIELDS, map(_event_values, history.events)))


def add_record(folder: Path, record: EpochRecord) -> None:
    """Add an epoch's line; raises ``OSError``."""
    _add(folder / HISTORY, _record_values(record))


def add_event(folder: Path, event: RunEvent) -> None:
    """Add an event's line; raises ``OSError``."""
    _add(folder / EVENTS, _event_values(event))


def read_history(folder: Path) -> History:
    """Return a run's epochs and events.

    A last line that was cut off, as a full disk or a power cut leaves it, is no line yet.

    Raises
    ------
    RunError
        A file is missing, or a whole line of it is damaged.
    """
    events = folder / EVENTS
    return History(
        _read(folder / HISTORY, _read_record),
        _read(events, _EVENT.validate_python) if events.exists() else (),
    )


def _text(fields: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    return "".join([_line(fields), *map(_line, rows)])


def _line(values: Sequence[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(["" if value is None else value for value in values])
    return line.getvalue()


def _add(path: Path, values: Sequence[object]) -> None:
    with path.open("ab") as file:
        file.write(_line(values).encode())


def _record_values(record: EpochRecord) -> list[object]:
    return [getattr(record, name) for name in EPOCH_FIELDS]


def _event_values(event: RunEvent) -> list[object]:
    return [getattr(event, name) for name in EVENT_FIELDS]


def _read(path: Path, read: Callable[[dict[str, str]], T]) -> tuple[T, ...]:
    try:
        whole, _, _ = path.read_bytes().rpartition(b"\n")
        lines = whole.decode("utf-8").splitlines()
        return tuple(read(row) for row in csv.DictReader(lines, strict=True))
    except FileNotFoundError as error:
        raise RunError(f"{path} is missing.") from error
    except OSError as error:
        raise cannot_read(path, error) from error
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        raise RunError(f"{path} is damaged ({first_line(error)}).") from error


def _read_record(row: dict[str, str]) -> EpochRecord:
    numbers: dict[str, Any] = {name: float(row[name]) for name in EPOCH_FIELDS if row.get(name)}
    numbers["epoch"] = int(row["epoch"])
    if not 0.0 <= numbers.get("fraction", 1.0) <= 1.0:
        raise ValueError(f"{row['fraction']} is no share of an epoch")
    return EpochRecord(**({"loss": None} | numbers))
