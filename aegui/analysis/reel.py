"""The pictures of a run's epochs that can be gone back to."""

from bisect import bisect_left
from collections.abc import Iterable

from aegui.records import EpochFrame

# A run of a thousand epochs keeps every second or fourth; a frame takes some 20 kB.
_MOST = 500


class Reel:
    """Frames in the order of their epochs, thinned out where there are many."""

    def __init__(self, frames: Iterable[EpochFrame] = ()) -> None:
        self._frames = sorted(frames, key=lambda frame: frame.position)
        self._every = 1

    @property
    def frames(self) -> tuple[EpochFrame, ...]:
        """The frames, oldest first."""
        return tuple(self._frames)

    @property
    def positions(self) -> list[float]:
        """Where the frames lie on the axis of epochs, rising."""
        return [frame.position for frame in self._frames]

    @property
    def last(self) -> EpochFrame | None:
        """The newest frame, if there is any."""
        return self._frames[-1] if self._frames else None

    def add(self, frame: EpochFrame) -> None:
        """Add the newest frame; it replaces what lies at its place or later."""
        self._frames = self._frames[: bisect_left(self.positions, frame.position)]
        if self._frames and self._frames[-1].position % self._every:
            # It was shown as the newest only: inside an epoch, or between those that stay.
            self._frames.pop()
        while len(self._frames) >= _MOST:
            self._every *= 2
            self._frames = [f for f in self._frames if not f.position % self._every]
        self._frames.append(frame)

    def put(self, frame: EpochFrame) -> None:
        """Put a frame at its place among the others, where a long run may have lost it."""
        others = [f for f in self._frames if f.position != frame.position]
        self._frames = sorted([*others, frame], key=lambda f: f.position)

    def at(self, position: float) -> EpochFrame | None:
        """Return the frame of this very position, if it is there."""
        return next((f for f in self._frames if f.position == position), None)

    def nearest(self, position: float) -> EpochFrame | None:
        """Return the frame nearest to a position, if there is any."""
        return min(self._frames, key=lambda f: abs(f.position - position), default=None)
