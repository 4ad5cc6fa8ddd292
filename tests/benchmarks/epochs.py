"""Seconds per epoch of our engine against ``model.fit`` of the same model.

Both train the same specification on the same rows with the same batch, both shuffle, both
validate at each epoch's end; ``fit`` is compiled as Keras does by default. They live in two
threads of one process and go by turns, one epoch each, so that a machine that is busy for a
while hits both. Our side is the whole of ``aegui.engine.training.train``: chunks of 70 ms,
validation, the errors of all test rows, weights copied; its epoch ends when its observer hears
of it. ``fit``'s epoch goes from ``on_epoch_begin`` to ``on_epoch_end``. The first epoch of
each, which compiles, is not counted. What is compared is the median of the others. After them
our validation is timed by itself, as a share of our epoch.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from threading import Semaphore
from typing import Annotated, Any

import typer
from report import at_least, at_most, show, write_json

from aegui.control import TrainingControl
from aegui.data import Dataset, load_dataset
from aegui.engine.backend import keras
from aegui.engine.models import build_models, make_optimizer
from aegui.engine.programs import program_for
from aegui.engine.seeds import initialise
from aegui.engine.tensors import tensor_of
from aegui.engine.training import train
from aegui.records import EpochEnd, TrainingObserver
from aegui.specs import (
    ArchitectureSpec,
    ConvLayer,
    DenseCode,
    DenseLayer,
    ExperimentSpec,
    GaussianCorruption,
    VariationalCode,
    find_lesson,
)

FLOORS = {
    "noise-simple": 25.0,
    "noise-deep": 12.0,
    "mnist": 4.0,
    "variational": 1.7,
    "big": 1.4,
    "denoising": 1.4,
    "convolutional": 1.3,
}
MOST_VALIDATION = 0.1
_FIT, _OURS = "fit", "ours"
_VALIDATIONS = 10
_PATIENCE = 600.0


class Turns:
    """Lets one of two threads go on at a time, and measures how long its turn takes."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {_FIT: [], _OURS: []}
        self._gates = {_FIT: Semaphore(1), _OURS: Semaphore(0)}
        self._began = 0.0

    def begin(self, player: str) -> None:
        """Wait for the player's turn."""
        if not self._gates[player].acquire(timeout=_PATIENCE):
            raise TimeoutError(f"{player} waited for its turn in vain")
        self._began = time.perf_counter()

    def end(self, player: str) -> None:
        """Take the time and let the other one go."""
        self.seconds[player].append(time.perf_counter() - self._began)
        self._gates[_OURS if player == _FIT else _FIT].release()


class FitTurns(keras.callbacks.Callback):
    """Makes every epoch of ``fit`` a turn."""

    def __init__(self, turns: Turns) -> None:
        super().__init__()
        self._turns = turns

    def on_epoch_begin(self, _epoch: int, _logs: Any = None) -> None:
        self._turns.begin(_FIT)

    def on_epoch_end(self, _epoch: int, _logs: Any = None) -> None:
        self._turns.end(_FIT)


class OurTurns(TrainingObserver):
    """Makes every epoch of our engine a turn; the first one is begun by the caller."""

    def __init__(self, turns: Turns, epochs: int) -> None:
        self._turns = turns
        self._epochs = epochs

    def epoch_ended(self, end: EpochEnd) -> None:
        """End a turn and wait for the next."""
        if end.record.epoch > 0:
            self._turns.end(_OURS)
            if end.record.epoch < self._epochs:
                self._turns.begin(_OURS)


def run_fit(experiment: ExperimentSpec, dataset: Dataset, turns: Turns) -> float:
    """Train by ``model.fit``; return the last validation loss."""
    architecture, training = experiment.architecture, experiment.training
    models = build_models(architecture, experiment.dataset.row_shape)
    initialise(models, training.seed)
    model = models.autoencoder
    model.compile(optimizer=make_optimizer(architecture.optimizer), loss=architecture.loss)
    history = model.fit(
        dataset.train,
        dataset.train,
        epochs=training.epochs,
        batch_size=training.batch_size,
        shuffle=True,
        validation_data=(dataset.test, dataset.test),
        callbacks=[FitTurns(turns)],
        verbose=0,
    )
    return float(history.history["val_loss"][-1])


def run_ours(experiment: ExperimentSpec, dataset: Dataset, turns: Turns) -> float:
    """Train by our engine; return the last validation loss."""
    turns.begin(_OURS)
    observer = OurTurns(turns, experiment.training.epochs)
    return train(experiment, dataset, TrainingControl(), observer).history.last.val_loss


def validate(experiment: ExperimentSpec, dataset: Dataset) -> list[float]:
    """Return the seconds of some validations by the program that has been trained."""
    program, rows = program_for(experiment), tensor_of(dataset.test)
    seconds = []
    for _ in range(_VALIDATIONS):
        began = time.perf_counter()
        program.evaluate(rows)
        seconds.append(time.perf_counter() - began)
    return seconds


def _dense(*widths: int, **options: Any) -> tuple[DenseLayer, ...]:
    return tuple(DenseLayer(width=width, **options) for width in widths)


ARCHITECTURES = {
    "variational": ArchitectureSpec(encoder=_dense(256), code=VariationalCode(width=2)),
    "big": ArchitectureSpec(encoder=_dense(512, 256, 128), code=DenseCode(width=32)),
    "denoising": ArchitectureSpec(
        encoder=_dense(128, dropout=0.2),
        code=DenseCode(width=32),
        corruption=GaussianCorruption(stddev=0.3),
    ),
    "convolutional": ArchitectureSpec(
        encoder=(ConvLayer(filters=8), ConvLayer(filters=16)), code=DenseCode(width=32)
    ),
}


def find_experiment(name: str) -> ExperimentSpec:
    """Return a lesson, or MNIST through one of the architectures above."""
    if name not in ARCHITECTURES:
        return find_lesson(name).experiment
    return find_lesson("mnist").experiment.model_copy(update={"architecture": ARCHITECTURES[name]})


@dataclass(frozen=True)
class Figures:
    """One lesson's seconds for each counted epoch, and where both ended."""

    fit: list[float]
    ours: list[float]
    validation: list[float]
    fit_val_loss: float
    our_val_loss: float

    @property
    def ratio(self) -> float:
        """How many of our epochs fit into one of theirs."""
        return median(self.fit) / median(self.ours)

    @property
    def validation_share(self) -> float:
        """Validation's part of one of our epochs."""
        return median(self.validation) / median(self.ours)


def compare(lesson: str, epochs: int) -> Figures:
    """Train a lesson by both sides, ``epochs`` counted ones and one before."""
    experiment = find_experiment(lesson)
    training = experiment.training.model_copy(update={"epochs": epochs + 1})
    experiment = experiment.model_copy(update={"training": training})
    dataset, turns = load_dataset(experiment.dataset), Turns()
    with ThreadPoolExecutor(2) as pool:
        fit = pool.submit(run_fit, experiment, dataset, turns)
        ours = pool.submit(run_ours, experiment, dataset, turns)
    seconds = turns.seconds
    return Figures(
        seconds[_FIT][1:],
        seconds[_OURS][1:],
        validate(experiment, dataset),
        fit.result(),
        ours.result(),
    )


def main(
    lesson: Annotated[list[str] | None, typer.Option(help="One of them; again for more.")] = None,
    epochs: Annotated[int, typer.Option(min=1, help="Counted epochs of each.")] = 5,
    json: Annotated[Path | None, typer.Option(help="Write the figures here.")] = None,
) -> None:
    """Compare seconds per epoch with those of model.fit."""
    figures = {name: compare(name, epochs) for name in lesson or FLOORS}
    headings = ("lesson", "fit, s", "ours, s", "ratio", "floor", "val loss, fit", "ours")
    rows = [_row(name, its) for name, its in figures.items()]
    show("Seconds per epoch, medians, validation included", headings, rows)
    shares = [
        (name, f"{its.validation_share:.1%}", at_most(its.validation_share, MOST_VALIDATION))
        for name, its in figures.items()
    ]
    show("Validation's share of our epoch", ("lesson", "share", "limit"), shares)
    write_json(json, {name: _as_json(its) for name, its in figures.items()})


def _as_json(its: Figures) -> dict[str, Any]:
    return asdict(its) | {"ratio": its.ratio, "validation_share": its.validation_share}


def _row(name: str, its: Figures) -> Sequence[object]:
    return (
        name,
        _spread(its.fit),
        _spread(its.ours),
        f"{its.ratio:.1f}",
        at_least(its.ratio, FLOORS.get(name, 1.0), 1),
        f"{its.fit_val_loss:.4f}",
        f"{its.our_val_loss:.4f}",
    )


def _spread(seconds: list[float]) -> str:
    return f"{median(seconds):.3f} ({min(seconds):.3f}–{max(seconds):.3f})"


if __name__ == "__main__":
    typer.run(main)
