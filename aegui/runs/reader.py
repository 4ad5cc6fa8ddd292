"""Reading runs back: all of it is checked before any of it is shown."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import TypeAdapter, ValidationError

from aegui.records import (
    EPOCH_FIELDS,
    EpochFrame,
    EpochRecord,
    FloatArray,
    History,
    RunEvent,
    RunSummary,
    TrainingState,
)
from aegui.runs.archives import UNREADABLE, read_frames, read_state
from aegui.runs.folder import (
    ERRORS,
    EVENTS,
    EXPERIMENT,
    FRAMES,
    HISTORY,
    RESULT,
    STATE,
    STATUS,
    RunError,
)
from aegui.runs.status import RunStatus
from aegui.specs import ExperimentSpec, SpecError
from aegui.specs.files import read_experiment

T = TypeVar("T")
_EVENT = TypeAdapter(RunEvent)


@dataclass(frozen=True)
class RunCard:
    """What a list shows of a run. ``summary`` is None where the run did not come to its end."""

    folder: Path
    created: datetime
    experiment: ExperimentSpec
    history: History
    summary: RunSummary | None


@dataclass(frozen=True)
class StoredRun:
    """A finished run, whole.

    ``weights`` are the model's in Keras' order, ``row_errors`` is Σ|x − x̂| of each test row,
    ``frames`` are what the views showed, ``training`` is what it can be continued from.
    """

    card: RunCard
    weights: tuple[FloatArray, ...]
    row_errors: FloatArray
    frames: tuple[EpochFrame, ...]
    training: TrainingState | None


def read_card(folder: Path) -> RunCard:
    """Read what a list shows of a run.

    Raises
    ------
    RunError
        Something in the folder is missing or damaged; the message names the file.
    """
    try:
        experiment = read_experiment(folder / EXPERIMENT)
        status = RunStatus.model_validate_json((folder / STATUS).read_bytes())
        summary = _read_summary(folder / RESULT)
        history = _read_history(folder)
    except SpecError as error:
        raise RunError(str(error)) from error
    except (OSError, ValidationError) as error:
        raise _damaged(folder, error) from error
    return RunCard(folder, status.created, experiment, history, summary)


def read_run(folder: Path) -> StoredRun:
    """Read a finished run.

    Raises
    ------
    RunError
        The run is not finished, or something in its folder is missing or damaged.
    """
    card = read_card(folder)
    if card.summary is None:
        raise RunError(f"{folder} holds a run that did not come to its end.")
    try:
        weights, training = read_state(folder / STATE, card.history)
        frames = read_frames(folder / FRAMES)
        row_errors = _checked(np.load(folder / ERRORS, allow_pickle=False))
    except UNREADABLE as error:
        raise _damaged(folder, error) from error
    experiment = card.experiment
    if [weight.shape for weight in weights] != experiment.stages.weight_shapes:
        raise RunError(f"{folder / STATE} does not hold the weights of {experiment.shape}.")
    if row_errors.shape != (experiment.dataset.test_rows,):
        raise RunError(f"{folder / ERRORS} does not hold an error for each test row.")
    return StoredRun(card, weights, row_errors, frames, training)


def list_runs(root: Path, most: int = 50) -> tuple[list[RunCard], list[RunError]]:
    """Return the newest finished runs below ``root``, and what could not be read of the others."""
    cards: list[RunCard] = []
    errors: list[RunError] = []
    folders = sorted(root.iterdir(), reverse=True) if root.is_dir() else []
    for folder in folders:
        if len(cards) == most:
            break
        if not (folder / RESULT).exists():
            continue
        try:
            cards.append(read_card(folder))
        except RunError as error:
            errors.append(error)
    return cards, errors


def _read_summary(path: Path) -> RunSummary | None:
    return RunSummary.model_validate_json(path.read_bytes()) if path.exists() else None


def _read_history(folder: Path) -> History:
    records = _read_lines(folder / HISTORY, _record)
    events = folder / EVENTS
    return History(records, _read_lines(events, _EVENT.validate_python) if events.exists() else ())


def _read_lines(path: Path, read: Callable[[dict[str, str]], T]) -> tuple[T, ...]:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return tuple(read(row) for row in csv.DictReader(file, strict=True))
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        why = str(error).splitlines()[0]
        raise RunError(f"{path} is damaged ({why}).") from error


def _record(row: dict[str, str]) -> EpochRecord:
    numbers: dict[str, Any] = {name: float(row[name]) for name in EPOCH_FIELDS if row.get(name)}
    numbers["epoch"] = int(row["epoch"])
    return EpochRecord(**({"loss": None} | numbers))


def _checked(array: np.ndarray) -> FloatArray:
    if array.dtype != np.float32 or not np.isfinite(array).all():
        raise ValueError(f"an array of {array.dtype} that is not all finite float32")
    array.flags.writeable = False
    return array


def _damaged(folder: Path, error: Exception) -> RunError:
    why = str(error).splitlines()[0]
    return RunError(f"The run in {folder} is damaged or incomplete ({why}).")
