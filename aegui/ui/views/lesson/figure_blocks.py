"""What a figure writes rather than plots: paragraphs, and headings with their key."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsSceneResizeEvent, QStyleOptionGraphicsItem, QWidget

from aegui.records.figures import Bars, Curve, Dots, Line, Mark, Whiskers
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.lesson.figure_colours import tone_colour
from aegui.ui.views.text import small_font

_LINE, _SAMPLE, _GAP, _BETWEEN = 20.0, 20.0, 8.0, 18.0
_TITLE_PX = 16
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ENDLESS = 10_000

Keyed = Bars | Curve | Dots | Whiskers | Line


class Block(pg.GraphicsWidget):
    """A rectangle in a figure that paints itself in the colours of a theme."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = DARK

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the whole block, from its own top left corner."""
        return QRectF(0, 0, self.size().width(), self.size().height())

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw what the block shows."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(small_font(self._theme))
        self.draw(painter)

    def draw(self, painter: QPainter) -> None:
        """Draw what the block shows, with a small font set."""
        raise NotImplementedError

    def set_height(self, height: float) -> None:
        """Be so high, whatever room there is."""
        if height != self.maximumHeight():
            self.setMinimumHeight(height)
            self.setMaximumHeight(height)


class Paragraph(Block):
    """Wrapped text, as high as it needs to be."""

    def __init__(self, *, is_title: bool = False) -> None:
        super().__init__()
        self._text = ""
        self._is_title = is_title

    @property
    def text(self) -> str:
        """What is written."""
        return self._text

    def set_text(self, text: str) -> None:
        """Write ``text``."""
        self._text = text
        self._fit()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        super().set_theme(theme)
        self._fit()

    def resizeEvent(self, event: QGraphicsSceneResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def draw(self, painter: QPainter) -> None:
        """Write the text."""
        painter.setFont(self._font())
        painter.setPen(QColor(self._theme.text if self._is_title else self._theme.muted))
        painter.drawText(self.boundingRect(), Qt.TextFlag.TextWordWrap, self._text)

    def _font(self) -> QFont:
        font = small_font(self._theme)
        if self._is_title:
            font.setPixelSize(self._theme.px(_TITLE_PX))
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _fit(self) -> None:
        room = QRectF(0, 0, max(self.size().width(), 50.0), _ENDLESS)
        metrics = QFontMetricsF(self._font())
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._text).height()
        self.set_height(needed + 4 if self._text else 0.0)


class Heading(Block):
    """A panel's title, and below it the key of its marks, so that no key covers data."""

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._marks: list[Keyed] = []

    @property
    def names(self) -> list[str]:
        """What the key says, entry by entry."""
        return [mark.name for mark in self._marks]

    def show_marks(self, title: str, marks: Sequence[Mark]) -> None:
        """Take a panel's title and its marks."""
        self._title = title
        self._marks = [mark for mark in marks if isinstance(mark, Keyed) and mark.name]
        self._fit()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        super().set_theme(theme)
        self._fit()

    def resizeEvent(self, event: QGraphicsSceneResizeEvent) -> None:
        """Lay the key out anew."""
        super().resizeEvent(event)
        self._fit()

    def draw(self, painter: QPainter) -> None:
        """Write the title and the key."""
        font = small_font(self._theme)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.text))
        title = QRectF(0, 0, self.size().width(), self._theme.px(_LINE))
        painter.drawText(title, _LEFT, self._title)
        painter.setFont(small_font(self._theme))
        for mark, place in zip(self._marks, self._places(), strict=True):
            self._draw_entry(painter, mark, place)

    def _draw_entry(self, painter: QPainter, mark: Keyed, place: QPointF) -> None:
        line, sample = self._theme.px(_LINE), self._theme.px(_SAMPLE)
        _draw_sample(painter, mark, QRectF(place.x(), place.y(), sample, line), self._theme)
        left = place.x() + sample + self._theme.px(_GAP)
        words = QRectF(left, place.y(), self.size().width() - left, line)
        painter.setPen(QColor(self._theme.text))
        end = Qt.TextElideMode.ElideRight
        fitted = QFontMetricsF(painter.font()).elidedText(mark.name, end, words.width())
        painter.drawText(words, _LEFT, fitted)

    def _places(self) -> list[QPointF]:
        """Return where each entry begins, as many in a line as there is room for."""
        px, metrics = self._theme.px, QFontMetricsF(small_font(self._theme))
        x, y = 0.0, float(px(_LINE))
        places = []
        for mark in self._marks:
            width = px(_SAMPLE) + px(_GAP) + metrics.horizontalAdvance(mark.name)
            if x > 0 and x + width > self.size().width():
                x, y = 0.0, y + px(_LINE)
            places.append(QPointF(x, y))
            x += width + px(_BETWEEN)
        return places

    def _fit(self) -> None:
        places = self._places()
        bottom = places[-1].y() if places else 0.0
        self.set_height(bottom + self._theme.px(_LINE) + 6)


def _draw_sample(painter: QPainter, mark: Keyed, box: QRectF, theme: Theme) -> None:
    colour, middle = tone_colour(theme, mark.tone), box.center()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    match mark:
        case Bars(outlined=False):
            painter.drawRect(QRectF(middle.x() - 6, middle.y() - 6, 12, 12))
        case Dots():
            painter.drawEllipse(middle, 4.5, 4.5)
        case Whiskers():
            corners = (QPointF(0, -6), QPointF(6, 0), QPointF(0, 6), QPointF(-6, 0))
            painter.drawPolygon([middle + corner for corner in corners])
        case _:
            dashed = isinstance(mark, Line) or (isinstance(mark, Curve) and mark.dashed)
            style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(colour, 2, style))
            painter.drawLine(QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y()))
