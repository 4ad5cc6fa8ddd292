"""Two pins on a map and the way between them, along which a handle is dragged."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, QPointF, Qt, Signal, Slot

from aegui.records import FloatArray
from aegui.ui.theme import DARK, Theme

_PIN, _HANDLE = 14, 12
_NAMES = ("A", "B")


class Pins(QObject):
    """Up to two places; a third takes the place of both. Pins and handle can be dragged."""

    changed = Signal()
    """A pin was set, moved or taken away."""
    share_changed = Signal(float)
    """The handle was dragged: how far it is on its way from A to B, 0 to 1."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = DARK
        self._count = 0
        self._share = 0.5
        self._pins = [pg.TargetItem(size=_PIN, symbol="o", movable=True, label=n) for n in _NAMES]
        self._way = pg.PlotCurveItem()
        self._handle = pg.TargetItem(size=_HANDLE, symbol="d", movable=True)
        self.items = (self._way, *self._pins, self._handle)
        for depth, item in enumerate(self.items):
            item.setZValue(40 + depth)
        for pin in self._pins:
            pin.sigPositionChanged.connect(self._follow_pin)
        self._handle.sigPositionChanged.connect(self._follow_handle)
        self._arrange()

    @property
    def count(self) -> int:
        """How many pins are set."""
        return self._count

    @property
    def share(self) -> float:
        """How far the handle is on its way from A to B, 0 to 1."""
        return self._share

    @property
    def places(self) -> FloatArray:
        """Where the pins are, (count, 2)."""
        places = [(pin.pos().x(), pin.pos().y()) for pin in self._pins[: self._count]]
        return np.array(places, np.float32).reshape(-1, 2)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        self._theme = theme
        pen = pg.mkPen(theme.text, width=2 * theme.scale)
        for item in (*self._pins, self._handle):
            item.setPen(pen)
            item.setBrush(pg.mkBrush(theme.surface))
            item.setHoverPen(pg.mkPen(theme.link, width=2 * theme.scale))
            item.setHoverBrush(pg.mkBrush(theme.hover))
        for pin in self._pins:
            pin.label().setColor(theme.text)
            pin.label().fill = pg.mkBrush(theme.surface)
        self._way.setPen(pg.mkPen(theme.text, width=1.5, style=Qt.PenStyle.DashLine))

    def has(self, scene: QPointF) -> bool:
        """Tell whether a pin, or the handle, is at a place of the scene."""
        items = (*self._pins, self._handle)
        return any(item.isVisible() and item.sceneBoundingRect().contains(scene) for item in items)

    def add(self, place: QPointF) -> None:
        """Set the next pin; after both, A anew."""
        self._count = self._count % 2 + 1
        self._put(self._pins[self._count - 1], place)
        self._share = 0.5
        self._arrange()
        self.changed.emit()

    def clear(self) -> None:
        """Take the pins away."""
        if self._count:
            self._count = 0
            self._arrange()
            self.changed.emit()

    def set_share(self, share: float) -> None:
        """Put the handle so far on the way from A to B, 0 to 1."""
        self._share = share
        self._arrange()

    def _arrange(self) -> None:
        for number, pin in enumerate(self._pins):
            pin.setVisible(number < self._count)
        is_both = self._count == 2
        self._way.setVisible(is_both)
        self._handle.setVisible(is_both)
        if is_both:
            start, end = self.places
            self._way.setData(*np.stack([start, end]).T)
            self._put(self._handle, QPointF(*(start + self._share * (end - start)).tolist()))

    @staticmethod
    def _put(item: pg.TargetItem, place: QPointF) -> None:
        was = item.blockSignals(True)
        item.setPos(place)
        item.blockSignals(was)

    @Slot()
    def _follow_pin(self) -> None:
        self._arrange()
        self.changed.emit()

    @Slot()
    def _follow_handle(self) -> None:
        """Keep the handle on the way, at the point nearest to where it was dragged."""
        if self._count < 2:
            # Another map took the pins away while the handle was held.
            return
        start, end = self.places
        way = end - start
        long = float(way @ way)
        to = np.array([self._handle.pos().x(), self._handle.pos().y()], np.float32) - start
        self._share = min(max(float(to @ way) / long, 0.0), 1.0) if long else 0.0
        self._arrange()
        self.share_changed.emit(self._share)
