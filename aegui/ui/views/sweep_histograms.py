"""The errors of a sweep's settings, one outline over the other."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Slot
from PySide6.QtGui import QColor

from aegui.analysis.histogram import error_histogram
from aegui.records import Histogram
from aegui.ui.export import Table
from aegui.ui.theme import Theme
from aegui.ui.views.key import KeyRow, PlotKey
from aegui.ui.views.plot import Plot
from aegui.ui.views.ranges import Range, settled_range
from aegui.ui.views.sweep_groups import Group

_BINS = 200
_MOST_IN_KEY = 8
_FILL = 40
"""Opacity of the area below an outline, of 255."""
_HEADROOM = 1.08


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
        self._key.setParentItem(self.plotItem.vb)
        self.set_label("bottom", "Sum of absolute error per row")
        self.set_label("left", "Share of rows")
        self.setAccessibleName("Reconstruction error by setting")
        self.plotItem.vb.sigResized.connect(self._place_key)
        self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``; those of the settings come with ``show_groups``."""
        super().set_theme(theme)
        self._key.set_theme(theme)
        self._place_key()

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
        self._settle(most)
        self._fill_key()

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

    def _settle(self, most: float) -> None:
        self._held_x = settled_range(self._held_x, 0.0, most, from_zero=True)
        self.setXRange(*self._held_x, padding=0)
        highest = max((float(_shares(h).max()) for h in self._histograms), default=1.0)
        self._held_y = settled_range(self._held_y, 0.0, highest * _HEADROOM, from_zero=True)
        self.setYRange(*self._held_y, padding=0)

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
        self._key.setVisible(bool(rows))
        self._key.set_rows(self._title, rows[:_MOST_IN_KEY], note)
        self._place_key()

    @Slot()
    def _place_key(self) -> None:
        self._key.place(self.area())


def _shares(histogram: Histogram) -> np.ndarray:
    return histogram.counts / max(histogram.n, 1)
