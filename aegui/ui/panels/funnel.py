"""The drawing of an autoencoder: wide, narrow, wide again."""

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from aegui.specs import Stage, Stages
from aegui.ui.theme import DARK, Theme

if TYPE_CHECKING:
    # It brings in NumPy, which the first paint need not wait for.
    from aegui.records import FloatArray

_HEIGHT = 80
_CAPTION = 17
_NUMBER = 17
_LEAST = 0.12
"""How much of its colour a silent part has."""
_APART = 5.0
"""Pixels between two numbers, at least."""


class Funnel(QWidget):
    """Draws each stage as a bar whose height grows with its size; the code is the amber one."""

    def __init__(self) -> None:
        super().__init__()
        self._stages: tuple[Stage, ...] = (Stage((2,)), Stage((1,)), Stage((2,)))
        self._code_place = 1
        self._cells: FloatArray | None = None
        self._sizes: tuple[int, ...] = ()
        self._theme = DARK
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_stages(self, stages: Stages) -> None:
        """Show all stages, input to output."""
        self._stages = stages.all
        self._code_place = stages.code_place
        labels = [stage.label for stage in stages.all]
        self.setAccessibleName("Layers: " + ", ".join(labels))
        self.setToolTip(" → ".join(labels))
        self.update()

    @Slot(object, object)
    def show_activations(self, cells: "FloatArray | None", sizes: tuple[int, ...] = ()) -> None:
        """Show in each bar how active the parts of its stage are, (stages, cells), 0 to 1.

        Places without a number are not there. ``sizes`` are how many numbers each stage has: None,
        or stages of other sizes than those that are drawn, leave the bars plain.
        """
        self._cells, self._sizes = cells, sizes
        self.update()

    @property
    def is_alive(self) -> bool:
        """Whether activations are shown."""
        drawn = tuple(stage.size for stage in self._stages)
        return self._cells is not None and self._sizes == drawn

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
        count = len(self._stages)
        thick = 14.0 if count <= 5 else 9.0
        room = self.height() - _CAPTION - _NUMBER
        margin = 18.0
        pitch = (self.width() - 2 * margin - thick) / (count - 1)
        tallest = math.log2(max(stage.size for stage in self._stages) + 1)
        bars = []
        for place, stage in enumerate(self._stages):
            tall = max(6.0, room * math.log2(stage.size + 1) / tallest)
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
            colour = QColor(self._theme.code if is_code else self._theme.accent)
            if self._cells is not None and self.is_alive:
                self._draw_cells(painter, bar, colour, self._cells[place])
                continue
            painter.setBrush(colour)
            painter.drawRoundedRect(bar, 3, 3)

    def _draw_cells(
        self, painter: QPainter, bar: QRectF, colour: QColor, cells: "FloatArray"
    ) -> None:
        """Draw a bar in stretches, each the brighter the more active it is."""
        painter.setBrush(QColor(self._theme.field))
        painter.drawRect(bar)
        active = [share for share in cells.tolist() if math.isfinite(share)]
        high = bar.height() / max(len(active), 1)
        for place, share in enumerate(active):
            colour.setAlphaF(_LEAST + (1 - _LEAST) * share)
            painter.fillRect(
                QRectF(bar.left(), bar.top() + place * high, bar.width(), high), colour
            )

    def _draw_numbers(self, painter: QPainter, bars: list[QRectF]) -> None:
        font = painter.font()
        font.setPixelSize(12 if len(bars) <= 5 else 10)
        painter.setFont(font)
        texts = [stage.label.replace(" ", "") for stage in self._stages]
        metrics = QFontMetricsF(font)
        cells = [
            _cell(bar.center().x(), metrics.horizontalAdvance(text), self.width())
            for bar, text in zip(bars, texts, strict=True)
        ]
        # Where numbers would touch, the first, the last and the code are enough.
        has_room = all(a.right() + _APART <= b.left() for a, b in pairwise(cells))
        for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            is_code = place == self._code_place
            if has_room or is_code or place in (0, len(bars) - 1):
                painter.setPen(QColor(self._theme.code_text if is_code else self._theme.text))
                cell.moveTop(self.height() - _NUMBER)
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)

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


def _cell(middle: float, width: float, most: float) -> QRectF:
    """Return a place for a text around ``middle``, inside 0 to ``most``."""
    left = max(0.0, min(middle - width / 2, most - width))
    return QRectF(left - 1, 0, width + 2, _NUMBER)
