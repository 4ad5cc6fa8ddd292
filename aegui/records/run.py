"""A run from the outside: its state, how far it is, how it ended."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from aegui.records.epochs import EpochEnd, History
from aegui.records.model import FloatArray, TrainedModel
from aegui.records.state import RunState
from aegui.records.summary import RunSummary


@dataclass(frozen=True)
class Progress:
    """How far a run is. ``epoch`` is the one under way, from 1; times are in seconds."""

    doing: str
    epoch: int = 0
    epochs: int = 0
    fraction: float = 0.0
    seconds_per_epoch: float | None = None
    seconds_left: float | None = None


@dataclass(frozen=True)
class Failure:
    """Why a run could not go on: what went wrong, what was kept, what to do."""

    what: str
    kept: str
    remedy: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.kept, self.remedy) if part)


@dataclass(frozen=True)
class RunResult:
    """How a run ended, and what it leaves: the last good epoch's model and errors.

    ``row_errors`` is Σ|x − x̂| of every test row. ``model`` and ``row_errors`` are None when
    not even epoch 0 was reached. ``summary`` has its figures, and ``folder`` is where it was
    kept, if it was.
    """

    state: RunState
    history: History = field(default_factory=History)
    model: TrainedModel | None = None
    row_errors: FloatArray | None = None
    failure: Failure | None = None
    prepare_seconds: float = 0.0
    train_seconds: float = 0.0
    summary: RunSummary | None = None
    folder: Path | None = None


class TrainingObserver(Protocol):
    """Whoever wants to know how a training goes; called on the training's own thread."""

    def progressed(self, progress: Progress) -> None:
        """Take note of how far the run is, at most some 20 times a second."""
        ...

    def epoch_ended(self, end: EpochEnd) -> None:
        """Take note of an epoch's end; epoch 0 comes before the first step."""
        ...
