"""Reading runs back: all of it is checked before any of it is shown."""

import math
import zipfile
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from aegui.data import ArrayFileError, read_npy
from aegui.records import (
    Continuation,
    EpochFrame,
    FloatArray,
    History,
    RunSummary,
    TrainingState,
)
from aegui.runs.about import About, read_about
from aegui.runs.archives import UNREADABLE, read_frames, read_place, read_state
from aegui.runs.documents import read_document
from aegui.runs.folder import (
    ERRORS,
    EXPERIMENT,
    FRAMES,
    MODEL,
    RESULT,
    STATE,
    STATUS,
    WEIGHTS,
    RunError,
)
from aegui.runs.lines import read_history
from aegui.runs.status import RunStatus, is_at_work
from aegui.specs import ExperimentSpec


@dataclass(frozen=True)
class RunCard:
    """What a list shows of a run.

    ``summary`` is None where the run did not come to its end: then ``is_running`` tells whether
    somebody trains it now, and ``epochs_kept`` how many epochs it can be continued after (0: it
    begins anew). ``group`` is the name of the sweep that it belongs to, ``size`` its bytes on
    the disk, and ``warning`` says what is wrong beside the run itself.
    """

    folder: Path
    created: datetime
    experiment: ExperimentSpec
    history: History
    summary: RunSummary | None
    about: About = field(default_factory=About)
    is_running: bool = False
    epochs_kept: int = 0
    group: str = ""
    size: int = 0
    warning: str = ""

    @property
    def name(self) -> str:
        """What the person calls it, or what was trained: ``MNIST digits 784–32–784``."""
        return self.about.name or f"{self.experiment.dataset.title} {self.experiment.shape}"

    @property
    def is_interrupted(self) -> bool:
        """Whether the run ended before its end, and can go on."""
        return self.summary is None and not self.is_running

    @property
    def error_per_feature(self) -> float | None:
        """Mean over test rows and features of |x − x̂|; None where no epoch was reached."""
        if self.summary is not None:
            error = self.summary.error.mean if self.summary.error else None
        else:
            error = self.history.last.error if len(self.history) else None
        return None if error is None else error / self.experiment.dataset.features


@dataclass(frozen=True)
class StoredRun:
    """A finished run, whole.

    ``weights`` are the model's in Keras' order, ``row_errors`` is Σ|x − x̂| of each test row,
    ``frames`` are what the views showed, ``training`` is what it can be continued from.
    ``warning`` says what of the folder is damaged that nothing here was read from.
    """

    card: RunCard
    weights: tuple[FloatArray, ...]
    row_errors: FloatArray
    frames: tuple[EpochFrame, ...]
    training: TrainingState | None
    warning: str = ""


def read_card(folder: Path) -> RunCard:
    """Read what a list shows of a run.

    Raises
    ------
    RunError
        Something in the folder is missing or damaged; the message names the file.
    """
    experiment = read_document(folder / EXPERIMENT, ExperimentSpec)
    status = read_document(folder / STATUS, RunStatus)
    # The result comes last: what it tells of is in the history.
    result = folder / RESULT
    summary = read_document(result, RunSummary) if result.exists() else None
    history = read_history(folder)
    if summary is not None and summary.epochs != math.floor(history.position):
        raise RunError(
            f"{folder} is damaged: its history has {math.floor(history.position)} epochs, and "
            f"{RESULT} tells of {summary.epochs}."
        )
    about, warning = _about(folder)
    card = RunCard(folder, status.created, experiment, history, summary, about, warning=warning)
    return card if summary is not None else _unfinished(card, status)


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
    # A run that failed has its last good weights there, beside what it went on from.
    name = WEIGHTS if (folder / WEIGHTS).exists() else STATE
    weights, training = _state(folder / name, card.experiment, card.history)
    return StoredRun(
        card,
        weights,
        _row_errors(folder / ERRORS, card.experiment.dataset.test_rows),
        _frames(folder),
        training,
        _model_warning(folder / MODEL),
    )


def read_interrupted(folder: Path) -> tuple[RunCard, Continuation | None]:
    """Read an interrupted run, and what it goes on from; None where that is fresh weights.

    Epochs after the newest state are left out: they will be trained again.

    Raises
    ------
    RunError
        Somebody trains the run now, it came to its end, or something is missing or damaged.
    """
    card = read_card(folder)
    if card.summary is not None:
        raise RunError(f"{folder} holds a run that came to its end.")
    if card.is_running:
        raise RunError(f"{folder} is being trained now, in this aegui or in another one.")
    if not (folder / STATE).exists():
        return replace(card, history=History()), None
    _, state = _state(folder / STATE, card.experiment, card.history)
    if state is None:
        raise RunError(f"{folder / STATE} has weights alone; a run cannot go on from them.")
    if len(state.history) != state.epoch:
        raise RunError(
            f"{folder} is damaged: its state was taken in epoch {state.epoch}, and its history "
            f"has {state.history.epochs} epochs before that."
        )
    frames = tuple(frame for frame in _frames(folder) if frame.position < state.epoch)
    return replace(card, history=state.history), Continuation(state, frames)


def history_of(state: TrainingState, history: History) -> History:
    """Return the part of a history that a state goes on from: the epochs before its own.

    An event of the state's own epoch stays where the state was taken inside that.
    """
    records = tuple(record for record in history.records if record.position <= state.epoch - 1)
    end = state.epoch if state.step else state.epoch - 1
    return History(records, tuple(e for e in history.events if e.position <= end))


def _unfinished(card: RunCard, status: RunStatus) -> RunCard:
    path = card.folder / STATE
    epochs = 0
    if path.exists():
        try:
            epochs = read_place(path)[0] - 1
        except UNREADABLE as error:
            raise _damaged(path, error, "The run cannot go on.") from error
    return replace(card, is_running=is_at_work(card.folder, status), epochs_kept=epochs)


def _about(folder: Path) -> tuple[About, str]:
    """Return what was said about a run; a bad file hides that, and not the run."""
    try:
        return read_about(folder), ""
    except RunError as error:
        return About(), f"{error} The run itself can be opened."


def _state(
    path: Path, experiment: ExperimentSpec, history: History
) -> tuple[tuple[FloatArray, ...], TrainingState | None]:
    if not path.exists():
        raise RunError(f"{path} is missing: it holds the model's weights.")
    try:
        weights, training = read_state(path, history)
    except UNREADABLE as error:
        raise _damaged(path, error, "It holds the model's weights.") from error
    if [weight.shape for weight in weights] != experiment.stages.weight_shapes:
        raise RunError(f"{path} does not hold the weights of {experiment.shape}.")
    if training is not None:
        training = replace(training, history=history_of(training, history))
    return weights, training


def _frames(folder: Path) -> tuple[EpochFrame, ...]:
    try:
        return read_frames(folder / FRAMES)
    except UNREADABLE as error:
        raise _damaged(folder / FRAMES, error, "It holds the pictures of the epochs.") from error


def _row_errors(path: Path, rows: int) -> FloatArray:
    if not path.exists():
        raise RunError(f"{path} is missing: the histogram and the gallery are made from it.")
    try:
        errors = read_npy(path)
    except ArrayFileError as error:
        raise _damaged(path, error, "It holds the error of each test row.") from error
    if errors.dtype != np.float32 or errors.shape != (rows,):
        raise RunError(f"{path} does not hold an error for each of the {rows} test rows.")
    if not np.isfinite(errors).all():
        raise RunError(f"{path} holds errors that are not finite numbers.")
    errors.flags.writeable = False
    return errors


def _model_warning(path: Path) -> str:
    """Say what is wrong with the copy for Keras, which nothing else depends on."""
    if not path.exists():
        # The model that comes with aegui has none.
        return ""
    try:
        with zipfile.ZipFile(path) as archive:
            archive.infolist()
    except (OSError, zipfile.BadZipFile) as error:
        return (
            f"{path} is damaged: it is cut off or no Keras model ({error}). The run was opened "
            f"all the same, from {STATE}, which holds the same weights."
        )
    return ""


def _damaged(path: Path, error: Exception, what: str) -> RunError:
    why = str(error).splitlines()[0] if str(error) else type(error).__name__
    return RunError(f"{path} is damaged: it is cut off or not what aegui writes ({why}). {what}")
