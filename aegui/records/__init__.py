"""What flows out of a training: frozen values, arrays read-only."""

from aegui.records.control import TrainingControl
from aegui.records.epochs import EPOCH_FIELDS, EpochEnd, EpochRecord, EpochSnapshot, History
from aegui.records.model import FloatArray, IndexArray, TrainedModel
from aegui.records.run import Failure, Progress, RunResult, RunState, TrainingObserver

__all__ = [
    "EPOCH_FIELDS",
    "EpochEnd",
    "EpochRecord",
    "EpochSnapshot",
    "Failure",
    "FloatArray",
    "History",
    "IndexArray",
    "Progress",
    "RunResult",
    "RunState",
    "TrainedModel",
    "TrainingControl",
    "TrainingObserver",
]
