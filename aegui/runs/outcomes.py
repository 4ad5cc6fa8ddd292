"""Trials as run folders: written whole when the trial has ended, and read back."""

import dataclasses
import os
import shutil
from pathlib import Path

from aegui.records import RunResult, TrainedModel, TrialOutcome
from aegui.runs.folder import RunError, writing
from aegui.runs.reader import read_run
from aegui.runs.writer import RunWriter, SaveModel
from aegui.specs import TrialSpec

_BESIDE = ".part-"


def write_outcome(
    folder: Path, outcome: TrialOutcome, model: TrainedModel, save_model: SaveModel
) -> TrialOutcome:
    """Write a trial's run folder, all of it or nothing, and return the outcome with its folder.

    Parameters
    ----------
    folder
        The folder to be made; there must be none.
    model
        The outcome's weights as a model.

    Raises
    ------
    RunError
        The folder cannot be written.
    """
    beside = folder.parent / f"{_BESIDE}{os.getpid()}"
    writer = RunWriter.create(beside, outcome.experiment)
    result = RunResult(
        outcome.summary.status,
        history=outcome.history,
        model=model,
        row_errors=outcome.row_errors,
        summary=outcome.summary,
        frames=outcome.frames,
        training=outcome.training,
    )
    try:
        with writing(folder):
            writer.finish(result, save_model)
            writer.folder.rename(folder)
    finally:
        writer.close()
        shutil.rmtree(beside, ignore_errors=True)
    return dataclasses.replace(outcome, folder=folder, frames=(), training=None)


def remove_half_written(folder: Path) -> None:
    """Remove what killed programs were writing of trials; nobody else may be at work there."""
    for beside in folder.glob(f"{_BESIDE}*"):
        shutil.rmtree(beside, ignore_errors=True)


def read_outcome(folder: Path, trial: TrialSpec) -> TrialOutcome:
    """Read what a trial left.

    Raises
    ------
    RunError
        The folder is damaged, or holds a run of another experiment.
    """
    run = read_run(folder)
    summary = run.card.summary
    if summary is None or run.card.experiment != trial.experiment:
        raise RunError(f"{folder} does not hold trial {trial.number} of its sweep.")
    return TrialOutcome(
        number=trial.number,
        settings=dict(trial.settings),
        seed=trial.seed,
        experiment=trial.experiment,
        summary=summary,
        history=run.card.history,
        row_errors=run.row_errors,
        weights=run.weights,
        seconds=summary.seconds.total,
        folder=folder,
    )
