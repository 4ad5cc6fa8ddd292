"""Searches for t-SNE maps, one at a time."""

from PySide6.QtCore import QObject, Signal, Slot

from aegui.analysis.chart import Chart
from aegui.ui.shown import Shown
from aegui.ui.workers.tsne import TsneEnd, TsneThread


class LatentSearch(QObject):
    """A search begins once the last one has ended: two at once would take each other's cores.

    One that is called off during its first seconds ends after these, and nobody waits for it.
    """

    progressed = Signal(float)
    found = Signal(Chart, Shown)
    """The map that was searched for, of the model that it was searched for."""
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._next: tuple[Chart, Shown] | None = None
        self._shown: Shown | None = None
        self._thread: TsneThread | None = None
        self._ending: list[TsneThread] = []

    @property
    def is_wanted(self) -> bool:
        """Whether a search is under way, or is to begin."""
        return self._thread is not None or self._next is not None

    @property
    def is_idle(self) -> bool:
        """Whether there is no thread any more, not even of a search that was called off."""
        return not self.is_wanted and not self._ending

    def start(self, chart: Chart, shown: Shown) -> None:
        """Search for a map of a chart's codes, those of a model, in place of any other search."""
        self.end()
        self._next = chart, shown
        self._begin()

    def end(self) -> None:
        """Call the search off, if there is one."""
        self._next = None
        if self._thread is not None:
            self._thread.cancel()
            self._ending.append(self._thread)
            self._thread = None

    def close(self) -> None:
        """Call everything off and wait for the threads."""
        self.end()
        for thread in self._ending:
            thread.wait()

    def _begin(self) -> None:
        if self._next is None or self._ending:
            return
        chart, self._shown = self._next
        self._next = None
        self._thread = TsneThread(chart, self)
        self._thread.progressed.connect(self._take_progress)
        self._thread.ended.connect(self._take_end)
        self._thread.finished.connect(self._clear_away)
        self._thread.start()

    @Slot(float)
    def _take_progress(self, share: float) -> None:
        if self.sender() is self._thread:
            self.progressed.emit(share)

    @Slot(TsneEnd)
    def _take_end(self, end: TsneEnd) -> None:
        shown = self._shown
        if self.sender() is not self._thread or shown is None:
            return
        self.end()
        if end.chart is not None:
            self.found.emit(end.chart, shown)
        elif end.problem is not None:
            self.failed.emit(end.problem)

    @Slot()
    def _clear_away(self) -> None:
        for thread in [thread for thread in self._ending if thread.isFinished()]:
            self._ending.remove(thread)
            thread.deleteLater()
        self._begin()
