"""What flows out of a training: frozen values, arrays read-only."""

from aegui.records.baselines import Baselines
from aegui.records.ends import ChunkEnd, EpochEnd
from aegui.records.frames import ChunkSnapshot, EpochFrame, EpochSnapshot, Histogram
from aegui.records.history import (
    EPOCH_FIELDS,
    EVENT_FIELDS,
    EpochRecord,
    History,
    RunEvent,
)
from aegui.records.model import FloatArray, IndexArray, TrainedModel
from aegui.records.observers import RunObserver, TrainingObserver
from aegui.records.run import Failure, RunResult
from aegui.records.summary import ErrorFigures, RunSummary, Seconds, finite
from aegui.records.training_state import Continuation, TrainingState
from aegui.records.trials import TrialOutcome

__all__ = [
    "EPOCH_FIELDS",
    "EVENT_FIELDS",
    "Baselines",
    "ChunkEnd",
    "ChunkSnapshot",
    "Continuation",
    "EpochEnd",
    "EpochFrame",
    "EpochRecord",
    "EpochSnapshot",
    "ErrorFigures",
    "Failure",
    "FloatArray",
    "Histogram",
    "History",
    "IndexArray",
    "RunEvent",
    "RunObserver",
    "RunResult",
    "RunSummary",
    "Seconds",
    "TrainedModel",
    "TrainingObserver",
    "TrainingState",
    "TrialOutcome",
    "finite",
]
