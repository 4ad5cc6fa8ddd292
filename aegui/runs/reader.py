"""Reading runs back: all of it is checked before any of it is shown."""

import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from aegui.data import ArrayFileError, read_npy
from aegui.records import Continuation, EpochFrame, FloatArray, History, TrainingState
from aegui.runs.archives import UNREADABLE, read_frames, read_state
from aegui.runs.cards import RunCard, read_card
from aegui.runs.folder import ERRORS, FRAMES, MODEL, STATE, WEIGHTS, RunError, damaged
from aegui.specs import ExperimentSpec


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
    row_errors = _row_errors(folder / ERRORS, card.experiment.dataset.test_rows)
    frames, warning = _frames(folder, card.experiment)
    warnings = (warning, _model_warning(folder / MODEL))
    return StoredRun(card, weights, row_errors, frames, training, " ".join(filter(None, warnings)))


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
    frames, warning = _frames(folder, card.experiment)
    before = tuple(frame for frame in frames if frame.position < state.epoch)
    card = replace(card, history=state.history, warning=card.warning or warning)
    return card, Continuation(state, before)


def history_of(state: TrainingState, history: History) -> History:
    """Return the part of a history that a state goes on from: the epochs before its own.

    An event of the state's own epoch stays where the state was taken inside that.
    """
    records = tuple(record for record in history.records if record.position <= state.epoch - 1)
    end = state.epoch if state.step else state.epoch - 1
    return History(records, tuple(e for e in history.events if e.position <= end))


def _state(
    path: Path, experiment: ExperimentSpec, history: History
) -> tuple[tuple[FloatArray, ...], TrainingState | None]:
    if not path.exists():
        raise RunError(f"{path} is missing: it holds the model's weights.")
    try:
        weights, training = read_state(path, history)
    except UNREADABLE as error:
        raise damaged(path, error, "It holds the model's weights.") from error
    shapes = [weight.shape for weight in weights if weight.dtype == np.float32]
    if shapes != experiment.stages.weight_shapes:
        raise RunError(f"{path} does not hold the weights of {experiment.shape}.")
    if training is not None:
        training = replace(training, history=history_of(training, history))
    return weights, training


def _frames(folder: Path, experiment: ExperimentSpec) -> tuple[tuple[EpochFrame, ...], str]:
    """Return the pictures of the epochs, without which the run can do, and what is wrong there."""
    try:
        frames = read_frames(folder / FRAMES)
        for frame in frames:
            _require_picture(frame, experiment.dataset.features)
    except UNREADABLE as error:
        sentence = damaged(folder / FRAMES, error, "It holds the pictures of the epochs.")
        return (), f"{sentence} The run was opened without them."
    return frames, ""


def _require_picture(frame: EpochFrame, features: int) -> None:
    """Raise ``ValueError`` for a frame that is none of such rows."""
    rows, edges, counts = frame.strip_errors, frame.histogram.edges, frame.histogram.counts
    if frame.strip.shape != (len(rows), features) or frame.strip.dtype != np.float16:
        raise ValueError(f"pictures that are not of rows of {features} numbers")
    if rows.dtype.kind != "f" or edges.dtype.kind != "f" or counts.dtype.kind != "i":
        raise ValueError("pictures that are not made of numbers")
    if edges.shape != (len(counts) + 1,) or not (np.diff(edges) > 0).all():
        raise ValueError("a histogram whose edges do not rise")


def _row_errors(path: Path, rows: int) -> FloatArray:
    if not path.exists():
        raise RunError(f"{path} is missing: the histogram and the gallery are made from it.")
    try:
        errors = read_npy(path)
    except ArrayFileError as error:
        raise damaged(path, error, "It holds the error of each test row.") from error
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
