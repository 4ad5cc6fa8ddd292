"""How other threads steer a training."""

import threading


class TrainingControl:
    """Wishes for a training under way; it looks at them between chunks. Safe from any thread."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask the training to end after the chunk under way, keeping what was learned."""
        self._stop.set()

    @property
    def stop_requested(self) -> bool:
        """Whether somebody asked for the end."""
        return self._stop.is_set()
