"""The drawing of an autoencoder: wide, narrow, wide again."""

import math
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from aegui.ui.theme import DARK, Theme

_HEIGHT = 98
_CAPTION = 18
_NUMBER = 18


class Funnel(QWidget):
    """Draws each stage as a bar whose height grows with its width; the code is the amber one."""

    def __init__(self) -> None:
        super().__init__()
        self._widths: tuple[int, ...] = (2, 1, 2)
        self._code_place = 1
        self._theme = DARK
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_widths(self, widths: tuple[int, ...], code_place: int) -> None:
        """Show the widths of all stages, input to output; the code stands at ``code_place``."""
        self._widths = widths
        self._code_place = code_place
        self.setAccessibleName("Layers: " + ", ".join(str(width) for width in widths))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw captions, bars, the slopes between them, and numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        bars = self._bars()
        self._draw_slopes(painter, bars)
        self._draw_bars(painter, bars)
        self._draw_numbers(painter, bars)
        self._draw_captions(painter, bars)
        painter.end()

    def _bars(self) -> list[QRectF]:
        count = len(self._widths)
        thick = 14.0 if count <= 5 else 9.0
        room = self.height() - _CAPTION - _NUMBER
        margin = 18.0
        pitch = (self.width() - 2 * margin - thick) / (count - 1)
        tallest = math.log2(max(self._widths) + 1)
        bars = []
        for place, width in enumerate(self._widths):
            tall = max(6.0, room * math.log2(width + 1) / tallest)
            top = _CAPTION + (room - tall) / 2
            bars.append(QRectF(margin + place * pitch, top, thick, tall))
        return bars

    def _draw_slopes(self, painter: QPainter, bars: list[QRectF]) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.funnel))
        for left, right in pairwise(bars):
            corners = (left.topRight(), right.topLeft(), right.bottomLeft(), left.bottomRight())
            painter.drawPolygon(QPolygonF([QPointF(corner) for corner in corners]))

    def _draw_bars(self, painter: QPainter, bars: list[QRectF]) -> None:
        for place, bar in enumerate(bars):
            is_code = place == self._code_place
            painter.setBrush(QColor(self._theme.code if is_code else self._theme.accent))
            painter.drawRoundedRect(bar, 3, 3)

    def _draw_numbers(self, painter: QPainter, bars: list[QRectF]) -> None:
        font = painter.font()
        font.setPixelSize(12 if len(bars) <= 7 else 10)
        painter.setFont(font)
        below = self.height() - _NUMBER
        pitch = bars[1].left() - bars[0].left()
        for place, (bar, width) in enumerate(zip(bars, self._widths, strict=True)):
            is_code = place == self._code_place
            # Where numbers would touch, the first, the last and the code are enough.
            if pitch < 26 and not is_code and place not in (0, len(bars) - 1):
                continue
            painter.setPen(QColor(self._theme.code_text if is_code else self._theme.text))
            cell = QRectF(bar.center().x() - 30, below, 60, _NUMBER)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(width))

    def _draw_captions(self, painter: QPainter, bars: list[QRectF]) -> None:
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        code = bars[self._code_place].center().x()
        places = (
            ("Encoder", (bars[0].left() + code) / 2, self._theme.muted),
            ("Code", code, self._theme.code_text),
            ("Decoder", (code + bars[-1].right()) / 2, self._theme.muted),
        )
        for text, x, colour in places:
            painter.setPen(QColor(colour))
            painter.drawText(QRectF(x - 40, 0, 80, 16), Qt.AlignmentFlag.AlignCenter, text)
