"""The divergence of a variational model's code, over the loss and on an axis of its own."""

from collections.abc import Iterable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QColor

from aegui.records import EpochRecord, History
from aegui.ui.theme import Theme
from aegui.ui.views.loss_points import is_variational, training_points, validation_points
from aegui.ui.views.ranges import Range, settled_range
from aegui.ui.views.text import small_font
from aegui.ui.views.train.loss_key import DOT, loss_pens

_WIDTH = 52
# The curve levels off at half the height, below the key and above a loss that has fallen.
_HEADROOM = 1.8


class KlCurves(QObject):
    """Training (dotted) and validation (solid) KL in the second hue, of variational runs only.

    Parameters
    ----------
    plot
        The plot item whose epochs they share; its right axis becomes theirs.
    """

    def __init__(self, plot: pg.PlotItem) -> None:
        super().__init__()
        self._plot = plot
        self._held: Range | None = None
        self._axis = plot.getAxis("right")
        self._box = pg.ViewBox(enableMouse=False, enableMenu=False)
        self._training = pg.PlotDataItem(antialias=True)
        self._validation = pg.PlotDataItem(antialias=True)
        self._dots = pg.PlotDataItem(pen=None, symbol="o", antialias=True)
        # The marker and the key belong to the box below, and the mouse with them.
        self._box.setAcceptHoverEvents(False)
        self._box.disableAutoRange()
        plot.scene().addItem(self._box)
        self._box.setXLink(plot.vb)
        self._axis.linkToView(self._box)
        self._axis.setGrid(False)
        for item in (self._training, self._validation, self._dots):
            self._box.addItem(item)
        plot.vb.sigResized.connect(self._follow_size)
        self._set_visible(False)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        hue, pens, font = theme.series[1], loss_pens(theme), small_font(theme)
        self._training.setPen(pens.kl_training)
        self._validation.setPen(pens.kl_validation)
        self._dots.setSymbolSize(theme.px(DOT))
        self._dots.setSymbolBrush(hue)
        self._dots.setSymbolPen(pg.mkPen(theme.surface, width=1))
        self._axis.setPen(None)
        self._axis.setTickPen(pg.mkPen(None))
        self._axis.setTextPen(pg.mkPen(QColor(hue)))
        self._axis.setWidth(theme.px(_WIDTH))
        self._axis.setTickFont(font)
        self._axis.setLabel("KL (nats)", color=hue, **{"font-size": f"{font.pixelSize()}px"})
        self._axis.label.setFont(font)
        self._axis.resizeEvent()

    def start(self) -> None:
        """Begin a run: its axis may be another."""
        self._held = None

    def show_history(self, history: History) -> None:
        """Show the KL of all epochs so far, or neither curves nor axis where there is none."""
        training = training_points(history, _kl)
        validation = validation_points(history, _val_kl)
        self._training.setData(training)
        self._validation.setData(validation)
        self._set_visible(is_variational(history))
        values = np.concatenate([training[:, 1], validation[:, 1]])
        if values.size:
            most = max(float(values.max()), 1e-3) * _HEADROOM
            self._held = settled_range(self._held, 0.0, most, from_zero=True)
            self._box.setYRange(*self._held, padding=0)

    def read(self, records: Iterable[EpochRecord]) -> None:
        """Put a dot on each curve at the epochs that are read."""
        records = tuple(records)
        dots = [training_points(records, _kl), validation_points(records, _val_kl)]
        self._dots.setData(np.concatenate(dots))

    def keep_linear(self) -> None:
        """Go back to a linear axis, after the plot made all of its axes logarithmic."""
        self._axis.setLogMode(False)

    @Slot()
    def _follow_size(self) -> None:
        self._box.setGeometry(self._plot.vb.sceneBoundingRect())

    def _set_visible(self, visible: bool) -> None:
        self._box.setVisible(visible)
        self._plot.showAxis("right", visible)


def _kl(record: EpochRecord) -> float | None:
    return record.kl


def _val_kl(record: EpochRecord) -> float | None:
    return record.val_kl
