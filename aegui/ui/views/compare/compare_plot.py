"""What both plots of the comparison share: a key in their saved pictures."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPen

from aegui.ui.theme import Theme
from aegui.ui.views.compare.compared import ComparedRun
from aegui.ui.views.key import KeyRow, PlotKey
from aegui.ui.views.plot import Plot

_MARGIN = 16.0
"""Pixels beside the key."""


class ComparePlot(Plot):
    """A plot of several runs. On the screen a card of its own is their legend.

    A saved picture stands alone: it has a key above the plot, with a value of each run.
    """

    def __init__(self, name: str, *, whole_x: bool = False) -> None:
        super().__init__(name, whole_x=whole_x)
        self._key = PlotKey(self._theme)
        self._key.setParentItem(self.plotItem)
        self._key.hide()

    @property
    def key_texts(self) -> list[str]:
        """What the key of a saved picture says, line by line."""
        return self._key.texts

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        super().set_theme(theme)
        self._key.set_theme(theme)

    def set_key(self, title: str, runs: Sequence[ComparedRun], values: Sequence[str]) -> None:
        """Name the runs in the key, each with a value."""
        rows = [
            KeyRow(self._key_pen(run), run.name, value)
            for run, value in zip(runs, values, strict=True)
        ]
        self._key.set_rows(title, rows)

    def picture(self) -> QImage:
        """Return what the plot shows and its key, two pixels to one of the screen's."""
        with self._keyed():
            return super().picture()

    def write_svg(self, path: Path) -> None:
        """Write the plot and its key as SVG; raises ``OSError`` when that cannot be done."""
        with self._keyed():
            super().write_svg(path)

    def write_pdf(self, path: Path) -> None:
        """Write the plot and its key as PDF; raises ``OSError`` when that cannot be done."""
        with self._keyed():
            super().write_pdf(path)

    def _key_pen(self, run: ComparedRun) -> QPen:
        hue = self._theme.series[run.hue % len(self._theme.series)]
        pen: QPen = pg.mkPen(hue, width=2 * self._theme.scale)
        return pen

    @contextmanager
    def _keyed(self) -> Iterator[None]:
        self._key.stand_above(self.plotItem.size().width() - _MARGIN)
        self.keep_free(self._key.band_height)
        box = self.plotItem.vb
        self._key.place(QRectF(self.plotItem.mapRectFromItem(box, box.rect())))
        self._key.show()
        try:
            yield
        finally:
            self._key.hide()
            self.keep_free(0.0)
