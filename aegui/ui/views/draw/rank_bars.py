"""The histogram of the test rows' errors, small, with a drawn row's error on it."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from aegui.analysis.histogram import error_histogram
from aegui.records import Histogram
from aegui.ui.handing.export import Table, install_export_menu, picture_of
from aegui.ui.views.bins import bins_table
from aegui.ui.views.kept_ground import KeptGround
from aegui.ui.views.text import error_text, small_font

_INSET, _SCALE, _LINES = 6.0, 20, 36


class RankBars(KeptGround):
    """Bars that are painted once and kept; the error is a line over them, words stand below.

    The words are painted and no label: a label that says something else lays out the window.
    """

    def __init__(self) -> None:
        super().__init__()
        self._histogram = error_histogram([])
        self._error: float | None = None
        self._words = ""
        self.setAccessibleName("Error among those of the test rows")
        install_export_menu(self, "error", image=lambda: picture_of(self), table=self.table)

    @property
    def error(self) -> float | None:
        """The error that is marked, if there is one."""
        return self._error

    def show_histogram(self, histogram: Histogram) -> None:
        """Show how the errors of the test rows are spread; the error that is marked stays."""
        self._histogram = histogram
        self._repaint_ground()

    @property
    def words(self) -> str:
        """What is said below the bars."""
        return self._words

    def show_error(self, error: float | None, words: str = "") -> None:
        """Mark an error, or none, and say something about it."""
        self._error, self._words = error, words
        self.update()

    def mark_at(self) -> float | None:
        """Return where the mark is, in pixels from the left; at the edge for one beyond."""
        if self._error is None or not self._histogram.n or not np.isfinite(self._error):
            return None
        area, share = self._area(), self._share(self._error)
        return area.left() + min(max(share, 0.0), 1.0) * area.width()

    def table(self) -> Table:
        """Return the bins, and how many rows are in each."""
        return bins_table(self._histogram)

    def sizeHint(self) -> QSize:
        """Ask for a wide field."""
        return QSize(220, 176)

    def minimumSizeHint(self) -> QSize:
        """Ask for a size at which the bars' shape can be seen."""
        return QSize(96, 96)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars as they are kept, and the error over them."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        area = self._area()
        painter.setFont(small_font(self._theme))
        painter.setPen(QColor(self._theme.muted))
        top = area.bottom() + self._theme.px(_SCALE)
        said = QRectF(0, top, self.width(), self._theme.px(_LINES))
        painter.drawText(said, Qt.TextFlag.TextWordWrap, self._words)
        x = self.mark_at()
        if x is not None:
            painter.setPen(QPen(QColor(self._theme.text), 2 * self._theme.scale))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setBrush(QColor(self._theme.text))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawEllipse(QPointF(x, area.top() + 3), 3.0, 3.0)

    def _area(self) -> QRectF:
        below = self._theme.px(_SCALE + _LINES)
        return QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -below)

    def _share(self, error: float) -> float:
        low, high = 0.0, float(self._histogram.edges[-1])
        return (error - low) / ((high - low) or 1.0)

    def _paint_ground(self, painter: QPainter) -> None:
        area = self._area()
        painter.setPen(QColor(self._theme.grid))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if self._histogram.n:
            self._paint_bars(painter, area)

    def _paint_bars(self, painter: QPainter, area: QRectF) -> None:
        edges, counts = self._histogram.edges, self._histogram.counts
        most = max(int(counts.max()), 1)
        for left, right, count in zip(edges[:-1], edges[1:], counts, strict=True):
            x = area.left() + self._share(float(left)) * area.width()
            width = self._share(float(right)) * area.width() + area.left() - x
            height = area.height() * int(count) / most
            bar = QRectF(x, area.bottom() - height, width, height)
            painter.fillRect(bar, QColor(self._theme.series[0]))
        painter.setPen(QColor(self._theme.muted))
        painter.setFont(small_font(self._theme))
        below = QRectF(area.left(), area.bottom() + 2, area.width(), self._theme.px(_SCALE))
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "0")
        painter.drawText(
            below,
            Qt.AlignmentFlag.AlignRight,
            error_text(float(edges[-1]), float(edges[-1]), figures=2),
        )
