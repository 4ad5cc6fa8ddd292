"""The errors of several runs' test rows over each other, in the same bins."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from aegui.analysis.histogram import error_histogram
from aegui.records import Histogram
from aegui.ui.handing.export import Table
from aegui.ui.theme import Theme
from aegui.ui.views.compare.compare_plot import ComparePlot
from aegui.ui.views.compare.compared import ComparedRun, are_of_one_width

_BINS = 100
_FILL = 0.22
_HEADROOM = 1.08


class CompareHistogram(ComparePlot):
    """An outline for each run in bins that all share.

    Rows are counted in shares, since runs may have other numbers of test rows. Where rows have
    other numbers of features, errors are per feature: sums over more are larger of themselves.
    """

    def __init__(self) -> None:
        super().__init__("errors")
        self._runs: list[ComparedRun] = []
        self._histograms: list[Histogram] = []
        self._outlines: list[pg.PlotDataItem] = []
        self.set_label("left", "Share of test rows, %")
        self.setAccessibleName("Reconstruction errors of the ticked runs")
        self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        super().set_theme(theme)
        self._colour()

    def show_runs(self, runs: list[ComparedRun]) -> None:
        """Show the errors of these runs, in place of others."""
        self._runs = runs
        is_sum = are_of_one_width(runs)
        noun = runs[0].dataset.noun if len({r.dataset.noun for r in runs}) == 1 else "row"
        words = f"Sum of absolute error per {noun}" if is_sum else "Absolute error per feature"
        self.set_label("bottom", words)
        errors = [
            run.row_errors if is_sum else run.row_errors / np.float32(run.dataset.features)
            for run in runs
        ]
        low = min((float(values.min()) for values in errors), default=0.0)
        high = max((float(values.max()) for values in errors), default=1.0)
        self._histograms = [error_histogram(values, _BINS, low, high) for values in errors]
        self._draw(self._histograms)

    def table(self) -> Table:
        """Return the bins, and how many rows of each run are in them."""
        if not self._histograms:
            return (), ()
        edges = self._histograms[0].edges
        counts = [histogram.counts.tolist() for histogram in self._histograms]
        rows = list(zip(edges[:-1].tolist(), edges[1:].tolist(), *counts, strict=True))
        return ("from", "to", *(run.name for run in self._runs)), rows

    def _draw(self, histograms: list[Histogram]) -> None:
        while len(self._outlines) < len(histograms):
            item = pg.PlotDataItem(stepMode="center", fillLevel=0.0, antialias=True)
            self._outlines.append(item)
            self.addItem(item)
        shares = [100 * h.counts / max(h.n, 1) for h in histograms]
        for place, item in enumerate(self._outlines):
            item.setVisible(place < len(shares))
            if place < len(shares):
                item.setData(histograms[place].edges, shares[place])
        if shares:
            edges = histograms[0].edges
            start = 0.0 if edges[0] < 0.3 * edges[-1] else float(edges[0])
            self.setXRange(start, float(edges[-1]), padding=0)
            most = max(float(share.max()) for share in shares)
            self.setYRange(0, most * _HEADROOM, padding=0)
        self._colour()

    def _colour(self) -> None:
        values = [f"σ {histogram.std:.4g}" for histogram in self._histograms]
        self.set_key("Errors", self._runs, values)
        for run, item in zip(self._runs, self._outlines, strict=False):
            hue = QColor(self._theme.series[run.hue % len(self._theme.series)])
            item.setPen(pg.mkPen(hue, width=1.5 * self._theme.scale))
            hue.setAlphaF(_FILL)
            item.setBrush(hue)
