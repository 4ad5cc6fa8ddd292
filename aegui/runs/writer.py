"""Keeping a run on disk while it goes on."""

import math
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import numpy as np

from aegui.data import Dataset
from aegui.records import (
    Continuation,
    EpochEnd,
    EpochFrame,
    History,
    RunEvent,
    RunResult,
    TrainingState,
)
from aegui.runs.archives import write_frames, write_state, write_weights
from aegui.runs.claims import claim
from aegui.runs.folder import (
    ERRORS,
    EVENTS,
    FRAMES,
    HISTORY,
    MODEL,
    RESULT,
    STATE,
    WEIGHTS,
    RunError,
    flush_file,
    place_file,
    remove_parts,
    replace_file,
    replace_text,
    writing,
)
from aegui.runs.kept_rows import write_test_rows
from aegui.runs.lines import add_event, add_record, write_history
from aegui.runs.making import make_folder
from aegui.runs.status import open_folders
from aegui.specs import ExperimentSpec

# An epoch that was shown is on disk after so long; inside long epochs, what was learned since.
_SECONDS_BETWEEN_STATES = 2.0
_SECONDS_INSIDE_EPOCHS = 10.0
_SECONDS_BETWEEN_FRAMES = 10.0
# A full disk may have room again at any time; whoever trains is not to wait for it at each chunk.
_SECONDS_BETWEEN_TRIES = 5.0


class SaveModel(Protocol):
    """Writes a model to a path; handed in, so that this room need not know Keras."""

    def __call__(self, path: Path, /) -> None:
        """Write the model; raises ``OSError``."""
        ...


class RunWriter:
    """Writes one run's folder: made at the start, one line an epoch, the result last.

    What has a ``result.json`` is finished; everything else in the folder was written before it.
    A folder appears under its name once it can be read, and from then on a kill at any moment
    leaves a state and the history up to it. Use it on the training's own thread, and ``close``
    it whatever happens.

    Once something could not be written it ``is_behind``: what comes is taken note of, and every
    few seconds ``write_epoch`` and ``keep_up`` try to write all that is missing.

    Raises
    ------
    RunError
        From every method: the folder cannot be written. The message names it.
    """

    def __init__(self, folder: Path, history: History, *, is_new: bool) -> None:
        self.folder = folder
        self._history = history
        self._frames: tuple[EpochFrame, ...] = ()
        self._is_new = is_new
        self._take_state: Callable[[], TrainingState] | None = None
        self._has_news = False
        self._state_written = self._frames_written = -math.inf
        self._tried: float | None = None
        open_folders.add(folder)

    @property
    def is_behind(self) -> bool:
        """Whether something could not be written and is still missing."""
        return self._tried is not None

    @classmethod
    def create(
        cls, root: Path, experiment: ExperimentSpec, start: Continuation | None = None
    ) -> "RunWriter":
        """Make a folder below ``root`` for a run; it begins with what ``start`` goes on from."""
        with writing(root):
            folder = make_folder(root, experiment, start)
        history = start.state.history.whole_epochs() if start else History()
        return cls(folder, history, is_new=True)

    @classmethod
    def go_on(cls, folder: Path, start: Continuation | None) -> "RunWriter":
        """Take over the folder of an interrupted run, which goes on where ``start`` says.

        The state stays until there is a newer one, so a kill loses nothing that was kept.
        """
        with writing(folder):
            claim(folder, start)
            history = start.state.history if start else History()
            writer = cls(folder, history, is_new=False)
            try:
                remove_parts(folder)
                write_history(folder, history)
            except BaseException:
                writer.close()
                raise
            return writer

    def write_epoch(self, end: EpochEnd, frames: tuple[EpochFrame, ...]) -> None:
        """Add a line to the history, and the state if the last one is two seconds old."""
        self._history = self._history.with_record(end.record)
        self._take_state, self._frames, self._has_news = end.take_state, frames, True
        if self.is_behind:
            self._catch_up()
            return
        with self._trying():
            add_record(self.folder, end.record)
        self.keep_up()
        if time.monotonic() - self._frames_written >= _SECONDS_BETWEEN_FRAMES:
            with self._trying():
                self._write_frames()

    def write_event(self, event: RunEvent) -> None:
        """Add a line to what happened."""
        self._history = self._history.with_event(event)
        self._has_news = True
        if not self.is_behind:
            with self._trying():
                add_event(self.folder, event)

    def keep_up(self, *, at_once: bool = False) -> None:
        """Write the state if the last one is too old; call it between two chunks.

        ``at_once`` writes what is not on the disk yet, for a training that is going to wait.
        """
        if self._take_state is None:
            return
        if self.is_behind:
            self._catch_up(at_once=at_once)
            return
        age = time.monotonic() - self._state_written
        due = _SECONDS_BETWEEN_STATES if self._has_news else _SECONDS_INSIDE_EPOCHS
        if age >= due or (at_once and self._has_news):
            with self._trying():
                self._write_state(self._take_state())

    def _catch_up(self, *, at_once: bool = False) -> None:
        """Write all that is missing, if the last try is some seconds ago."""
        tried = self._tried
        if tried is None or (time.monotonic() - tried < _SECONDS_BETWEEN_TRIES and not at_once):
            return
        with self._trying():
            write_history(self.folder, self._history)
            if self._take_state is not None:
                self._write_state(self._take_state())
            self._write_frames()
        self._tried = None

    @contextmanager
    def _trying(self) -> Iterator[None]:
        try:
            with writing(self.folder):
                yield
        except RunError:
            self._tried = time.monotonic()
            raise

    def _write_frames(self) -> None:
        if self._frames:
            write_frames(self.folder / FRAMES, self._frames)
        self._frames_written = time.monotonic()

    def finish(self, result: RunResult, save_model: SaveModel) -> None:
        """Write the whole history, the last state, frames, errors, model, and at last the result.

        Lines that a full disk refused are written here, if there is room again. The weights of a
        run that failed stand beside its state: until the result is there, it goes on from that.
        """
        if result.model is None or result.row_errors is None or result.summary is None:
            raise ValueError("only a run that has a model can be kept")
        row_errors = result.row_errors
        with writing(self.folder):
            write_history(self.folder, result.history)
            if result.training is not None:
                write_state(self.folder / STATE, result.training)
                (self.folder / WEIGHTS).unlink(missing_ok=True)
            else:
                write_weights(self.folder / WEIGHTS, result.model.weights)
            if result.frames:
                write_frames(self.folder / FRAMES, result.frames)
            replace_file(self.folder / ERRORS, lambda file: np.save(file, row_errors))
            place_file(self.folder / MODEL, save_model)
            replace_text(self.folder / RESULT, result.summary.model_dump_json(indent=2))

    def write_test_rows(self, dataset: Dataset) -> None:
        """Keep the rows that the run's errors are of."""
        with writing(self.folder):
            write_test_rows(self.folder, dataset)

    def discard(self) -> None:
        """Remove the folder of a run that left nothing to keep; an interrupted one stays."""
        if self._is_new:
            shutil.rmtree(self.folder, ignore_errors=True)

    def close(self) -> None:
        """Let others have the folder: whatever is not finished there can be continued."""
        open_folders.remove(self.folder)

    def _write_state(self, state: TrainingState) -> None:
        if all(np.isfinite(array).all() for array in state.arrays.values()):
            # First what the state goes on from, so that no state lies ahead of its history.
            flush_file(self.folder / HISTORY)
            flush_file(self.folder / EVENTS)
            write_state(self.folder / STATE, state)
            self._has_news = False
        self._state_written = time.monotonic()
