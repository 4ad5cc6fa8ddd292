"""An epoch's beginning and end: the order of its rows, its record, or why there is none."""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from aegui.data import DataError
from aegui.engine.program import Program
from aegui.engine.scoring import Score
from aegui.records import EpochRecord, Failure, History, IndexArray
from aegui.specs import ExperimentSpec, FileSpec


def epoch_plan(experiment: ExperimentSpec) -> NDArray[np.int64]:
    """Return what decides which rows a step of an epoch takes: rows, batch, seed, shuffling.

    Of a file whose rows stay there, how they are read counts too.
    """
    training, dataset = experiment.training, experiment.dataset
    numbers = [dataset.train_rows, training.batch_size, training.seed, int(training.shuffle)]
    if isinstance(dataset, FileSpec) and dataset.streaming is not None:
        numbers += (dataset.streaming.block_rows, dataset.streaming.window_rows)
    return np.array(numbers, np.int64)


def row_order(experiment: ExperimentSpec, epoch: int) -> np.ndarray:
    """Return the order, (rows,) int32, in which an epoch takes the training rows."""
    rows = np.arange(experiment.dataset.train_rows, dtype=np.int32)
    if experiment.training.shuffle:
        np.random.default_rng([experiment.training.seed, epoch]).shuffle(rows)
    return rows


def block_order(experiment: ExperimentSpec, epoch: int, blocks: int) -> IndexArray:
    """Return the order, (blocks,), in which an epoch takes a file's blocks of rows."""
    numbers = np.arange(blocks)
    if experiment.training.shuffle:
        np.random.default_rng([experiment.training.seed, epoch]).shuffle(numbers)
    return numbers


def window_parts(
    counts: IndexArray, order: IndexArray, start: int, end: int
) -> Iterator[tuple[int, int, int]]:
    """Yield the blocks of which a window is made: block, its first row there, one after its last.

    Parameters
    ----------
    counts
        How many rows each block has, (blocks,).
    order
        That of the epoch's blocks, whose rows come one behind the other.
    start, end
        The window's first row among these and the one after its last; there may be fewer.
    """
    edges = np.concatenate([[0], np.cumsum(counts[order])])
    first = int(np.searchsorted(edges, start, side="right")) - 1
    for place in range(first, len(order)):
        before, after = edges[place : place + 2]
        if before >= end:
            return
        if after > before:
            yield int(order[place]), int(max(start, before) - before), int(min(end, after) - before)


def window_order(
    experiment: ExperimentSpec, epoch: int, number: int, rows: int, held: int
) -> np.ndarray:
    """Return the order, (held,) int32, in which steps take the rows of an epoch's window.

    The first ``rows`` are those that there are; what comes behind them is not taken.
    """
    order = np.zeros(held, np.int32)
    order[:rows] = np.arange(rows, dtype=np.int32)
    if experiment.training.shuffle:
        # Of an epoch's seeds the shorter one is that of its blocks.
        np.random.default_rng([experiment.training.seed, epoch, number]).shuffle(order[:rows])
    return order


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


def rows_lost(error: DataError) -> Failure:
    """Return what to say of a run whose rows cannot be read any more."""
    return Failure(
        what=str(error),
        kept="The run was stopped, and what it had learned is kept.",
        remedy="It goes on from the list of runs once the file is as it was.",
    )
