"""The loss of a run as it learns."""

import math

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPen

from aegui.records import EpochRecord, History
from aegui.ui.theme import Theme
from aegui.ui.views.export import Table
from aegui.ui.views.focus import is_escape
from aegui.ui.views.key import KeyRow, PlotKey
from aegui.ui.views.plot import Plot
from aegui.ui.views.ranges import Range, settled_range
from aegui.ui.views.text import loss_text

NOTE = (
    "Training loss is the mean over an epoch, taken while the model learns, so it is drawn "
    "at the epoch's middle."
)

_TRAINING_SHIFT = -0.5
# Epoch 0 is left to run out of the picture when it is this many times as far off as the rest.
_FAR_OFF = 10.0
_SETTLED_EPOCHS = 3

Points = NDArray[np.float64]


class LossPlot(Plot):
    """Training (dotted) and validation (solid) loss of one run, in one hue.

    The key reads the newest epoch, or the one nearest to the mouse; with the keyboard, the
    left and right arrows move it.
    """

    def __init__(self) -> None:
        super().__init__("loss", whole_x=True)
        self._history = History()
        self._epochs = 1
        self._log = False
        self._held: Range | None = None
        self._reading: int | None = None
        self._training = pg.PlotDataItem(antialias=True)
        self._validation = pg.PlotDataItem(antialias=True)
        self._dots = pg.PlotDataItem(pen=None, symbol="o", symbolSize=7, antialias=True)
        self._line = pg.InfiniteLine(angle=90)
        self._key = PlotKey(self._theme)
        for item in (self._line, self._training, self._validation, self._dots):
            self.addItem(item)
        self._key.setParentItem(self.plotItem.vb)
        self._line.hide()
        self.set_label("bottom", "Epoch")
        self.set_label("left", "Loss")
        self.setAccessibleName("Loss")
        self.plotItem.vb.sigResized.connect(self._place_key)
        self.scene().sigMouseMoved.connect(self._read_at)
        self.set_theme(self._theme)
        self.start("", "Loss", 1)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        super().set_theme(theme)
        hue = theme.series[0]
        self._training.setPen(pg.mkPen(hue, width=2, style=Qt.PenStyle.DotLine))
        self._validation.setPen(pg.mkPen(hue, width=2))
        self._dots.setSymbolBrush(hue)
        self._dots.setSymbolPen(pg.mkPen(theme.surface, width=1))
        self._line.setPen(pg.mkPen(theme.muted, width=1))
        self._key.set_theme(theme)
        self._show_reading()

    def start(self, title: str, loss_name: str, epochs: int) -> None:
        """Begin a run of ``epochs`` epochs: no curves yet, and an x-axis that will not move.

        ``title`` is the run's name for people, ``loss_name`` what the y-axis says.
        """
        self._epochs = max(epochs, 1)
        self._held = self._reading = None
        self.setAccessibleDescription(title)
        self.set_label("left", loss_name)
        self._show_epochs()
        self.show_history(History())

    def show_history(self, history: History) -> None:
        """Show the losses of all epochs so far; values that are not finite are left out."""
        self._history = history
        if history.epochs > self._epochs:
            self._epochs = history.epochs
            self._show_epochs()
        self._training.setData(*self._training_points())
        self._validation.setData(*self._validation_points())
        self._settle_range()
        self._show_reading()

    def set_log(self, log: bool) -> None:
        """Show the loss on a logarithmic axis, or on a linear one."""
        self._log = log
        self._held = None
        self.plotItem.setLogMode(x=False, y=log)
        # pyqtgraph takes the change for a wish to see everything.
        self.plotItem.vb.disableAutoRange()
        self._show_epochs()
        self.show_history(self._history)

    def table(self) -> Table:
        """Return epoch, training and validation loss, an empty cell where there is none."""
        rows = [
            (record.epoch, "" if record.loss is None else record.loss, record.val_loss)
            for record in self._history
        ]
        return ("epoch", "training loss", "validation loss"), rows

    def leaveEvent(self, event: QEvent) -> None:
        """Go back to the newest epoch when the mouse has gone."""
        super().leaveEvent(event)
        self._read(None)

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window's shortcuts while an epoch is read."""
        if is_escape(event) and self._reading is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read the epoch before or after with the arrows, the newest with Escape."""
        newest = self._history.epochs
        shown = newest if self._reading is None else self._reading
        if event.key() == Qt.Key.Key_Left:
            self._read(max(shown - 1, 0))
        elif event.key() == Qt.Key.Key_Right:
            self._read(min(shown + 1, newest))
        elif event.key() == Qt.Key.Key_Escape and self._reading is not None:
            self._read(None)
        else:
            event.ignore()

    @Slot()
    def _place_key(self) -> None:
        self._key.place(self.area())

    @Slot(object)
    def _read_at(self, place: QPointF) -> None:
        box = self.plotItem.vb
        if not len(self._history) or not box.sceneBoundingRect().contains(place):
            self._read(None)
            return
        epoch = round(box.mapSceneToView(place).x())
        self._read(min(max(epoch, 0), self._history.epochs))

    def _read(self, epoch: int | None) -> None:
        if epoch != self._reading:
            self._reading = epoch
            self._show_reading()

    def _show_reading(self) -> None:
        """Write one epoch's values into the key, and put a dot on each curve there."""
        record = self._record()
        self._line.setVisible(self._reading is not None and record is not None)
        pens = (_pen(self._training), _pen(self._validation))
        if record is None:
            self._dots.setData([], [])
            self._key.setVisible(False)
            return
        self._line.setValue(record.epoch)
        dots = [(record.epoch + _TRAINING_SHIFT, record.loss), (record.epoch, record.val_loss)]
        self._dots.setData(*self._points(dots))
        rows = (
            KeyRow(pens[0], "Training", loss_text(record.loss)),
            KeyRow(pens[1], "Validation", loss_text(record.val_loss)),
        )
        self._key.set_rows(f"Epoch {record.epoch}", rows)
        self._key.setVisible(True)
        self._place_key()

    def _record(self) -> EpochRecord | None:
        """Return the record that is read: of the nearest epoch there is, or the newest."""
        if not len(self._history):
            return None
        if self._reading is None:
            return self._history.last
        wanted = self._reading
        return min(self._history, key=lambda record: abs(record.epoch - wanted))

    def _training_points(self) -> tuple[Points, Points]:
        return self._points([(r.epoch + _TRAINING_SHIFT, r.loss) for r in self._history])

    def _validation_points(self) -> tuple[Points, Points]:
        return self._points([(r.epoch, r.val_loss) for r in self._history])

    def _points(self, pairs: list[tuple[float, float | None]]) -> tuple[Points, Points]:
        least = 0.0 if self._log else -math.inf
        kept = [(x, y) for x, y in pairs if y is not None and math.isfinite(y) and y > least]
        points = np.asarray(kept, dtype=np.float64).reshape(-1, 2)
        return points[:, 0], points[:, 1]

    def _show_epochs(self) -> None:
        self.setXRange(0, self._epochs, padding=0.015)

    def _settle_range(self) -> None:
        values = np.concatenate([self._training_points()[1], self._later_validation()])
        if not values.size:
            return
        if self._log:
            values = np.log10(values)
        self._held = settled_range(self._held, float(values.min()), float(values.max()))
        self.setYRange(*self._held, padding=0)

    def _later_validation(self) -> Points:
        """Return the validation losses that the y-axis has room for: epoch 0 if not far off."""
        epochs, values = self._validation_points()
        rest = np.concatenate([self._training_points()[1], values[epochs > 0]])
        if self._log or self._history.epochs < _SETTLED_EPOCHS or not rest.size:
            return values
        room = rest.max() + _FAR_OFF * np.ptp(rest)
        return values[(epochs > 0) | (values <= room)]


def _pen(curve: pg.PlotDataItem) -> QPen:
    return pg.mkPen(curve.opts["pen"])
