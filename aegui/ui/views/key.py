"""A plot's key: which line is which, and what it reads."""

from collections.abc import Sequence
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
_WRAPPED = Qt.TextFlag.TextWordWrap


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
        self._note = ""
        self._font = small_font(theme)
        self.setZValue(100)

    @property
    def texts(self) -> list[str]:
        """What is written in the box, line by line."""
        rows = [f"{row.name} {row.value}" for row in self._rows]
        return [self._title, *rows, *self._note.splitlines()]

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``; the rows' pens are the caller's."""
        self.prepareGeometryChange()
        self._theme = theme
        self._font = small_font(theme)
        self.update()

    def set_rows(self, title: str, rows: Sequence[KeyRow], note: str = "") -> None:
        """Show a title, below it the rows, and below these a note in as many lines as it takes."""
        self.prepareGeometryChange()
        self._title, self._rows, self._note = title, tuple(rows), note
        self.update()

    def place(self, area: QRectF) -> None:
        """Stand in the top right corner of ``area``, in pixels of the parent item."""
        self.setPos(area.right() - self.boundingRect().width() - 4, area.top() + 4)

    def boundingRect(self) -> QRectF:
        """Return the box in pixels, from its own top left corner."""
        metrics, px = QFontMetricsF(self._font), self._theme.px
        names = max((metrics.horizontalAdvance(row.name) for row in self._rows), default=0.0)
        values = metrics.horizontalAdvance(_WIDEST_VALUE)
        width = names + values + px(2 * _MARGIN + _SAMPLE + 2 * _GAP)
        note = self._note_height(width)
        return QRectF(0, 0, width, px(_LINE) * (len(self._rows) + 1) + 8 + note)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw the box, its title and its rows."""
        box, margin = self.boundingRect(), self._theme.px(_MARGIN)
        height = self._theme.px(_LINE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.border))
        painter.setBrush(QColor(self._theme.surface))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        line = QRectF(margin, 4, box.width() - 2 * margin, height)
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._title)
        for row in self._rows:
            line.translate(0, height)
            self._paint_row(painter, line, row)
        if self._note:
            painter.setPen(QColor(self._theme.text))
            note = QRectF(line.left(), line.bottom() + 2, line.width(), box.height())
            painter.drawText(note, _WRAPPED, self._note)

    def _note_height(self, width: float) -> float:
        if not self._note:
            return 0.0
        room = QRectF(0, 0, width - 2 * self._theme.px(_MARGIN), 1000)
        return QFontMetricsF(self._font).boundingRect(room, _WRAPPED, self._note).height() + 4

    def _paint_row(self, painter: QPainter, line: QRectF, row: KeyRow) -> None:
        sample = self._theme.px(_SAMPLE)
        painter.setPen(row.pen)
        middle = QPointF(line.left(), line.center().y())
        painter.drawLine(middle, middle + QPointF(sample, 0))
        painter.setPen(QColor(self._theme.text))
        centred = Qt.AlignmentFlag.AlignVCenter
        words = line.adjusted(sample + self._theme.px(_GAP), 0, 0, 0)
        painter.drawText(words, centred | Qt.AlignmentFlag.AlignLeft, row.name)
        painter.drawText(words, centred | Qt.AlignmentFlag.AlignRight, row.value)
