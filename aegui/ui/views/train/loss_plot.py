"""The loss of a run as it learns."""

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Slot

from aegui.records import EpochRecord, History
from aegui.ui.handing.export import Table
from aegui.ui.theme import Theme
from aegui.ui.views.key import PlotKey
from aegui.ui.views.loss_points import (
    Points,
    finite_points,
    needed_range,
    positive,
    training_points,
    validation_points,
)
from aegui.ui.views.ranges import Range, settled_range, with_guests
from aegui.ui.views.text import epoch_text
from aegui.ui.views.train.epoch_plot import EpochPlot
from aegui.ui.views.train.event_marks import EventMarks
from aegui.ui.views.train.floor_line import FloorLine
from aegui.ui.views.train.kl_curves import KlCurves
from aegui.ui.views.train.loss_key import DOT, key_rows, loss_pens
from aegui.ui.views.train.loss_table import loss_table

NOTE = (
    "Training loss is the mean over an epoch, taken while the model learns, so it is drawn "
    "at the epoch's middle."
)

_MOST_NOTES = 3
_BAND_MARGIN = 16
# The curves keep two fifths of the height when the floor comes into view.
_STRETCH = 2.5


class LossPlot(EpochPlot):
    """Training (dotted) and validation (solid) loss of one run, in one hue.

    Of a variational model these are the reconstruction's, and the KL part has a hue and an axis
    of its own. The key reads the newest epoch, the marker's, or the one nearest to the mouse.
    """

    def __init__(self) -> None:
        super().__init__("loss")
        self._history = History()
        self._epochs = 1
        self._log = False
        self._held: Range | None = None
        self._chunks: list[tuple[float, float]] = []
        self._training = pg.PlotDataItem(antialias=True)
        self._running = pg.PlotDataItem(antialias=True)
        self._validation = pg.PlotDataItem(antialias=True)
        self._dots = pg.PlotDataItem(pen=None, symbol="o", antialias=True)
        self._kl = KlCurves(self.plotItem)
        self._floor = FloorLine(self.plotItem)
        self._marks = EventMarks(self.plotItem.vb, self._theme)
        self._key = PlotKey(self._theme)
        for item in (self._training, self._running, self._validation, self._dots):
            self.addItem(item)
        self._key.setParentItem(self.plotItem)
        self.set_label("bottom", "Epoch")
        self.set_label("left", "Loss")
        self.setAccessibleName("Loss")
        self.plotItem.vb.sigResized.connect(self._place_key)
        self.set_theme(self._theme)
        self.start("", "Loss", 1)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        super().set_theme(theme)
        pens = loss_pens(theme)
        self._training.setPen(pens.training)
        self._running.setPen(pens.training)
        self._validation.setPen(pens.validation)
        self._dots.setSymbolSize(theme.px(DOT))
        self._dots.setSymbolBrush(theme.series[0])
        self._dots.setSymbolPen(pg.mkPen(theme.surface, width=1))
        self._kl.set_theme(theme)
        self._floor.set_theme(theme)
        self._marks.set_theme(theme)
        self._key.set_theme(theme)
        self.show_reading()

    def start(self, title: str, loss_name: str, epochs: int) -> None:
        """Begin a run of ``epochs`` epochs: no curves yet, and an x-axis that will not move.

        ``title`` is the run's name for people, ``loss_name`` what the y-axis says.
        """
        self._epochs = max(epochs, 1)
        self._held = None
        self._chunks = []
        self._kl.start()
        self._floor.set_value(None)
        self.set_stops(())
        self.set_marker(None)
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
        self._training.setData(self._drawn(training_points(history)))
        self._validation.setData(self._drawn(validation_points(history)))
        self._kl.show_history(history)
        self._marks.set_events(history.events)
        self._show_chunks()

    def set_floor(self, floor: float | None) -> None:
        """Mark the loss that no model can pass; None or 0 for no mark."""
        self._floor.set_value(floor)
        self._show_chunks()

    def show_chunk(self, position: float, loss: float) -> None:
        """Add a point inside the epoch under way: the mean of its training loss so far."""
        self._chunks.append((position, loss))
        self._show_chunks()

    def forget_chunks(self) -> None:
        """Take the line inside an epoch away with the next history: the epoch is over."""
        self._chunks = []

    def set_log(self, log: bool) -> None:
        """Show the loss on a logarithmic axis, or on a linear one."""
        self._log = log
        self._held = None
        self._floor.set_log(log)
        self.plotItem.setLogMode(x=False, y=log)
        self._kl.keep_linear()
        # pyqtgraph takes the change for a wish to see everything.
        self.plotItem.vb.disableAutoRange()
        self._show_epochs()
        self.show_history(self._history)

    def table(self) -> Table:
        """Return epoch, training and validation loss, an empty cell where there is none."""
        return loss_table(self._history)

    def show_reading(self) -> None:
        """Write one epoch's values into the key, and put a dot on each curve there."""
        record = self._record()
        read = () if record is None else (record,)
        self._line.setVisible(self._hovered is not None and record is not None)
        dots = np.concatenate([training_points(read), validation_points(read)])
        self._dots.setData(self._drawn(dots))
        self._kl.read(read)
        if record is None:
            self._key.hide()
        else:
            self._line.setValue(record.position)
            title = epoch_text(record.position).capitalize()
            rows = key_rows(record, loss_pens(self._theme))
            self._key.set_rows(title, rows, self._note(record))
            self._place_key()

    @Slot()
    def _place_key(self) -> None:
        area = self._area_in_plot()
        # What the band takes away at the top is no reason to have none.
        self._key.fit(
            area.adjusted(0, -area.top(), 0, 0), self.plotItem.size().width() - _BAND_MARGIN
        )
        self.keep_free(self._key.band_height)
        self._key.place(self._area_in_plot())
        is_asked = self._reading is not None
        self._key.setVisible(len(self._history) > 0 and (is_asked or not self._key.is_cramped))

    def _area_in_plot(self) -> QRectF:
        return QRectF(self.plotItem.mapRectFromItem(self.plotItem.vb, self.area()))

    def _record(self) -> EpochRecord | None:
        """Return the record that is read: of the nearest epoch there is, or the one kept."""
        if not len(self._history):
            return None
        wanted = self._reading
        if wanted is None:
            return self._history.kept
        return min(self._history, key=lambda record: abs(record.position - wanted))

    def _note(self, record: EpochRecord) -> str:
        """Return what happened in an epoch that somebody looks at, or close to the mouse."""
        if self._reading is None:
            return ""
        inside = [event for event in self._history.events if _is_in(event.position, record)]
        near = self._marks.near(self._hovered) if self._hovered is not None else []
        texts = dict.fromkeys(event.text for event in [*near, *inside])
        return "\n".join(list(texts)[:_MOST_NOTES])

    def _drawn(self, points: Points) -> Points:
        return positive(points) if self._log else points

    def _show_chunks(self) -> None:
        """Draw the line inside an epoch, from where the training curve ends."""
        training = self._drawn(training_points(self._history))
        chunks = self._drawn(finite_points(self._chunks))
        line = np.concatenate([training[-1:], chunks]) if len(chunks) else chunks
        self._running.setData(line)
        self._settle_range(np.concatenate([training, chunks]))
        self.show_reading()

    def _show_epochs(self) -> None:
        self.setXRange(0, self._epochs, padding=0.015)

    def _settle_range(self, training: Points) -> None:
        validation = self._drawn(validation_points(self._history))
        needed = needed_range(training, validation, log=self._log)
        if needed is not None:
            needed = with_guests(*needed, self._floor.guests(), self._held, _STRETCH)
            self._held = settled_range(self._held, *needed)
            self.setYRange(*self._held, padding=0)


def _is_in(position: float, record: EpochRecord) -> bool:
    return record.epoch == math.ceil(position)
