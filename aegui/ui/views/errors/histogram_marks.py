"""What a person marks in a histogram of errors: a range, and a line to be above of."""

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from aegui.ui.theme import Theme
from aegui.ui.views.text import error_text, small_font

Span = tuple[float, float]

_FAINT = 46
_GAP, _PAD = 6.0, 3.0
_HANDLE = 6.0


class HistogramMarks(QGraphicsItem):
    """A band over the errors chosen and a dashed line, with a handle, at the threshold."""

    def __init__(self, box: pg.ViewBox, theme: Theme) -> None:
        super().__init__(box)
        self._box = box
        self._theme = theme
        self._span: Span | None = None
        self._threshold: float | None = None
        self.setZValue(40)
        box.sigRangeChanged.connect(self._follow)
        box.sigResized.connect(self._follow)

    @property
    def span(self) -> Span | None:
        """The errors under the band."""
        return self._span

    @property
    def threshold(self) -> float | None:
        """The error at which the line is."""
        return self._threshold

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        self.update()

    def set_span(self, span: Span | None) -> None:
        """Show a band over these errors, or none."""
        self._span = span
        self.update()

    def set_threshold(self, threshold: float | None) -> None:
        """Show a line at an error, or none."""
        self._threshold = threshold
        self.update()

    def across(self, error: float) -> float:
        """Return where an error lies, in pixels of the view box, never outside of it."""
        area = self.boundingRect()
        x = float(self._box.mapFromView(QPointF(error, 0.0)).x())
        return min(max(x, area.left()), area.right())

    def boundingRect(self) -> QRectF:
        """Return all of the view box."""
        return QRectF(self._box.rect())

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw the band, then the line over it."""
        if self._span is not None:
            self._paint_band(painter, *self._span)
        if self._threshold is not None:
            self._paint_line(painter, self._threshold)

    def _paint_band(self, painter: QPainter, low: float, high: float) -> None:
        area = self.boundingRect()
        left, right = self.across(low), self.across(high)
        band = QRectF(left, area.top(), max(right - left, 1.0), area.height())
        ground = QColor(self._theme.text)
        ground.setAlpha(_FAINT)
        painter.fillRect(band, ground)
        painter.setPen(QPen(QColor(self._theme.text), self._theme.scale))
        for x in (band.left(), band.right()):
            painter.drawLine(QPointF(x, band.top()), QPointF(x, band.bottom()))

    def _paint_line(self, painter: QPainter, threshold: float) -> None:
        area = self.boundingRect()
        x = round(self.across(threshold)) + 0.5
        colour = QColor(self._theme.warning)
        painter.setFont(small_font(self._theme))
        metrics = QFontMetricsF(painter.font())
        top = area.top() + metrics.height() + 4
        painter.setPen(QPen(colour, 2 * self._theme.scale, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, top), QPointF(x, area.bottom()))
        size = _HANDLE * self._theme.scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        corners = (QPointF(x - size, top), QPointF(x + size, top), QPointF(x, top + 1.5 * size))
        painter.drawPolygon(QPolygonF(corners))
        self._paint_label(painter, f"threshold {self._words(threshold)}", x + _GAP + size, top)

    def _paint_label(self, painter: QPainter, text: str, left: float, top: float) -> None:
        metrics = QFontMetricsF(painter.font())
        width = metrics.horizontalAdvance(text) + 2 * _PAD
        left = min(left, self.boundingRect().right() - width)
        area = QRectF(left, top, width, metrics.height())
        # On ground of its own: bars may reach up to it.
        painter.fillRect(area, QColor(self._theme.surface))
        painter.setPen(QColor(self._theme.warning))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _words(self, error: float) -> str:
        # The bars' errors are about half as great as the axis is long.
        return error_text(error, self._box.viewRect().center().x(), figures=4)

    def _follow(self) -> None:
        self.prepareGeometryChange()
        self.update()
