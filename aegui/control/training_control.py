"""How other threads steer a training."""

import threading
import time
from enum import Enum

# How long after the last sign of it somebody counts as drawing, and how long a training waits
# for that at a stretch: a pen that never rests is not to hold it up for good.
_HAND_SECONDS = 0.1
_LONGEST_WAIT_SECONDS = 0.5


class Speed(Enum):
    """How closely the views follow a run: at each epoch's end, each chunk, or in slow motion."""

    EPOCH = "every epoch"
    CHUNK = "every chunk"
    SLOW = "slow motion"


class TrainingControl:
    """Wishes for a training under way; it looks at them between chunks. Safe from any thread."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._stop = False
        self._pause = False
        self._pause_after_epoch = False
        self._speed = Speed.EPOCH
        self._learning_rate: float | None = None
        self._hand_seen = -_HAND_SECONDS

    def stop(self) -> None:
        """Ask the training to end after the chunk under way, keeping what was learned."""
        with self._news:
            self._stop = True
            self._news.notify_all()

    def pause(self) -> None:
        """Ask the training to wait after the chunk under way."""
        with self._news:
            self._pause = True
            self._pause_after_epoch = False
            self._news.notify_all()

    def resume(self) -> None:
        """Let a paused training go on."""
        with self._news:
            self._pause = self._pause_after_epoch = False
            self._news.notify_all()

    def step(self) -> None:
        """Let the training go on to the end of the epoch under way, or of the next, and wait."""
        with self._news:
            self._pause = False
            self._pause_after_epoch = True
            self._news.notify_all()

    def set_learning_rate(self, learning_rate: float) -> None:
        """Ask for another learning rate from the next chunk on."""
        with self._news:
            self._learning_rate = learning_rate

    def set_speed(self, speed: Speed) -> None:
        """Ask for views that follow more or less closely."""
        with self._news:
            self._speed = speed
            self._news.notify_all()

    def give_way(self) -> None:
        """Ask the training to wait a moment: somebody draws, and a line is to follow the hand."""
        self._hand_seen = time.monotonic()

    @property
    def stop_requested(self) -> bool:
        """Whether somebody asked for the end."""
        return self._stop

    @property
    def pause_requested(self) -> bool:
        """Whether the training should wait now."""
        return self._pause and not self._stop

    @property
    def speed(self) -> Speed:
        """How closely the views want to follow."""
        return self._speed

    def take_learning_rate(self) -> float | None:
        """Return the learning rate that was asked for since the last call, if any."""
        with self._news:
            wanted, self._learning_rate = self._learning_rate, None
            return wanted

    def end_epoch(self) -> None:
        """Take note of an epoch's end: the training's own side of ``step``."""
        with self._news:
            if self._pause_after_epoch:
                self._pause, self._pause_after_epoch = True, False

    def wait_while_paused(self) -> None:
        """Return when the training may go on or should end."""
        with self._news:
            self._news.wait_for(lambda: self._stop or not self._pause)

    def let_pass(self) -> bool:
        """Wait while somebody draws; return whether the next chunk should be a short one."""
        began = time.monotonic()
        while (left := self._hand_seen + _HAND_SECONDS - time.monotonic()) > 0:
            if time.monotonic() - began > _LONGEST_WAIT_SECONDS:
                return True
            with self._news:
                if self._news.wait_for(lambda: self._stop or self._pause, left):
                    break
        return False

    def rest(self, seconds: float) -> None:
        """Wait between two chunks of slow motion, until somebody wants something else."""
        with self._news:
            self._news.wait_for(
                lambda: self._stop or self._pause or self._speed is not Speed.SLOW, seconds
            )
