"""Reading runs back: all of it is checked before any of it is shown."""

import csv
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from aegui.records import EPOCH_FIELDS, EpochRecord, FloatArray, History, RunSummary
from aegui.runs.folder import ERRORS, EXPERIMENT, HISTORY, RESULT, STATE, STATUS, RunError
from aegui.runs.status import RunStatus
from aegui.specs import ExperimentSpec, SpecError
from aegui.specs.files import read_experiment


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
    """A finished run, whole: its card, its weights in Keras' order, Σ|x − x̂| of each test row."""

    card: RunCard
    weights: tuple[FloatArray, ...]
    row_errors: FloatArray


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
        history = _read_history(folder / HISTORY)
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
        with (folder / STATE).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            names = sorted(name for name in arrays.files if name.startswith("weight_"))
            weights = tuple(_checked(arrays[name]) for name in names)
        row_errors = _checked(np.load(folder / ERRORS, allow_pickle=False))
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise _damaged(folder, error) from error
    experiment = card.experiment
    if sum(weight.size for weight in weights) != experiment.architecture.parameters(
        experiment.dataset.features
    ):
        raise RunError(f"{folder / STATE} does not hold the weights of {experiment.shape}.")
    if row_errors.shape != (experiment.dataset.test_rows,):
        raise RunError(f"{folder / ERRORS} does not hold an error for each test row.")
    return StoredRun(card, weights, row_errors)


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


def _read_history(path: Path) -> History:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return History(tuple(_record(row) for row in csv.DictReader(file)))
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        raise RunError(f"{path} is damaged ({error}).") from error


def _record(row: dict[str, str]) -> EpochRecord:
    numbers = {name: float(row[name]) for name in EPOCH_FIELDS if row[name] != ""}
    return EpochRecord(
        epoch=int(row["epoch"]),
        loss=numbers.get("loss"),
        val_loss=numbers["val_loss"],
        error=numbers["error"],
        learning_rate=numbers["learning_rate"],
        seconds=numbers["seconds"],
        fraction=numbers["fraction"],
    )


def _checked(array: np.ndarray) -> FloatArray:
    if array.dtype != np.float32 or not np.isfinite(array).all():
        raise ValueError(f"an array of {array.dtype} that is not all finite float32")
    array.flags.writeable = False
    return array


def _damaged(folder: Path, error: Exception) -> RunError:
    why = str(error).splitlines()[0]
    return RunError(f"The run in {folder} is damaged or incomplete ({why}).")
