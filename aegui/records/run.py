"""How a run ended."""

from dataclasses import dataclass, field
from pathlib import Path

from aegui.control import RunState
from aegui.records.frames import EpochFrame
from aegui.records.history import History
from aegui.records.model import FloatArray, TrainedModel
from aegui.records.summary import RunSummary
from aegui.records.training_state import TrainingState


@dataclass(frozen=True)
class Failure:
    """Why a run could not go on: what went wrong, what was kept, what to do.

    ``is_not_finite`` tells that its loss was no number any more, ``is_unforeseen`` that a mistake
    in the program is likely, which a person may report.
    """

    what: str
    kept: str
    remedy: str
    is_not_finite: bool = False
    is_unforeseen: bool = False

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.kept, self.remedy) if part)


@dataclass(frozen=True)
class RunResult:
    """How a run ended, and what it leaves: the last good epoch's model and errors.

    ``row_errors`` is Σ|x − x̂| of every test row. ``model`` and ``row_errors`` are None when not
    even epoch 0 was reached. ``failure`` says why a run failed, what stopped one that nobody
    stopped, or why one that finished was not kept. ``prepare_seconds`` and ``train_seconds`` are
    those of ``Seconds``. ``summary`` has its figures, ``frames`` what the views showed,
    ``training`` is what it can be continued from, None after a failure, and ``folder`` is where
    it was kept, if it was.
    """

    state: RunState
    history: History = field(default_factory=History)
    model: TrainedModel | None = None
    row_errors: FloatArray | None = None
    failure: Failure | None = None
    prepare_seconds: float = 0.0
    train_seconds: float = 0.0
    summary: RunSummary | None = None
    frames: tuple[EpochFrame, ...] = ()
    training: TrainingState | None = None
    folder: Path | None = None
