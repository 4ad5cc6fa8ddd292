"""The losses of several runs over each other."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from aegui.ui.handing.export import Table
from aegui.ui.theme import Theme
from aegui.ui.views.compare.compare_plot import ComparePlot
from aegui.ui.views.compare.compared import ComparedRun
from aegui.ui.views.loss_points import (
    Points,
    needed_range,
    positive,
    training_points,
    validation_points,
    validation_value,
)
from aegui.ui.views.ranges import settled_range
from aegui.ui.views.text import loss_text

_WIDTH = 2


class CompareLoss(ComparePlot):
    """A hue for each run: validation solid, training dotted; the legend is a card of its own."""

    def __init__(self) -> None:
        super().__init__("losses", whole_x=True)
        self._runs: list[ComparedRun] = []
        self._curves: list[tuple[pg.PlotDataItem, pg.PlotDataItem]] = []
        self._log = False
        self.set_label("bottom", "Epoch")
        self.set_label("left", "Loss")
        self.setAccessibleName("Losses of the ticked runs")
        self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        super().set_theme(theme)
        self._colour()

    def show_runs(self, runs: list[ComparedRun]) -> None:
        """Show the curves of these runs, in place of others."""
        self._runs = runs
        while len(self._curves) < len(runs):
            pair = pg.PlotDataItem(antialias=True), pg.PlotDataItem(antialias=True)
            self._curves.append(pair)
            for item in pair:
                self.addItem(item)
        self._draw()

    def set_log(self, log: bool) -> None:
        """Show the losses on a logarithmic axis, or on a linear one."""
        self._log = log
        self.plotItem.setLogMode(x=False, y=log)
        # pyqtgraph takes the change for a wish to see everything.
        self.plotItem.vb.disableAutoRange()
        self._draw()

    def table(self) -> Table:
        """Return run, epoch, training and validation loss."""
        rows = [
            (run.name, record.epoch, record.loss, record.val_loss)
            for run in self._runs
            for record in run.history
        ]
        return ("run", "epoch", "training loss", "validation loss"), rows

    def _draw(self) -> None:
        drawn = [
            (self._drawn(training_points(r.history)), self._drawn(validation_points(r.history)))
            for r in self._runs
        ]
        nothing = np.empty((0, 2)), np.empty((0, 2))
        for place, pair in enumerate(self._curves):
            points = drawn[place] if place < len(drawn) else nothing
            for item, line in zip(pair, points, strict=True):
                item.setData(line)
        if drawn:
            training = np.concatenate([points for points, _ in drawn])
            validation = np.concatenate([points for _, points in drawn])
            needed = needed_range(training, validation, log=self._log)
            if needed is not None:
                self.setYRange(*settled_range(None, *needed), padding=0)
            epochs = max(run.history.position for run in self._runs)
            self.setXRange(0, max(epochs, 1), padding=0.015)
        self._colour()

    def _drawn(self, points: Points) -> Points:
        return positive(points) if self._log else points

    def _colour(self) -> None:
        losses = [validation_value(r.history.kept) if len(r.history) else None for r in self._runs]
        values = ["–" if loss is None else loss_text(loss) for loss in losses]
        self.set_key("Validation loss", self._runs, values)
        for run, (training, validation) in zip(self._runs, self._curves, strict=False):
            training.setPen(self._pen(run, Qt.PenStyle.DotLine))
            validation.setPen(self._pen(run))

    def _pen(self, run: ComparedRun, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        hue = self._theme.series[run.hue % len(self._theme.series)]
        return pg.mkPen(hue, width=_WIDTH * self._theme.scale, style=style)
