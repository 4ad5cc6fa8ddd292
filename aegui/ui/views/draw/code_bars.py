"""The code as bars, in amber."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aegui.records import FloatArray
from aegui.ui.handing.export import Table, install_export_menu, picture_of
from aegui.ui.theme import DARK, Theme

_INSET = 4.0
_GAP_FROM = 4.0
_GAP_SHARE = 0.22
# A unit that is exactly silent is still to be seen as one.
_LEAST = 1.5


class CodeBars(QWidget):
    """A bar for each unit, up or down from 0; of more units than pixels, the largest of several.

    ``reach`` is the size that is shown in full; what is larger is cut off.
    """

    def __init__(self) -> None:
        super().__init__()
        self._theme = DARK
        self._code: FloatArray | None = None
        self._reach = 1.0
        self._has_negative = False
        self.setAccessibleName("Code")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        install_export_menu(self, "code", image=lambda: picture_of(self), table=self.table)

    @property
    def code(self) -> FloatArray | None:
        """What is shown, (units,)."""
        return self._code

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        self.update()

    def show_code(self, code: FloatArray | None, reach: float = 1.0) -> None:
        """Show a code, (units,), or none; the bars keep their scale while ``reach`` stays."""
        if code is not None:
            # The line of 0 goes up where a unit is below it, and stays there: bars do not jump.
            negative = bool((code < 0).any())
            is_other = self._code is None or len(self._code) != len(code)
            self._has_negative = negative if is_other else self._has_negative or negative
        self._code, self._reach = code, reach
        self.update()

    def table(self) -> Table:
        """Return the number of each unit."""
        code = () if self._code is None else self._code.tolist()
        return ("unit", "value"), list(enumerate(code, start=1))

    def sizeHint(self) -> QSize:
        """Ask for the room of a small picture."""
        return QSize(168, 120)

    def minimumSizeHint(self) -> QSize:
        """Ask for a size at which bars can be told from each other."""
        return QSize(80, 48)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the field, the line of 0, and the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QColor(self._theme.border))
        painter.setBrush(QColor(self._theme.field))
        painter.drawRect(field)
        area = field.adjusted(_INSET, _INSET, -_INSET, -_INSET)
        zero = area.center().y() if self._has_negative else area.bottom()
        painter.setPen(QColor(self._theme.grid))
        painter.drawLine(QPointF(area.left(), round(zero)), QPointF(area.right(), round(zero)))
        if self._code is not None and len(self._code):
            self._paint_bars(painter, self._code, area, zero)

    def _paint_bars(self, painter: QPainter, code: FloatArray, area: QRectF, zero: float) -> None:
        values = _gathered(np.nan_to_num(code), max(int(area.width()), 1))
        pitch = area.width() / len(values)
        # Bars of a pixel or two would be pale between two pixels.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, pitch >= _GAP_FROM)
        gap = pitch * _GAP_SHARE if pitch >= _GAP_FROM else 0.0
        # Few units are not to be planks.
        width = min(pitch - gap, area.width() / 6)
        unit = (zero - area.top()) / (self._reach or 1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.code))
        for place, value in enumerate(values.tolist()):
            height = min(max(value * unit, area.top() - zero), zero - area.top())
            x = area.left() + place * pitch + (pitch - width) / 2
            top, size = (zero - height, height) if height >= 0 else (zero, -height)
            if size < _LEAST:
                top, size = zero - _LEAST, _LEAST
            painter.drawRect(QRectF(x, top, width, size))


def _gathered(values: FloatArray, most: int) -> FloatArray:
    """Return values, or the one furthest from 0 of each group where there are too many."""
    if len(values) <= most:
        return values
    groups = np.array_split(values, most)
    return np.array([group[np.abs(group).argmax()] for group in groups], dtype=np.float32)
