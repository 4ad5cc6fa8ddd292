"""One unit of the code: its name, a slider over the histogram of what it does, its value."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from aegui.ui.forms import label
from aegui.ui.theme import DARK, Theme

_FINE = 500
_HEIGHT = 26
_HANDLE = 6.0
_HISTOGRAM = 90


class UnitSlider(QSlider):
    """Goes from the 1st to the 99th percentile of its unit's values; what is set may be beyond."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = DARK
        self._low, self._high = 0.0, 1.0
        self._counts: NDArray[np.intp] = np.zeros(0, np.intp)
        self._number = 0.0
        self.setRange(0, _FINE)
        self.setPageStep(_FINE // 10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self._take_value)

    @property
    def number(self) -> float:
        """The unit's value."""
        return self._number

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        self._theme = theme
        self.setFixedHeight(theme.px(_HEIGHT))
        self.update()

    def set_range(self, low: float, high: float, counts: NDArray[np.intp]) -> None:
        """Take the ends, and how many rows have a value in each part of the way between them."""
        self._low, self._high, self._counts = low, high, counts
        self.set_number(self._number)

    def set_number(self, number: float) -> None:
        """Take a value without telling; one beyond the ends is kept, its handle at the end.

        One that is not a number has its handle in the middle.
        """
        self._number = number
        span = self._high - self._low
        share = 0.5 if not span or math.isnan(number) else (number - self._low) / span
        was = self.blockSignals(True)
        self.setValue(round(min(max(share, 0.0), 1.0) * _FINE))
        self.blockSignals(was)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size that leaves the width to the layout."""
        return QSize(90, self._theme.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw histogram, line and handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        handle = self._theme.px(_HANDLE)
        line = QRectF(self.rect()).adjusted(handle, 2, -handle, -3)
        self._draw_histogram(painter, line)
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.drawLine(line.bottomLeft(), line.bottomRight())
        share = self.value() / _FINE
        middle = QPointF(line.left() + share * line.width(), line.center().y())
        is_set = self.hasFocus() or self.isSliderDown()
        painter.setPen(QPen(QColor(self._theme.text if is_set else self._theme.surface), 1.5))
        painter.setBrush(QColor(self._theme.code))
        painter.drawEllipse(middle, handle, handle)
        painter.end()

    def _draw_histogram(self, painter: QPainter, area: QRectF) -> None:
        if not self._counts.any():
            return
        colour = QColor(self._theme.code)
        colour.setAlpha(_HISTOGRAM)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        width = area.width() / len(self._counts)
        # Many units are silent for most rows; that one bar would flatten all others.
        heights = np.sqrt(self._counts / self._counts.max()) * area.height()
        for place, height in enumerate(heights.tolist()):
            bar = QRectF(area.left() + place * width, area.bottom() - height, width, height)
            painter.drawRect(bar)

    def _take_value(self, value: int) -> None:
        self._number = self._low + (self._high - self._low) * value / _FINE
        self.update()


class UnitLine(QWidget):
    """Number, slider and value of a unit beside each other."""

    def __init__(self) -> None:
        super().__init__()
        self.slider = UnitSlider()
        self._name, self._value = label("", "code"), label("", "muted")
        for part, widest in ((self._name, "000"), (self._value, "−00.00")):
            part.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            part.setMinimumWidth(part.fontMetrics().horizontalAdvance(widest))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._name)
        row.addWidget(self.slider, 1)
        row.addWidget(self._value)

    @property
    def text(self) -> str:
        """The value as it is written."""
        return self._value.text()

    def show_unit(self, number: int, low: float, high: float, counts: NDArray[np.intp]) -> None:
        """Take a unit by its number, from 0, with the ends and the histogram of its values."""
        self._name.setText(str(number + 1))
        self.slider.setAccessibleName(f"Unit {number + 1}")
        self.slider.set_range(low, high, counts)

    def write(self) -> None:
        """Write the value anew."""
        self._value.setText(f"{self.slider.number:.2f}".replace("-", "−"))
