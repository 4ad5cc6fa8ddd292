"""How long the window's thread ever keeps a person waiting."""

import time

from PySide6.QtCore import QObject, Qt, QTimer, Slot

_MS = 8


class Ticks(QObject):
    """Ticks every 8 ms in the window's thread, and remembers the gaps between its ticks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.milliseconds: list[float] = []
        self._last: float | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_MS)

    def skip(self) -> None:
        """Leave out the time since the last tick: it went into something nobody waits for."""
        self._last = None

    def take(self) -> list[float]:
        """Return the gaps since the last call, in milliseconds."""
        taken, self.milliseconds = self.milliseconds, []
        return taken

    @Slot()
    def _tick(self) -> None:
        now = time.perf_counter()
        if self._last is not None:
            self.milliseconds.append(1000 * (now - self._last))
        self._last = now
