"""Which curve is which: a sample of each beside its name."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from aegui.ui.theme import DARK, Theme
from aegui.ui.views.text import small_font

_SAMPLE, _LINE = 24, 20


class CurveKey(QWidget):
    """A line of text for what was drawn, one for what the model made."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)
        self._theme = DARK
        self.setAccessibleName(" and ".join(names))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a line for each name."""
        return QSize(self._theme.px(140), self._theme.px(_LINE) * len(self._names))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint samples and names."""
        painter = QPainter(self)
        painter.setFont(small_font(self._theme))
        line, sample = self._theme.px(_LINE), self._theme.px(_SAMPLE)
        colours = (self._theme.muted, self._theme.accent)
        for number, (name, colour) in enumerate(zip(self._names, colours, strict=False)):
            y = number * line + line / 2
            painter.setPen(QPen(QColor(colour), 3 * self._theme.scale))
            painter.drawLine(QPointF(0, y), QPointF(sample, y))
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(QPointF(sample + 8, y + 0.35 * line / 1.6), name)
