"""Keeping a run on disk while it goes on."""

import csv
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from aegui.records import EPOCH_FIELDS, EpochRecord, FloatArray, RunSummary
from aegui.runs.folder import (
    ERRORS,
    EXPERIMENT,
    HISTORY,
    MODEL,
    RESULT,
    STATE,
    STATUS,
    RunError,
    replace_file,
    replace_text,
)
from aegui.runs.status import RunStatus
from aegui.specs import ExperimentSpec

_SECONDS_BETWEEN_STATES = 2.0


class SaveModel(Protocol):
    """Writes a model to a path; handed in, so that this room need not know Keras."""

    def __call__(self, path: Path, /) -> None:
        """Write the model; raises ``OSError``."""
        ...


class RunWriter:
    """Writes one run's folder: made at the start, one line an epoch, the result last.

    What has a ``result.json`` is finished; everything else in the folder was written before it.

    Raises
    ------
    RunError
        From every method: the folder cannot be written. The message names it.
    """

    def __init__(self, root: Path, experiment: ExperimentSpec) -> None:
        self.folder = _new_folder(root, experiment)
        self._state_written = 0.0
        try:
            replace_text(self.folder / EXPERIMENT, experiment.model_dump_json(indent=2))
            replace_text(self.folder / STATUS, RunStatus.now().model_dump_json(indent=2))
            with (self.folder / HISTORY).open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerow(EPOCH_FIELDS)
        except OSError as error:
            raise _cannot_write(self.folder, error) from error

    def write_epoch(self, record: EpochRecord, weights: tuple[FloatArray, ...]) -> None:
        """Add a line to the history, and the weights if the last ones are two seconds old."""
        values = [getattr(record, name) for name in EPOCH_FIELDS]
        try:
            with (self.folder / HISTORY).open("a", newline="", encoding="utf-8") as file:
                csv.writer(file).writerow(["" if value is None else value for value in values])
            if time.monotonic() - self._state_written >= _SECONDS_BETWEEN_STATES:
                self._write_state(weights)
        except OSError as error:
            raise _cannot_write(self.folder, error) from error

    def finish(
        self,
        summary: RunSummary,
        weights: tuple[FloatArray, ...],
        row_errors: FloatArray,
        save_model: SaveModel,
    ) -> None:
        """Write the last weights, the errors, the model, and at last the result."""
        try:
            self._write_state(weights)
            replace_file(self.folder / ERRORS, lambda file: np.save(file, row_errors))
            # Keras looks at the ending of the name, so the temporary one must keep it.
            beside = self.folder / f"part-{MODEL}"
            save_model(beside)
            beside.replace(self.folder / MODEL)
            replace_text(self.folder / RESULT, summary.model_dump_json(indent=2))
        except OSError as error:
            raise _cannot_write(self.folder, error) from error

    def discard(self) -> None:
        """Remove the folder of a run that left nothing to keep."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write_state(self, weights: tuple[FloatArray, ...]) -> None:
        arrays: dict[str, Any] = {
            f"weight_{place:03}": weight for place, weight in enumerate(weights)
        }
        replace_file(self.folder / STATE, lambda file: np.savez(file, **arrays))
        self._state_written = time.monotonic()


def _new_folder(root: Path, experiment: ExperimentSpec) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    name = f"{stamp}-{experiment.dataset.kind}-{experiment.architecture.code.width}"
    try:
        root.mkdir(parents=True, exist_ok=True)
        for number in range(1, 10_000):
            folder = root / (name if number == 1 else f"{name}-{number}")
            try:
                folder.mkdir()
            except FileExistsError:
                continue
            return folder
    except OSError as error:
        raise _cannot_write(root, error) from error
    raise RunError(f"{root} holds too many runs of one second. Try again.")


def _cannot_write(folder: Path, error: OSError) -> RunError:
    why = error.strerror or str(error)
    return RunError(f"{folder} cannot be written ({why}). Free some space or choose another place.")
