"""Boxes with whiskers: how the errors of each class are spread."""

from collections.abc import Callable, Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from aegui.analysis.class_errors import ErrorBox
from aegui.data import Dataset
from aegui.ui.handing.export import Table
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.name_ticks import name_ticks
from aegui.ui.views.plot import Plot
from aegui.ui.views.ranges import Range, settled_range
from aegui.ui.views.text import small_font

_HALF, _CAP = 0.32, 0.16
_FAINT = 70
_MEAN = 3.0


class _Boxes(QGraphicsItem):
    """One box at each whole number from 0, in the pixels of a view box."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box)
        self._box = box
        self._theme = DARK
        self.boxes: Sequence[ErrorBox] = ()
        box.sigRangeChanged.connect(self._follow)
        box.sigResized.connect(self._follow)

    def show_boxes(self, boxes: Sequence[ErrorBox], theme: Theme) -> None:
        self.boxes, self._theme = boxes, theme
        self.update()

    def boundingRect(self) -> QRectF:
        """Return all of the view box."""
        return QRectF(self._box.rect())

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw each class that has rows."""
        for place, box in enumerate(self.boxes):
            if box.count:
                self._paint_box(painter, place, box)

    def _paint_box(self, painter: QPainter, place: int, box: ErrorBox) -> None:
        theme = self._theme
        line, fill = QColor(theme.accent), QColor(theme.accent)
        fill.setAlpha(_FAINT)
        painter.setPen(QPen(line, 1.5 * theme.scale))
        for inner, outer in ((box.first, box.low), (box.third, box.high)):
            painter.drawLine(self._at(place, inner), self._at(place, outer))
            painter.drawLine(self._at(place - _CAP, outer), self._at(place + _CAP, outer))
        painter.setBrush(fill)
        painter.drawRect(
            QRectF(self._at(place - _HALF, box.third), self._at(place + _HALF, box.first))
        )
        painter.setPen(QPen(QColor(theme.text), 2.5 * theme.scale))
        painter.drawLine(self._at(place - _HALF, box.median), self._at(place + _HALF, box.median))
        painter.setPen(QPen(QColor(theme.surface), theme.scale))
        painter.setBrush(QColor(theme.text))
        radius = _MEAN * theme.scale
        painter.drawEllipse(self._at(place, box.mean), radius, radius)

    def _at(self, x: float, error: float) -> QPointF:
        return QPointF(self._box.mapFromView(QPointF(x, error)))

    def _follow(self) -> None:
        self.prepareGeometryChange()
        self.update()


class BoxPlot(Plot):
    """Quartiles, the median as a thick line, the mean as a dot, whiskers as Tukey drew them."""

    def __init__(self) -> None:
        super().__init__("errors-by-class")
        self._held: Range | None = None
        self._class_name: Callable[[int], str] = str
        self._boxes = _Boxes(self.plotItem.vb)
        self.plotItem.vb.sigResized.connect(self._write_names)
        self.setAccessibleName("Errors by class")
        self.setMinimumSize(200, 100)

    @property
    def boxes(self) -> Sequence[ErrorBox]:
        """What is shown."""
        return self._boxes.boxes

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        super().set_theme(theme)
        self._boxes.show_boxes(self.boxes, theme)

    def start(self, dataset: Dataset) -> None:
        """Begin with other data: no boxes yet."""
        self._class_name = dataset.class_name
        self._held = None
        self._boxes.show_boxes((), self._theme)
        self.set_label("left", "Error")
        self.set_label("bottom", f"Class of the {dataset.noun}")

    def show_boxes(self, boxes: Sequence[ErrorBox]) -> None:
        """Show a box for each class, or one for all rows; the axis moves only when it must."""
        self._boxes.show_boxes(boxes, self._theme)
        self._write_names()
        self.setXRange(-0.6, len(boxes) - 0.4, padding=0)
        filled = [box for box in boxes if box.count]
        if filled:
            low, high = min(box.low for box in filled), max(box.high for box in filled)
            self._held = settled_range(self._held, low, high, from_zero=True)
            self.setYRange(*self._held, padding=0)

    def table(self) -> Table:
        """Return the numbers of each box."""
        headers = ("class", "rows", "low", "q1", "median", "q3", "high", "mean", "beyond")
        rows = [
            (self._name(box), box.count, box.low, box.first, box.median, box.third, box.high,
             box.mean, box.beyond)
            for box in self.boxes
        ]  # fmt: skip
        return headers, rows

    def _write_names(self) -> None:
        """Write as much of the classes' names as there is room for."""
        names = [self._name(box) for box in self.boxes]
        ticks = name_ticks(names, 0, self.plotItem.vb.width(), small_font(self._theme))
        self.plotItem.getAxis("bottom").setTicks([ticks])

    def _name(self, box: ErrorBox) -> str:
        name = "all rows" if box.label is None else self._class_name(box.label)
        return name if box.count else f"{name}: no rows"
