"""Whoever wants to know how a run goes. All is said on the run's own thread."""

from aegui.control import Progress
from aegui.records.ends import ChunkEnd, EpochEnd
from aegui.records.frames import ChunkSnapshot, EpochSnapshot
from aegui.records.history import EpochRecord, RunEvent


class Observer:
    """What both kinds of observer hear. This one takes note of nothing; override what matters."""

    def progressed(self, progress: Progress) -> None:
        """Take note of how far the run is."""

    def paused(self, is_paused: bool) -> None:
        """Take note that the run waits, or goes on."""

    def happened(self, event: RunEvent) -> None:
        """Take note of something that happened to the run."""


class TrainingObserver(Observer):
    """What the engine tells: models and arrays as they are."""

    def resumed(self, end: EpochEnd) -> None:
        """Take note of the model that a run goes on with; an earlier run told its epoch's end."""

    def chunk_ended(self, end: ChunkEnd) -> None:
        """Take note of the model inside an epoch; only when the control's speed asks for it."""

    def epoch_ended(self, end: EpochEnd) -> None:
        """Take note of an epoch's end; epoch 0 comes before the first step."""


class RunObserver(Observer):
    """What the workflow tells: what a view can show."""

    def resume_shown(self, snapshot: EpochSnapshot) -> None:
        """Take note of the model that a run goes on with, before its first new epoch."""

    def chunk_shown(self, snapshot: ChunkSnapshot) -> None:
        """Take note of the model inside an epoch; only when the control's speed asks for it."""

    def epoch_shown(self, record: EpochRecord, snapshot: EpochSnapshot) -> None:
        """Take note of an epoch's end; epoch 0 comes before the first step."""

    def keeping_changed(self, sentence: str) -> None:
        """Take note that the run cannot be kept on the disk at the moment, or is again.

        It goes on meanwhile, and what is missing is written once it can be.
        """
