"""What flows out of a training: frozen values, arrays read-only."""

from aegui.records.control import TrainingControl
from aegui.records.epochs import EPOCH_FIELDS, EpochEnd, EpochRecord, EpochSnapshot, History
from aegui.records.model import FloatArray, IndexArray, TrainedModel
from aegui.records.run import Failure, Progress, RunResult, TrainingObserver
from aegui.records.state import RunState
from aegui.records.summary import ErrorFigures, RunSummary, Seconds

__all__ = [
    "EPOCH_FIELDS",
    "EpochEnd",
    "EpochRecord",
    "EpochSnapshot",
    "ErrorFigures",
    "Failure",
    "FloatArray",
    "History",
    "IndexArray",
    "Progress",
    "RunResult",
    "RunState",
    "RunSummary",
    "Seconds",
    "TrainedModel",
    "TrainingControl",
    "TrainingObserver",
]
