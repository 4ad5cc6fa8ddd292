"""The loss that no model can pass, as a line under the curves."""

import math

import pyqtgraph as pg
from PySide6.QtCore import Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from aegui.ui.theme import Theme
from aegui.ui.views.ranges import Range
from aegui.ui.views.text import loss_text, small_font

_EXPLANATION = (
    "The mean entropy of the test rows: a lower cross-entropy than this cannot be had, "
    "not even by answering each row itself."
)
_LEFT = 8


class FloorLine:
    """A thin line with its value; where the axis does not reach down to it, an arrow and the value.

    Parameters
    ----------
    plot
        The plot item that it belongs to.
    """

    def __init__(self, plot: pg.PlotItem) -> None:
        self._box = plot.vb
        self._value: float | None = None
        self._log = False
        self._line = pg.InfiniteLine(angle=0)
        self._label = QGraphicsSimpleTextItem(self._box)
        self._label.setToolTip(_EXPLANATION)
        plot.addItem(self._line)
        self._box.sigResized.connect(self._place)
        self._box.sigRangeChanged.connect(self._place)
        self._place()

    @property
    def text(self) -> str:
        """What is written; nothing when no floor is known."""
        return self._label.text() if self._label.isVisible() else ""

    @property
    def is_in_range(self) -> bool:
        """Whether the line itself is to be seen."""
        return self._line.isVisible()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._line.setPen(pg.mkPen(theme.muted, width=theme.scale))
        self._label.setBrush(QColor(theme.muted))
        self._label.setFont(small_font(theme))
        self._place()

    def set_value(self, value: float | None) -> None:
        """Mark a loss above 0, or nothing: that no loss is below 0 is known."""
        self._value = value if value is not None and value > 0 else None
        self._place()

    def set_log(self, log: bool) -> None:
        """Follow the axis, which is logarithmic or not."""
        self._log = log
        self._place()

    def guests(self) -> list[float]:
        """Return where the line lies on the axis, as the range's guest."""
        if self._value is None:
            return []
        return [math.log10(self._value) if self._log else self._value]

    @Slot()
    def _place(self) -> None:
        places = self.guests()
        self._label.setVisible(bool(places))
        low, _ = self._range()
        self._line.setVisible(bool(places) and places[0] >= low)
        if not places:
            return
        place = places[0]
        self._line.setValue(place)
        value = loss_text(self._value)
        self._label.setText(f"floor {value}" if place >= low else f"↓ floor {value}")
        bottom = self._box.mapFromView(pg.Point(0, max(place, low))).y()
        self._label.setPos(_LEFT, bottom - self._label.boundingRect().height())

    def _range(self) -> Range:
        low, high = self._box.viewRange()[1]
        return float(low), float(high)
