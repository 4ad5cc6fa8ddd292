"""How far a run is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """How far a run is. ``epoch`` is the one under way, from 1; times are in seconds."""

    doing: str
    epoch: int = 0
    epochs: int = 0
    fraction: float = 0.0
    seconds_per_epoch: float | None = None
    seconds_left: float | None = None
