"""How many steps to do in one call, and how long the rest will take."""

import time

from aegui.control import Progress

# Long enough that a call costs nothing beside its work, short enough to stop or pause within.
_CHUNK_SECONDS = 0.07
# While somebody draws: as long as a drawn line may lag without being seen to.
_SHORT_CHUNK_SECONDS = 0.006
_MOST_GROWTH = 4


class Pace:
    """Measures a run as it goes: sizes its chunks and tells how far it is."""

    def __init__(self, steps: int, epochs: int) -> None:
        self.chunk_steps = 1
        self._steps = steps
        self._epochs = epochs
        self._seconds_per_epoch: float | None = None
        self._step_seconds: float | None = None
        self._chunk_began = time.perf_counter()
        self._steps_at_chunk = 0
        self._is_first_chunk = True

    @property
    def short_chunk_steps(self) -> int:
        """Steps of a chunk that lets others have the cores at once."""
        if self._step_seconds is None:
            return 1
        return max(1, int(_SHORT_CHUNK_SECONDS / max(self._step_seconds, 1e-9)))

    def start_chunk(self) -> None:
        """Leave the time since the last chunk out of the measure, after a pause or a rest."""
        self._chunk_began = time.perf_counter()

    def chunk_done(self, done: int) -> None:
        """Take note that ``done`` steps of the epoch are over, and size the next chunk."""
        now = time.perf_counter()
        seconds, self._chunk_began = now - self._chunk_began, now
        count = max(1, done - self._steps_at_chunk)
        self._steps_at_chunk = 0 if done >= self._steps else done
        if self._is_first_chunk:
            # A program's first steps set things up, which says nothing about a step.
            self._is_first_chunk = False
            return
        self._step_seconds = seconds / count
        wanted = int(_CHUNK_SECONDS / max(self._step_seconds, 1e-9))
        self.chunk_steps = max(1, min(wanted, self.chunk_steps * _MOST_GROWTH))

    def epoch_done(self, seconds: float, steps: int) -> None:
        """Take note of how long an epoch took, validation included; wait for the next one.

        ``steps`` of it were done in that time: not all, where the run went on inside.
        """
        self._seconds_per_epoch = seconds * self._steps / steps
        self._chunk_began = time.perf_counter()
        self._steps_at_chunk = 0

    def progress(self, epoch: int, done: int) -> Progress:
        """Return how far the run is after ``done`` steps of ``epoch``."""
        per_epoch = self._seconds_per_epoch
        if per_epoch is None and self._step_seconds is not None:
            per_epoch = self._step_seconds * self._steps
        fraction = (epoch - 1 + done / self._steps) / self._epochs
        left = None if per_epoch is None else per_epoch * self._epochs * (1 - fraction)
        return Progress(
            doing="Training",
            epoch=epoch,
            epochs=self._epochs,
            fraction=fraction,
            seconds_per_epoch=per_epoch,
            seconds_left=left,
        )
