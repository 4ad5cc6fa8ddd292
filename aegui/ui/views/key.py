"""A plot's key: which line is which, and what it reads."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from aegui.ui.theme import Theme
from aegui.ui.views.text import small_font

_MARGIN = 10.0
_LINE = 20.0
_SAMPLE = 24.0
_GAP = 8.0
_WIDEST_VALUE = "0.0000e-00"


@dataclass(frozen=True)
class KeyRow:
    """One line of a plot: how it is drawn, its name, and the value read from it."""

    pen: QPen
    name: str
    value: str


class PlotKey(QGraphicsItem):
    """A box in the top right corner of a plot, of a size that does not follow its numbers.

    It is part of the scene, so that saved pictures have it.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = ""
        self._rows: tuple[KeyRow, ...] = ()
        self._font = small_font()
        self.setZValue(100)

    @property
    def texts(self) -> list[str]:
        """What is written in the box, line by line."""
        return [self._title, *(f"{row.name} {row.value}" for row in self._rows)]

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``; the rows' pens are the caller's."""
        self._theme = theme
        self._font = small_font()
        self.update()

    def set_rows(self, title: str, rows: tuple[KeyRow, ...]) -> None:
        """Show a title and, below it, the rows."""
        self.prepareGeometryChange()
        self._title, self._rows = title, rows
        self.update()

    def place(self, area: QRectF) -> None:
        """Stand in the top right corner of ``area``, in pixels of the parent item."""
        self.setPos(area.right() - self.boundingRect().width() - 4, area.top() + 4)

    def boundingRect(self) -> QRectF:
        """Return the box in pixels, from its own top left corner."""
        metrics = QFontMetricsF(self._font)
        names = max((metrics.horizontalAdvance(row.name) for row in self._rows), default=0.0)
        values = metrics.horizontalAdvance(_WIDEST_VALUE)
        width = 2 * _MARGIN + _SAMPLE + names + values + 2 * _GAP
        return QRectF(0, 0, width, _LINE * (len(self._rows) + 1) + 8)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw the box, its title and its rows."""
        box = self.boundingRect()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.border))
        painter.setBrush(QColor(self._theme.surface))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        line = QRectF(box.left() + _MARGIN, box.top() + 4, box.width() - 2 * _MARGIN, _LINE)
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._title)
        for row in self._rows:
            line.translate(0, _LINE)
            self._paint_row(painter, line, row)

    def _paint_row(self, painter: QPainter, line: QRectF, row: KeyRow) -> None:
        painter.setPen(row.pen)
        middle = QPointF(line.left(), line.center().y())
        painter.drawLine(middle, middle + QPointF(_SAMPLE, 0))
        painter.setPen(QColor(self._theme.text))
        centred = Qt.AlignmentFlag.AlignVCenter
        words = line.adjusted(_SAMPLE + _GAP, 0, 0, 0)
        painter.drawText(words, centred | Qt.AlignmentFlag.AlignLeft, row.name)
        painter.drawText(words, centred | Qt.AlignmentFlag.AlignRight, row.value)
