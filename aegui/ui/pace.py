"""How often something may be worked out anew beside a training."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

# What is worked out while a run learns takes at most a tenth of the time.
_REST = 9


class Pace(QObject):
    """Says when it is time for work that is wished for more often than it can be done.

    The work is under way from ``due`` until ``finish``; a wish that comes meanwhile is granted
    afterwards, many of them once.

    Parameters
    ----------
    least_ms
        The shortest rest after a work, in milliseconds, where it is to be gentle.
    """

    due = Signal()

    def __init__(self, least_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._least = least_ms
        self._is_wanted = self._is_urgent = self._is_busy = False
        self._took = QElapsedTimer()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._begin)

    def wish(self, *, gently: bool) -> None:
        """Ask for the work: now, or, gently, once what was done has had its rest."""
        self._is_wanted = True
        if not gently:
            self._is_urgent = True
            self._rest.stop()
        if not self._rest.isActive():
            self._begin()

    def finish(self) -> None:
        """Say that the work is done."""
        if not self._is_busy:
            return
        self._is_busy = False
        if self._is_urgent:
            self._begin()
        else:
            self._rest.start(max(self._least, _REST * self._took.elapsed()))

    def forget(self) -> None:
        """Take back all wishes; work under way does not count any more."""
        self._is_wanted = self._is_urgent = self._is_busy = False
        self._rest.stop()

    @Slot()
    def _begin(self) -> None:
        if self._is_wanted and not self._is_busy:
            self._is_wanted = self._is_urgent = False
            self._is_busy = True
            self._took.start()
            self.due.emit()
