"""An epoch's beginning and end: the order of its rows, its record, or why there is none."""

import math

import numpy as np
from numpy.typing import NDArray

from aegui.engine.program import Program
from aegui.engine.scoring import Score
from aegui.records import EpochRecord, Failure, History
from aegui.specs import ExperimentSpec


def epoch_plan(experiment: ExperimentSpec) -> NDArray[np.int64]:
    """Return what decides which rows a step of an epoch takes: rows, batch, seed, shuffling."""
    training = experiment.training
    numbers = (experiment.dataset.train_rows, training.batch_size, training.seed, training.shuffle)
    return np.array(numbers, np.int64)


def row_order(experiment: ExperimentSpec, epoch: int) -> np.ndarray:
    """Return the order, (rows,) int32, in which an epoch takes the training rows."""
    rows = np.arange(experiment.dataset.train_rows, dtype=np.int32)
    if experiment.training.shuffle:
        np.random.default_rng([experiment.training.seed, epoch]).shuffle(rows)
    return rows


def epoch_record(
    program: Program, position: float, loss: float | None, score: Score, seconds: float
) -> EpochRecord:
    """Return the scalars of the epoch that ends, or was left, at ``position``.

    Parameters
    ----------
    loss
        Mean training loss of the epoch's steps; None for the untrained model.
    score
        The model's score on the test rows.
    """
    epoch = math.ceil(position)
    kl = program.kl if loss is not None else None
    price = 0.0 if score.kl is None else program.kl_in_loss(score.kl)
    return EpochRecord(
        epoch=epoch,
        loss=loss,
        val_loss=score.loss,
        error=float(score.row_errors.mean(dtype=np.float64)),
        learning_rate=program.learning_rate,
        seconds=seconds,
        fraction=position - epoch + 1,
        kl=kl,
        val_kl=score.kl,
        reconstruction=None if kl is None or loss is None else loss - program.kl_in_loss(kl),
        val_reconstruction=None if score.kl is None else score.loss - price,
    )


def not_finite(epoch: int, history: History) -> Failure:
    """Return what to say of a loss that is no number any more, or was none to begin with."""
    if not len(history):
        return Failure(
            what="The loss is not a finite number before the first step.",
            kept="Nothing was learned.",
            remedy="Try data scaled to [0, 1].",
            is_not_finite=True,
        )
    kept = (
        f"The model of epoch {history.epochs} was kept."
        if history.epochs
        else "Nothing was learned before that."
    )
    return Failure(
        what=f"The loss stopped being a finite number in epoch {epoch}.",
        kept=kept,
        remedy="Try a learning rate ten times smaller, or data scaled to [0, 1].",
        is_not_finite=True,
    )
