"""One kept run in the list at the right."""

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from aegui.records import RunState
from aegui.runs import RunCard
from aegui.ui.theme import DARK, Theme

_HEIGHT, _RAIL_HEIGHT = 78, 34
_RAIL_WIDTH = 28


class RunButton(QAbstractButton):
    """One run: name, time, a small loss curve, and its validation loss; a colour on the rail."""

    def __init__(self, card: RunCard, name: str, colour_place: int) -> None:
        super().__init__()
        self.card = card
        self._name = name
        self._place = colour_place
        self._theme = DARK
        self._is_narrow = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"{name}\n{card.experiment.shape}\n{self._when()}")
        self.setAccessibleName(f"Run {name}, {self._when()}, loss {self._loss()}")

    def sizeHint(self) -> QSize:
        """As wide as the column."""
        return QSize(180, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the rail."""
        return QSize(_RAIL_WIDTH, self.height())

    def show_as(self, theme: Theme, *, is_narrow: bool) -> None:
        """Take the colours of a theme, and the width of column or rail."""
        self._theme = theme
        self._is_narrow = is_narrow
        self.setFixedHeight(_RAIL_HEIGHT if is_narrow else _HEIGHT)
        self.update()

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
            self._draw_curve(painter)
        painter.end()

    def _colour(self) -> QColor:
        series = self._theme.series
        return QColor(series[self._place % len(series)])

    def _draw_words(self, painter: QPainter) -> None:
        font = painter.font()
        font.setPixelSize(13)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.text))
        width = self.width() - 34
        name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(22, 8, width, 18), Qt.AlignmentFlag.AlignVCenter, name)
        font.setWeight(font.Weight.Normal)
        font.setPixelSize(12)
        painter.setFont(font)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(22, 48, width, 20), right, self._loss())
        painter.setPen(QColor(self._theme.muted))
        below = f"{self.card.experiment.shape} · {self._when()}"
        below = painter.fontMetrics().elidedText(below, Qt.TextElideMode.ElideMiddle, width)
        painter.drawText(QRectF(22, 26, width, 18), Qt.AlignmentFlag.AlignVCenter, below)

    def _draw_curve(self, painter: QPainter) -> None:
        losses = [record.val_loss for record in self.card.history if record.epoch > 0]
        if len(losses) < 2:
            return
        low, high = min(losses), max(losses)
        span = (high - low) or 1.0
        step = (self.width() - 110) / (len(losses) - 1)
        points = [
            QPointF(22 + place * step, 66 - 16 * (loss - low) / span)
            for place, loss in enumerate(losses)
        ]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._colour(), 1.6))
        painter.drawPolyline(QPolygonF(points))

    def _when(self) -> str:
        words = moment_in_words(self.card.created.astimezone(), datetime.now().astimezone())
        summary = self.card.summary
        if summary is None or summary.status is RunState.FINISHED:
            return words
        return f"{words} · {summary.status.value}"

    def _loss(self) -> str:
        history = self.card.history
        return f"{history.last.val_loss:.4f}" if len(history) else ""


def moment_in_words(moment: datetime, now: datetime) -> str:
    """Return a time as people say it: ``today 10:41``, ``yesterday 17:05``, ``3 May 2026``."""
    days = (now.date() - moment.date()).days
    if days == 0:
        return f"today {moment:%H:%M}"
    if days == 1:
        return f"yesterday {moment:%H:%M}"
    return f"{moment.day} {moment:%b %Y}"
