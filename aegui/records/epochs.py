"""What each epoch leaves behind."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from aegui.records.model import FloatArray, TrainedModel


@dataclass(frozen=True)
class EpochRecord:
    """The scalars of one epoch; epoch 0 is the untrained model and has no training loss.

    ``loss`` is the mean over the epoch's batches, taken while the weights were changing;
    ``val_loss`` is that of the test rows at the epoch's end. ``error`` is the mean over the
    test rows of Σ|x − x̂|. ``seconds`` is wall-clock time, validation included. ``fraction`` is
    the share of the epoch's steps that were done: below 1 only where a run was stopped.
    """

    epoch: int
    loss: float | None
    val_loss: float
    error: float
    learning_rate: float
    seconds: float
    fraction: float = 1.0

    @property
    def position(self) -> float:
        """Where the epoch's end lies on an axis of epochs."""
        return self.epoch - 1 + self.fraction


@dataclass(frozen=True)
class EpochEnd:
    """One epoch's record with the model as it was then and its error for every test row."""

    record: EpochRecord
    model: TrainedModel
    row_errors: FloatArray


@dataclass(frozen=True)
class EpochSnapshot:
    """What the views draw at an epoch's end.

    ``strip`` holds the reconstructions, (rows, features), of the rows that the strip shows;
    ``row_errors`` is Σ|x − x̂| of every test row.
    """

    epoch: int
    strip: FloatArray
    row_errors: FloatArray
    model: TrainedModel


@dataclass(frozen=True)
class History:
    """The records of a run, oldest first, epoch 0 included."""

    records: tuple[EpochRecord, ...] = ()

    def __iter__(self) -> Iterator[EpochRecord]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    @property
    def last(self) -> EpochRecord:
        """The newest record; raises ``IndexError`` when there is none."""
        return self.records[-1]

    @property
    def epochs(self) -> int:
        """Number of epochs trained, one that was stopped inside included."""
        return self.records[-1].epoch if self.records else 0

    @property
    def position(self) -> float:
        """Epochs trained, with the fraction of one that was stopped inside."""
        return self.records[-1].position if self.records else 0.0

    def with_record(self, record: EpochRecord) -> "History":
        """Return a history that has one more record."""
        return History((*self.records, record))


EPOCH_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(EpochRecord))
