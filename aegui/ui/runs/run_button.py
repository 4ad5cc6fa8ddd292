"""One kept run in the list at the right."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from aegui.ui.runs.card_words import ERROR_WORDS, error_in_words, title_of, what_in_words
from aegui.ui.theme import DARK, Theme

if TYPE_CHECKING:
    # It brings in the readers of runs, which the first paint need not wait for.
    from aegui.runs import RunCard

HEIGHT, RAIL_HEIGHT = 84, 34
_RAIL_WIDTH = 28
_LEFT = 22
_ERROR_WIDTH = 92
_TICK_WIDTH = 26


class RunButton(QAbstractButton):
    """One run: name, state, a small loss curve, and its mean error; a colour on the rail."""

    menu_requested = Signal(QPoint)
    delete_requested = Signal()
    rename_requested = Signal()

    def __init__(self, card: "RunCard", hue: int) -> None:
        super().__init__()
        self.card = card
        self._hue = hue
        self._theme = DARK
        self._is_narrow = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        what = what_in_words(card)
        note = f"\n{card.about.note}" if card.about.note else ""
        error = f"{ERROR_WORDS} {error_in_words(card)}"
        self.setToolTip(f"{card.name}\n{card.experiment.shape}\n{what}\n{error}{note}")
        self.setAccessibleName(f"Run {card.name}, {what}, {error}")

    def sizeHint(self) -> QSize:
        """As wide as the column."""
        return QSize(180, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the rail."""
        return QSize(_RAIL_WIDTH, self.height())

    def show_as(self, theme: Theme, *, is_narrow: bool) -> None:
        """Take the colours of a theme, and the width of column or rail."""
        self._theme = theme
        self._is_narrow = is_narrow
        self.setFixedHeight(RAIL_HEIGHT if is_narrow else theme.px(HEIGHT))
        self.update()

    def set_hue(self, hue: int) -> None:
        """Take another place among the theme's hues."""
        self._hue = hue
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Wish for the run's menu."""
        self.menu_requested.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and rename by the keys that do so elsewhere; Return opens as Space does."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.rename_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card, or the piece of rail."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        theme = self._theme
        is_marked = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(QColor(theme.accent if is_marked else theme.border), 1))
        painter.setBrush(QColor(theme.hover if self.underMouse() else theme.surface))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour())
        painter.drawRoundedRect(QRectF(8, 8, 5, self.height() - 16), 2.5, 2.5)
        if not self._is_narrow:
            self._draw_words(painter)
            self._draw_error(painter)
            self._draw_curve(painter)
        painter.end()

    def _colour(self) -> QColor:
        return QColor(self._theme.series[self._hue % len(self._theme.series)])

    def _draw_words(self, painter: QPainter) -> None:
        px, width = self._theme.px, self.width() - _LEFT - 12
        self._set_font(painter, 13, is_bold=True)
        painter.setPen(QColor(self._theme.text))
        name = QRectF(_LEFT, px(8), width - _TICK_WIDTH, px(18))
        self._draw_line(painter, name, title_of(self.card))
        self._set_font(painter, 12)
        is_to_go_on = self.card.is_interrupted
        painter.setPen(QColor(self._theme.link if is_to_go_on else self._theme.muted))
        self._draw_line(painter, QRectF(_LEFT, px(26), width, px(18)), what_in_words(self.card))

    def _draw_error(self, painter: QPainter) -> None:
        """Write the mean error and, smaller below it, what it is."""
        px = self._theme.px
        left = self.width() - px(_ERROR_WIDTH) - 12
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._set_font(painter, 12)
        painter.setPen(QColor(self._theme.text))
        area = QRectF(left, px(46), px(_ERROR_WIDTH), px(16))
        painter.drawText(area, right, error_in_words(self.card))
        self._set_font(painter, 10)
        painter.setPen(QColor(self._theme.muted))
        area = QRectF(left, px(61), px(_ERROR_WIDTH), px(14))
        painter.drawText(area, right, ERROR_WORDS)

    def _draw_curve(self, painter: QPainter) -> None:
        losses = [record.val_loss for record in self.card.history if record.epoch > 0]
        if len(losses) < 2:
            return
        px = self._theme.px
        low, high = min(losses), max(losses)
        span = (high - low) or 1.0
        width = self.width() - _LEFT - px(_ERROR_WIDTH) - 22
        step = width / (len(losses) - 1)
        foot, height = px(72), px(20)
        points = [
            QPointF(_LEFT + place * step, foot - height * (loss - low) / span)
            for place, loss in enumerate(losses)
        ]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._colour(), 1.6))
        painter.drawPolyline(QPolygonF(points))

    def _set_font(self, painter: QPainter, size: int, *, is_bold: bool = False) -> None:
        font = painter.font()
        font.setPixelSize(self._theme.px(size))
        font.setWeight(font.Weight.DemiBold if is_bold else font.Weight.Normal)
        painter.setFont(font)

    def _draw_line(self, painter: QPainter, area: QRectF, words: str) -> None:
        metrics = painter.fontMetrics()
        fitting = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, fitting)
