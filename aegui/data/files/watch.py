"""How a long reading is followed and called off."""

from collections.abc import Callable
from dataclasses import dataclass


class ReadingStoppedError(Exception):
    """A reading was called off by the one who asked for it."""


def _told_nobody(_doing: str, _fraction: float) -> None:
    """Take note of nothing."""


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Watch:
    """Who follows a reading: ``told`` hears what is done and how far it is, 0 to 1.

    ``goes_on`` says whether to go on. Both are called on the thread that reads.
    """

    told: Callable[[str, float], None] = _told_nobody
    goes_on: Callable[[], bool] = _always

    def step(self, doing: str, fraction: float) -> None:
        """Tell of a step; raises ``ReadingStoppedError`` when the reading was called off."""
        if not self.goes_on():
            raise ReadingStoppedError
        self.told(doing, fraction)


UNWATCHED = Watch()
