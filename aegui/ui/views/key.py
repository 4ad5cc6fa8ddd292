"""A plot's key: which line is which, and what it reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from aegui.ui.theme import Theme
from aegui.ui.views.key_places import KeyPlaces, band_places, box_places
from aegui.ui.views.text import small_font

_MARGIN = 10.0
_LINE = 20.0
_SAMPLE = 24.0
_GAP = 8.0
_WIDEST_VALUE = "000.0000"
_WIDEST_TITLE = "Epoch 100, 99 %"
# Less height than this shows no curves.
_LEAST_LEFT = 60.0
_WRAPPED = Qt.TextFlag.TextWordWrap
# A box that takes more of the plot than the first both ways, or than the second of its height,
# would cover curves.
_MOST_COVERED, _HIGHEST = 1 / 3, 1 / 2


@dataclass(frozen=True)
class KeyRow:
    """One line of a plot: how it is drawn, its name, and the value read from it."""

    pen: QPen
    name: str
    value: str


class PlotKey(QGraphicsItem):
    """A box in the top right corner of a plot, or a band above it where the box is too large.

    Its size does not follow its numbers. It is part of the scene, so that saved pictures have it.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = ""
        self._rows: tuple[KeyRow, ...] = ()
        self._note = ""
        self._font = small_font(theme)
        self._band_width: float | None = None
        self._is_cramped = False
        self.setZValue(100)

    @property
    def texts(self) -> list[str]:
        """What is written in the box, line by line."""
        rows = [f"{row.name} {row.value}" for row in self._rows]
        return [self._title, *rows, *self._note.splitlines()]

    @property
    def band_height(self) -> float:
        """The pixels that are to be kept free above the plot: 0 for a box inside of it."""
        return 0.0 if self._band_width is None else self._places().size.height()

    @property
    def is_cramped(self) -> bool:
        """Whether there is room neither in the plot nor above: it is to be shown on demand only."""
        return self._is_cramped

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

    def fit(self, area: QRectF, width: float) -> None:
        """Become a box, or where it would cover too much of ``area`` a band ``width`` pixels wide.

        ``area`` is where the data would be drawn if there was no band.
        """
        self.prepareGeometryChange()
        self._band_width = None
        box = self._places().size
        across, down = box.width() / max(area.width(), 1), box.height() / max(area.height(), 1)
        if down > _HIGHEST or min(across, down) > _MOST_COVERED:
            self._band_width = width
        self._is_cramped = area.height() - self.band_height < self._theme.px(_LEAST_LEFT)
        if self._is_cramped:
            self._band_width = None
        self.update()

    def stand_above(self, width: float) -> None:
        """Become a band ``width`` pixels wide, whatever room there is in the plot."""
        self.prepareGeometryChange()
        self._band_width, self._is_cramped = width, False
        self.update()

    def place(self, area: QRectF) -> None:
        """Stand in the top right corner of ``area``, or as a band on top of it and its axes.

        ``area`` is in pixels of the parent item, from whose left edge a band begins.
        """
        if self._band_width is None:
            self.setPos(area.right() - self.boundingRect().width() - 4, area.top() + 4)
        else:
            self.setPos(4, area.top() - self.band_height)

    def boundingRect(self) -> QRectF:
        """Return the box in pixels, from its own top left corner."""
        size = self._places().size
        note = self._note_height(size.width())
        return QRectF(0, 0, size.width(), size.height() + note)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw the box, its title and its rows."""
        places = self._places()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        self._paint_ground(painter, places)
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(places.title, Qt.AlignmentFlag.AlignVCenter, self._title)
        for row, line in zip(self._rows, places.rows, strict=True):
            self._paint_row(painter, line, row)
        if self._note:
            painter.setPen(QColor(self._theme.text))
            margin = self._theme.px(_MARGIN)
            room = self.boundingRect().adjusted(margin, places.size.height() - 2, -margin, 0)
            painter.drawText(room, _WRAPPED, self._note)

    def _paint_ground(self, painter: QPainter, places: KeyPlaces) -> None:
        """Draw the frame: of the whole box; of a band only round a note, which covers the plot."""
        frame = self.boundingRect()
        if self._band_width is not None:
            if not self._note:
                return
            frame.setTop(places.size.height() - 4)
        painter.setPen(QColor(self._theme.border))
        painter.setBrush(QColor(self._theme.surface))
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _places(self) -> KeyPlaces:
        metrics, px = QFontMetricsF(self._font), self._theme.px
        names = max((metrics.horizontalAdvance(row.name) for row in self._rows), default=0.0)
        cell = names + metrics.horizontalAdvance(_WIDEST_VALUE) + px(_SAMPLE + 2 * _GAP)
        count, line = len(self._rows), px(_LINE)
        if self._band_width is None:
            return box_places(count, cell, line, px(_MARGIN))
        title = metrics.horizontalAdvance(_WIDEST_TITLE)
        return band_places(count, cell, line, title, self._band_width)

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
