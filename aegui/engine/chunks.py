"""An epoch's steps in chunks, between which others are heard and waited for."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aegui.control import Speed, TrainingControl
from aegui.engine.pace import Pace
from aegui.records import TrainingObserver

# Between two chunks of slow motion: long enough to see what one chunk does.
_REST_SECONDS = 0.25


class Chunks:
    """Cuts epochs into chunks, and knows how long the run stood still between them."""

    def __init__(self, control: TrainingControl, observer: TrainingObserver, pace: Pace) -> None:
        self._control, self._observer, self._pace = control, observer, pace
        self._waited = 0.0

    def clock(self) -> float:
        """Return seconds on a clock that stands in pauses, rests, and while somebody draws."""
        return time.perf_counter() - self._waited

    def of_epoch(
        self, done: int, steps: int, listen: Callable[[], None]
    ) -> Iterator[tuple[int, int]]:
        """Yield (first step, steps) until the epoch is over or somebody wants to stop.

        ``listen`` is called before each chunk, when the run may go on.
        """
        while done < steps:
            self.wait_while_paused()
            listen()
            if self._control.stop_requested:
                return
            count = min(self._size(), steps - done)
            yield done, count
            done += count

    def wait_while_paused(self) -> None:
        """Return when the run may go on or should end, having told the observer of a pause."""
        if not self._control.pause_requested:
            return
        with self._waiting():
            self._observer.paused(True)
            self._control.wait_while_paused()
        if not self._control.stop_requested:
            self._observer.paused(False)

    def rest(self) -> None:
        """Let a chunk be looked at, in slow motion."""
        if self._control.speed is Speed.SLOW:
            with self._waiting():
                self._control.rest(_REST_SECONDS)

    def _size(self) -> int:
        with self._waiting():
            somebody_draws = self._control.let_pass()
        return self._pace.short_chunk_steps if somebody_draws else self._pace.chunk_steps

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self._waited += time.perf_counter() - began
            self._pace.start_chunk()
