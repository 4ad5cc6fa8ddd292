"""What a run tells of itself: figures of every epoch, and what happened to it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Literal

EventKind = Literal["learning_rate", "speed", "plateau", "early_stop", "restored", "continued"]


@dataclass(frozen=True)
class EpochRecord:
    """The scalars of one epoch; epoch 0 is the untrained model and has no training loss.

    ``loss`` is the mean over the epoch's batches, taken while the weights were changing;
    ``val_loss`` is that of the test rows at the epoch's end. ``error`` is the mean over the
    test rows of Σ|x − x̂|. ``seconds`` is wall-clock time, validation included and pauses left
    out, since the run began or went on if that was inside the epoch. ``fraction`` is the share of
    the epoch's steps that were done: below 1 only where a run was stopped.
    ``kl`` and ``val_kl`` are the code's divergence from a standard normal, in nats, of a
    variational model, and ``reconstruction`` and ``val_reconstruction`` its loss without them.
    """

    epoch: int
    loss: float | None
    val_loss: float
    error: float
    learning_rate: float
    seconds: float
    fraction: float = 1.0
    kl: float | None = None
    val_kl: float | None = None
    reconstruction: float | None = None
    val_reconstruction: float | None = None

    @property
    def position(self) -> float:
        """Where the epoch's end lies on an axis of epochs."""
        return self.epoch - 1 + self.fraction


@dataclass(frozen=True)
class RunEvent:
    """Something that happened to a run, at a place on its axis of epochs.

    ``speed`` is a change of how closely the views follow, which changes nothing of the run.
    """

    position: float
    kind: EventKind
    text: str


@dataclass(frozen=True)
class History:
    """The records of a run, oldest first, epoch 0 included, and what happened to it."""

    records: tuple[EpochRecord, ...] = ()
    events: tuple[RunEvent, ...] = ()

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

    @property
    def best(self) -> EpochRecord | None:
        """The epoch whose weights early stopping put back in the end; None where it did not.

        A run that goes on does so from its last epoch, and has none until it ends again.
        """
        ends = [event for event in self.events if event.kind in ("restored", "continued")]
        if not ends or ends[-1].kind == "continued":
            return None
        return next((r for r in self.records if r.position == ends[-1].position), None)

    @property
    def kept(self) -> EpochRecord:
        """The epoch whose model the run leaves: the best, or the newest."""
        return self.best or self.last

    def with_record(self, record: EpochRecord) -> "History":
        """Return a history that has one more record."""
        return replace(self, records=(*self.records, record))

    def with_event(self, event: RunEvent) -> "History":
        """Return a history that has one more event."""
        return replace(self, events=(*self.events, event))

    def whole_epochs(self) -> "History":
        """Return the history without an epoch that was stopped inside."""
        if self.records and self.records[-1].fraction < 1:
            return replace(self, records=self.records[:-1])
        return self


EPOCH_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(EpochRecord))
EVENT_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(RunEvent))
