"""The way back and forth through what somebody did."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Steps(Generic[T]):
    """Holds what is there now, what was there before each step, and what was taken back."""

    def __init__(self, now: T) -> None:
        self.now = now
        self._past: list[T] = []
        self._future: list[T] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back and none was done since."""
        return bool(self._future)

    def step(self, now: T) -> None:
        """Take in what is there after another step."""
        self._past.append(self.now)
        self._future.clear()
        self.now = now

    def undo(self) -> None:
        """Take back the last step, if there is one."""
        if self._past:
            self._future.append(self.now)
            self.now = self._past.pop()

    def redo(self) -> None:
        """Do again what was taken back last, if anything was."""
        if self._future:
            self._past.append(self.now)
            self.now = self._future.pop()
