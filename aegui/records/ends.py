"""What a training hands out at the end of an epoch, and inside one."""

from collections.abc import Callable
from dataclasses import dataclass

from aegui.records.history import EpochRecord
from aegui.records.model import FloatArray, TrainedModel
from aegui.records.training_state import TrainingState


@dataclass(frozen=True, eq=False)
class EpochEnd:
    """One epoch's record with the model as it was then and its error for every test row.

    ``take_state`` returns what the run could be continued from as it is when it is called: on
    the training's own thread, between two chunks.
    """

    record: EpochRecord
    model: TrainedModel
    row_errors: FloatArray
    take_state: Callable[[], TrainingState]


@dataclass(frozen=True)
class ChunkEnd:
    """The model inside an epoch, and the mean training loss of the epoch's steps so far.

    Of a variational model, ``loss`` is that of the reconstruction, without the divergence.
    """

    position: float
    loss: float
    model: TrainedModel
