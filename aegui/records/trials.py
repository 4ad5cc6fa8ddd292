"""What a trial of a sweep leaves behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aegui.records.baselines import Baselines
from aegui.records.frames import EpochFrame
from aegui.records.history import History
from aegui.records.model import FloatArray
from aegui.records.summary import RunSummary
from aegui.records.training_state import TrainingState
from aegui.specs import ExperimentSpec
from aegui.specs.changes import JsonScalar


@dataclass(frozen=True, eq=False)
class TrialOutcome:
    """A trial that ended, as arrays and values alone, so that it can travel between processes.

    ``row_errors`` is Σ|x − x̂| of each test row, ``weights`` are the model's in Keras' order,
    ``seconds`` is wall-clock time from the data to the end, and ``folder`` is where the run was
    kept, once it was. ``frames`` and ``training`` are what the run's folder is to hold as well;
    they are let go of when it is written. ``baselines`` are what its errors are measured against,
    once they are known.
    """

    number: int
    settings: Mapping[str, JsonScalar]
    seed: int
    experiment: ExperimentSpec
    summary: RunSummary
    history: History
    row_errors: FloatArray
    weights: tuple[FloatArray, ...]
    seconds: float
    folder: Path | None = None
    frames: tuple[EpochFrame, ...] = ()
    training: TrainingState | None = None
    baselines: Baselines | None = None
