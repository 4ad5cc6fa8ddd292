"""How the errors of the test rows are spread, as bars."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from aegui.analysis.histogram import error_histogram
from aegui.records import Baselines, Histogram
from aegui.ui.handing.export import Table
from aegui.ui.theme import Theme
from aegui.ui.views.baseline_lines import BaselineLines, baseline_marks, baselines_in_words
from aegui.ui.views.bins import bins_table
from aegui.ui.views.plot import Plot
from aegui.ui.views.ranges import Range, settled_range, with_guests
from aegui.ui.views.text import error_texts, grouped, small_font

_BAR_WIDTH = 0.9
# Bars narrower than this many pixels stand side by side: gaps between them would flicker.
_LEAST_FOR_GAPS = 5.0
# Room above the bars for the lines of text, there from the start: bars do not jump later.
_HEADROOM = 1.3


class _Bars(pg.BarGraphItem):
    """Bars with a gap between them where there is room for one."""

    def paint(self, painter: QPainter, *args: object) -> None:
        """Draw the bars, to whole pixels when they are narrow."""
        pixel, _ = self.pixelVectors()
        wide = pixel is not None and self.opts["width"] >= _LEAST_FOR_GAPS * pixel.x()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, wide)
        super().paint(painter, *args)


class ErrorHistogram(Plot):
    """Bars of Σ|x − x̂| over the test rows, counted elsewhere, with mean, σ and n."""

    def __init__(self) -> None:
        super().__init__("reconstruction-error", whole_y=True)
        self._histogram = error_histogram([])
        self._held_x: Range | None = None
        self._held_y: Range | None = None
        self._bars = _Bars(x=[], height=[], width=1.0, pen=None)
        self._lines = BaselineLines(self.plotItem.vb, self._theme)
        self._summary = QGraphicsSimpleTextItem(self.plotItem.vb)
        self.addItem(self._bars)
        self.setAccessibleName("Reconstruction error")
        self.plotItem.vb.sigResized.connect(self._resized)
        self.set_theme(self._theme)
        self.start("row")

    @property
    def summary(self) -> str:
        """The line in the corner: mean, standard deviation and number of the errors."""
        return self._summary.text()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        super().set_theme(theme)
        self._bars.setOpts(brush=pg.mkBrush(theme.series[0]))
        self._lines.set_theme(theme)
        self._summary.setBrush(QColor(theme.text))
        self._summary.setFont(small_font(theme))
        self._place_summary()

    def start(self, noun: str) -> None:
        """Begin a run whose rows are called ``noun``: no bars yet."""
        self._held_x = self._held_y = None
        self.set_baselines(None)
        self.set_label("bottom", f"Sum of absolute error per {noun}")
        self.set_label("left", f"{noun.capitalize()}s")
        self.show_histogram(error_histogram([]))

    def show_histogram(self, histogram: Histogram) -> None:
        """Show how the errors of all test rows are spread; the axes move only when they must."""
        self._histogram = histogram
        self._settle_x()
        self._show_bars(histogram)

    def set_baselines(self, baselines: Baselines | None) -> None:
        """Show what the errors are to be measured against, or nothing with None."""
        self._lines.set_marks(baseline_marks(baselines))
        words = baselines_in_words(baselines)
        self._lines.setToolTip(words)
        self.setAccessibleDescription(words)
        self._settle_x()
        self._show_bars(self._histogram)

    def table(self) -> Table:
        """Return the bins: where they begin and end, and how many rows are in each.

        Beside each line stand the baselines' errors, as far as they are known.
        """
        names, bins = bins_table(self._histogram)
        marks = self._lines.marks
        rows = [(*line, *(mark.error for mark in marks)) for line in bins]
        return (*names, *(f"error of {mark.name}" for mark in marks)), rows

    def _settle_x(self) -> None:
        """Hold all bars, and the baselines where that does not press the bars together."""
        if self._histogram.n:
            low, high = float(self._histogram.edges[0]), float(self._histogram.edges[-1])
            errors = [mark.error for mark in self._lines.marks]
            low, high = with_guests(low, high, errors, self._held_x)
            self._held_x = settled_range(self._held_x, low, high, from_zero=True)
            self.setXRange(*self._held_x, padding=0)

    def _show_bars(self, histogram: Histogram) -> None:
        counts = histogram.counts
        self._bars.setOpts(
            x=_middles(histogram.edges), height=counts, width=self._bar_width(histogram.edges)
        )
        most = max(int(counts.max()), 1) * _HEADROOM
        self._held_y = settled_range(self._held_y, 0.0, most, from_zero=True)
        self.setYRange(*self._held_y, padding=0)
        self._summary.setText(_summary(histogram))
        self._place_summary()

    def _bar_width(self, edges: NDArray[np.float64]) -> float:
        bin_width = float(edges[1] - edges[0])
        start, end = self._held_x or (edges[0], edges[-1])
        pixels = self.area().width() * bin_width / (end - start)
        return bin_width * (_BAR_WIDTH if pixels >= _LEAST_FOR_GAPS else 1.0)

    @Slot()
    def _resized(self) -> None:
        self._bars.setOpts(width=self._bar_width(self._histogram.edges))
        self._place_summary()

    def _place_summary(self) -> None:
        area, text = self.area(), self._summary.boundingRect()
        self._summary.setPos(area.right() - text.width() - 4, area.top())


def _middles(edges: NDArray[np.float64]) -> NDArray[np.float64]:
    return (edges[:-1] + edges[1:]) / 2


def _summary(histogram: Histogram) -> str:
    if not histogram.n:
        return ""
    mean, std = error_texts((histogram.mean, histogram.std), histogram.mean, figures=4)
    return f"mean {mean}  σ = {std}  n = {grouped(histogram.n)}"
