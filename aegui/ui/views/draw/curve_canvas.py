"""A field that takes a line drawn by hand as a row of numbers, and shows what is made of it."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy

from aegui.analysis.stroke_row import draw_line, empty_row, filled
from aegui.records import FloatArray
from aegui.ui.handing.export import Table, install_export_menu, picture_of
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.draw.steps import Steps
from aegui.ui.views.pictures import ValueRange, curve_path
from aegui.ui.views.row_drag import RowTarget
from aegui.ui.views.text import small_font

INVITATION = "Draw a curve here, from left to right"

_LEFT = Qt.MouseButton.LeftButton
_INSET = 10.0
_DRAWN, _MADE = 3.0, 2.0


class CurveCanvas(RowTarget):
    """Across goes by feature, up by value in the data's range.

    A stroke changes the features that it passes; gaps are bridged. A row can also be let go
    here. Each step can be taken back.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._theme = DARK
        self._value_range: ValueRange = (0.0, 1.0)
        self._steps: Steps[FloatArray] = Steps(empty_row(1))
        self._last: QPointF | None = None
        self._made: FloatArray | None = None
        self.setAccessibleName("Canvas for a curve")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        install_export_menu(self, "curve", image=lambda: picture_of(self), table=self.table)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        return not np.isfinite(self._drawn).any()

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._steps.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back and nothing was drawn since."""
        return self._steps.can_redo

    @property
    def features(self) -> int:
        """Numbers in a row."""
        return len(self._drawn)

    @property
    def made(self) -> FloatArray | None:
        """What the model made of the row, (features,), if it is shown."""
        return self._made

    def row(self) -> FloatArray | None:
        """Return the row that is drawn, (features,), without gaps; None when nothing is."""
        return filled(self._drawn)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        self.update()

    def start(self, features: int, value_range: ValueRange) -> None:
        """Take rows of so many numbers in this range; a drawing of other rows goes."""
        if features != len(self._drawn) or value_range != self._value_range:
            self._value_range = value_range
            self._steps, self._made = Steps(empty_row(features)), None
            self.changed.emit()
            self.update()

    def show_made(self, made: FloatArray | None) -> None:
        """Show what the model makes of the row, (features,), over it; at once."""
        self._made = made
        if made is None:
            self.update()
        else:
            self.repaint()

    def put_row(self, row: FloatArray) -> None:
        """Put a row, (features,), in the place of what is drawn."""
        self._steps.step(np.array(row, dtype=np.float32))
        self._follow()

    def undo(self) -> None:
        """Take back the last step, if there is one."""
        if self._steps.can_undo:
            self._steps.undo()
            self._follow()

    def redo(self) -> None:
        """Do again what was taken back last, if anything was."""
        if self._steps.can_redo:
            self._steps.redo()
            self._follow()

    def clear(self) -> None:
        """Take the row away; undo brings it back."""
        if not self.is_empty:
            self._steps.step(empty_row(self.features))
            self._follow()

    def table(self) -> Table:
        """Return feature, drawn value, and what the model made of it."""
        row = self.row()
        drawn = [] if row is None else row.tolist()
        made = [""] * len(drawn) if self._made is None else self._made.tolist()
        lines = zip(range(1, len(drawn) + 1), drawn, made, strict=True)
        return ("feature", "drawn", "reconstruction"), list(lines)

    def sizeHint(self) -> QSize:
        """Ask for a wide field."""
        return QSize(560, 300)

    def minimumSizeHint(self) -> QSize:
        """Ask for a size that can be drawn in."""
        return QSize(260, 150)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() == _LEFT:
            self._steps.step(self._drawn)
            self._last = event.position()
            self._draw_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on."""
        if event.buttons() & _LEFT and self._last is not None:
            self._draw_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if event.button() == _LEFT:
            self._last = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave keys to the tab."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the field, then the row, then what the model made of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self._theme.accent if self.hasFocus() else self._theme.border
        painter.setPen(QColor(frame))
        painter.setBrush(QColor(self._theme.field))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        area = self._area()
        self._paint_scale(painter, area)
        row = self.row()
        if row is None:
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, INVITATION)
            return
        curves = [(row, self._theme.muted, _DRAWN)]
        if self._made is not None:
            curves.append((self._made, self._theme.accent, _MADE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for values, colour, width in curves:
            painter.setPen(QPen(QColor(colour), width * self._theme.scale))
            painter.drawPath(curve_path(values, self._value_range, area))

    def _paint_scale(self, painter: QPainter, area: QRectF) -> None:
        low, high = self._value_range
        painter.setFont(small_font(self._theme))
        for share in (0.0, 0.5, 1.0):
            y = area.bottom() - share * area.height()
            painter.setPen(QColor(self._theme.grid))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(
                QPointF(area.left() + 2, y + (-3 if share < 1 else 12)),
                f"{low + share * (high - low):g}",
            )

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)

    def _draw_to(self, place: QPointF) -> None:
        start = self._last or place
        self._last = place
        ends = self._share(start), self._share(place)
        self._steps.now = draw_line(self._drawn, *ends, self._value_range)
        self._follow()

    def _share(self, place: QPointF) -> tuple[float, float]:
        area = self._area()
        across = (place.x() - area.left()) / max(area.width(), 1.0)
        return across, (area.bottom() - place.y()) / max(area.height(), 1.0)

    @property
    def _drawn(self) -> FloatArray:
        return self._steps.now

    def _follow(self) -> None:
        """Show what is drawn now, and say so."""
        if self.is_empty:
            self._made = None
        self.update()
        self.changed.emit()
