"""Keeping a run on disk while it goes on."""

import csv
import shutil
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import numpy as np

from aegui.records import EPOCH_FIELDS, EVENT_FIELDS, EpochEnd, History, RunEvent, RunResult
from aegui.runs.archives import write_frames, write_state, write_weights
from aegui.runs.folder import (
    ERRORS,
    EVENTS,
    EXPERIMENT,
    FRAMES,
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
    A run that goes on from an earlier one begins with its ``history``.

    Raises
    ------
    RunError
        From every method: the folder cannot be written. The message names it.
    """

    def __init__(
        self, root: Path, experiment: ExperimentSpec, history: History | None = None
    ) -> None:
        self.folder = _new_folder(root, experiment)
        self._state_written = 0.0
        try:
            replace_text(self.folder / EXPERIMENT, experiment.model_dump_json(indent=2))
            replace_text(self.folder / STATUS, RunStatus.now().model_dump_json(indent=2))
            self._add_line(HISTORY, EPOCH_FIELDS)
            self._add_line(EVENTS, EVENT_FIELDS)
            if history is not None:
                for record in history:
                    self._add_line(HISTORY, [getattr(record, name) for name in EPOCH_FIELDS])
                for event in history.events:
                    self._add_line(EVENTS, [event.position, event.kind, event.text])
        except OSError as error:
            raise _cannot_write(self.folder, error) from error

    def write_epoch(self, end: EpochEnd) -> None:
        """Add a line to the history, and the state if the last one is two seconds old."""
        try:
            self._add_line(HISTORY, [getattr(end.record, name) for name in EPOCH_FIELDS])
            if time.monotonic() - self._state_written >= _SECONDS_BETWEEN_STATES:
                write_state(self.folder / STATE, end.take_state())
                self._state_written = time.monotonic()
        except OSError as error:
            raise _cannot_write(self.folder, error) from error

    def write_event(self, event: RunEvent) -> None:
        """Add a line to what happened."""
        try:
            self._add_line(EVENTS, [event.position, event.kind, event.text])
        except OSError as error:
            raise _cannot_write(self.folder, error) from error

    def finish(self, result: RunResult, save_model: SaveModel) -> None:
        """Write the last state, the frames, the errors, the model, and at last the result."""
        if result.model is None or result.row_errors is None or result.summary is None:
            raise ValueError("only a run that has a model can be kept")
        row_errors = result.row_errors
        try:
            if result.training is not None:
                write_state(self.folder / STATE, result.training)
            else:
                write_weights(self.folder / STATE, result.model.weights)
            if result.frames:
                write_frames(self.folder / FRAMES, result.frames)
            replace_file(self.folder / ERRORS, lambda file: np.save(file, row_errors))
            # Keras looks at the ending of the name, so the temporary one must keep it.
            beside = self.folder / f"part-{MODEL}"
            save_model(beside)
            beside.replace(self.folder / MODEL)
            replace_text(self.folder / RESULT, result.summary.model_dump_json(indent=2))
        except OSError as error:
            raise _cannot_write(self.folder, error) from error

    def discard(self) -> None:
        """Remove the folder of a run that left nothing to keep."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _add_line(self, name: str, values: Sequence[object]) -> None:
        with (self.folder / name).open("a", newline="", encoding="utf-8") as file:
            csv.writer(file).writerow(["" if value is None else value for value in values])


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
