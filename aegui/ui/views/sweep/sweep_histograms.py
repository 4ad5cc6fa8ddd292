"""The errors of a sweep's settings, one outline over the other."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QColor

from aegui.analysis.histogram import error_histogram
from aegui.records import Histogram
from aegui.ui.handing.export import Table
from aegui.ui.theme import Theme
from aegui.ui.views.key import KeyRow, PlotKey
from aegui.ui.views.plot import Plot
from aegui.ui.views.ranges import Range, settled_range
from aegui.ui.views.sweep.sweep_groups import Group

_BINS = 200
_MOST_IN_KEY = 8
_FILL = 40
"""Opacity of the area below an outline, of 255."""
_HEADROOM = 1.08
_MARGIN = 16.0
"""Pixels beside a key that stands above the plot."""


class SweepHistograms(Plot):
    """Outlines of Σ|x − x̂| over the test rows, a colour for each setting; the key has σ.

    Heights are shares of the rows, so that settings with more rows, or more seeds, are not
    higher for that.
    """

    def __init__(self) -> None:
        super().__init__("sweep-errors")
        self._groups: list[Group] = []
        self._colours: list[QColor] = []
        self._title = ""
        self._histograms: list[Histogram] = []
        self._counted: dict[int, tuple[tuple[int, ...], float, Histogram]] = {}
        self._curves: list[pg.PlotDataItem] = []
        self._held_x: Range | None = None
        self._held_y: Range | None = None
        self._key = PlotKey(self._theme)
        self._key.setParentItem(self.plotItem)
        self.set_label("bottom", "Sum of absolute error per row")
        self.set_label("left", "Share of rows")
        self.setAccessibleName("Reconstruction error by setting")
        self.plotItem.vb.sigResized.connect(self._settle)
        self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``; those of the settings come with ``show_groups``."""
        super().set_theme(theme)
        self._key.set_theme(theme)
        self._settle()

    @property
    def texts(self) -> list[str]:
        """What the key says, line by line."""
        return self._key.texts

    def start(self, title: str) -> None:
        """Begin a sweep over what is called ``title``: no outlines yet."""
        self._title = title
        self._held_x = self._held_y = None
        self._counted.clear()
        self.show_groups([], [])

    def show_groups(self, groups: Sequence[Group], colours: Sequence[QColor]) -> None:
        """Show the settings that have trials; ``colours`` has one for each of the sweep."""
        self._groups, self._colours = list(groups), list(colours)
        most = max((float(group.row_errors.max()) for group in groups), default=1.0)
        self._histograms = [self._count(group, most) for group in groups]
        while len(self._curves) < len(groups):
            curve = pg.PlotDataItem(stepMode="center", fillLevel=0.0)
            self.addItem(curve)
            self._curves.append(curve)
        for place, curve in enumerate(self._curves):
            curve.setVisible(place < len(groups))
            if place < len(groups):
                self._draw(curve, self._histograms[place], self._colour(groups[place]))
        self._fill_key()
        self._settle()

    def table(self) -> Table:
        """Return the bins, and for each setting the number of rows in them."""
        if not self._histograms:
            return (), ()
        edges = self._histograms[0].edges
        counts = [histogram.counts.tolist() for histogram in self._histograms]
        headers = ("from", "to", *(group.name for group in self._groups))
        return headers, list(zip(edges[:-1].tolist(), edges[1:].tolist(), *counts, strict=True))

    def _count(self, group: Group, most: float) -> Histogram:
        """Count a setting's errors; of the others, as a trial ends, nothing has changed."""
        seeds = tuple(outcome.seed for outcome in group.outcomes)
        known = self._counted.get(group.place)
        if known is None or known[:2] != (seeds, most):
            known = (seeds, most, error_histogram(group.row_errors, _BINS, 0.0, most))
            self._counted[group.place] = known
        return known[2]

    def _colour(self, group: Group) -> QColor:
        return self._colours[group.place]

    def _draw(self, curve: pg.PlotDataItem, histogram: Histogram, colour: QColor) -> None:
        fill = QColor(colour)
        fill.setAlpha(_FILL)
        curve.setPen(pg.mkPen(colour, width=1.5 * self._theme.scale))
        curve.setFillBrush(pg.mkBrush(fill))
        curve.setData(histogram.edges, _shares(histogram))

    @Slot()
    def _settle(self) -> None:
        """Choose the ranges, and for the key the place where it hides least."""
        self._held_x = settled_range(self._held_x, 0.0, self._histograms_end, from_zero=True)
        self.setXRange(*self._held_x, padding=0)
        area = self._area_in_plot()
        self._key.fit(area.adjusted(0, -area.top(), 0, 0), self.plotItem.size().width() - _MARGIN)
        self.keep_free(self._key.band_height)
        area = self._area_in_plot()
        self._key.place(area)
        self._key.setVisible(bool(self._histograms) and not self._key.is_cramped)
        outline = np.max([_shares(h) for h in self._histograms] or [np.ones(_BINS)], axis=0)
        highest = float(outline.max()) * _HEADROOM
        if not self._key.band_height:
            highest = max(highest, self._place_box(outline, area))
        self._held_y = settled_range(self._held_y, 0.0, highest, from_zero=True)
        self.setYRange(*self._held_y, padding=0)

    def _place_box(self, outline: NDArray[np.float64], area: QRectF) -> float:
        """Put the box into the better corner; return the height at which it hides nothing."""
        key, end = self._key.boundingRect(), (self._held_x or (0.0, 1.0))[1]
        covered = key.width() / max(area.width(), 1.0) * end
        middles = (np.arange(_BINS) + 0.5) * self._histograms_end / _BINS
        left = float(outline[middles <= covered].max(initial=0.0))
        right = float(outline[middles >= end - covered].max(initial=0.0))
        if left < right:
            self._key.setPos(area.left() + 4, area.top() + 4)
        free = 1 - min((key.height() + 12) / max(area.height(), 1.0), 0.5)
        return min(left, right) / free

    @property
    def _histograms_end(self) -> float:
        return float(self._histograms[0].edges[-1]) if self._histograms else 1.0

    def _area_in_plot(self) -> QRectF:
        box = self.plotItem.vb
        return QRectF(self.plotItem.mapRectFromItem(box, box.rect()))

    def _fill_key(self) -> None:
        rows = [
            KeyRow(
                pg.mkPen(self._colour(group), width=2 * self._theme.scale),
                f"{group.name} · mean {histogram.mean:.3g}",
                f"σ {histogram.std:.3g}",
            )
            for group, histogram in zip(self._groups, self._histograms, strict=True)
        ]
        beyond = len(rows) - _MOST_IN_KEY
        note = f"and {beyond} more, in the table" if beyond > 0 else ""
        self._key.set_rows(self._title, rows[:_MOST_IN_KEY], note)


def _shares(histogram: Histogram) -> NDArray[np.float64]:
    return histogram.counts / max(histogram.n, 1)
