"""The states of a run."""

from enum import Enum


class RunState(Enum):
    """Where a run is."""

    IDLE = "idle"
    PREPARING = "preparing"
    TRAINING = "training"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def is_active(self) -> bool:
        """Whether a thread is at work."""
        return self in (RunState.PREPARING, RunState.TRAINING, RunState.PAUSED)
