"""A search for a t-SNE map, off the GUI thread."""

import logging
import threading
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread, Signal

from aegui.analysis.chart import Chart, on_other_plane
from aegui.analysis.tsne import make_tsne
from aegui.ui.workers.priority import let_the_window_go_first

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class TsneEnd:
    """How a search ended: with a map, with what went wrong, or called off, with neither."""

    chart: Chart | None = None
    problem: str | None = None


class TsneThread(QThread):
    """Searches once; ``ended`` comes exactly once, whatever happens."""

    progressed = Signal(float)
    ended = Signal(TsneEnd)

    def __init__(self, chart: Chart, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("t-SNE")
        self._chart = chart
        self._called_off = threading.Event()

    def cancel(self) -> None:
        """Ask for an end after the steps under way, some tenths of a second.

        The search for neighbours, with which it begins, is gone through to its end: some seconds
        for ten thousand codes.
        """
        self._called_off.set()

    def run(self) -> None:
        """Search, and tell the end."""
        let_the_window_go_first()
        try:
            plane = make_tsne(self._chart.codes, self._report)
            chart = None if plane is None else on_other_plane(self._chart, plane, plane.places)
        except Exception as error:
            _logger.exception("t-SNE failed")
            self.ended.emit(TsneEnd(problem=f"There is no t-SNE map of these codes: {error}"))
        else:
            self.ended.emit(TsneEnd(chart))

    def _report(self, share: float) -> bool:
        self.progressed.emit(share)
        return not self._called_off.is_set()
