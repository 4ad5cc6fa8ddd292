"""Small pictures of rows, in the hue of their class, for a map seen from near."""

from itertools import product

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, qRgba

from aegui.records import FloatArray
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.pictures import ValueRange, curve_path, grey_levels

_SIDE = 26
_MOST = 400
"""With more rows than these in view they are dots."""


class Thumbnails:
    """Draws rows as pictures where they do not cover each other, and keeps what it drew.

    ``drawn`` is how many it drew last.
    """

    def __init__(self) -> None:
        self._theme = DARK
        self._rows: FloatArray | None = None
        self._shape: tuple[int, int] | None = None
        self._value_range: ValueRange = (0.0, 1.0)
        self._made: dict[int, QPixmap] = {}
        # The colours of all levels of grey, by the full colour.
        self._tables: dict[int, list[int]] = {}
        self.drawn = 0

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        self._theme = theme
        self._made.clear()

    def set_rows(
        self, rows: FloatArray | None, shape: tuple[int, int] | None, value_range: ValueRange
    ) -> None:
        """Take other rows, (n, features); ``shape`` is (height, width) where they are pictures."""
        self._rows, self._shape, self._value_range = rows, shape, value_range
        self._made.clear()

    def fit(self, count: int) -> bool:
        """Tell whether so few rows are in view that they can be pictures."""
        return self._rows is not None and 0 < count <= _MOST

    def draw(
        self,
        painter: QPainter,
        numbers: NDArray[np.intp],
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        marks: NDArray[np.intp],
        colours: list[QColor],
    ) -> NDArray[np.intp]:
        """Draw rows at pixels (x, y); return the numbers of those that found no room."""
        side = self._theme.px(_SIDE)
        room = _Room(side)
        left = []
        for number in numbers.tolist():
            place = float(x[number]), float(y[number])
            if not room.take(*place):
                left.append(number)
                continue
            pixmap = self._pixmap(number, colours[marks[number]], side)
            painter.drawPixmap(round(place[0] - side / 2), round(place[1] - side / 2), pixmap)
        self.drawn = len(numbers) - len(left)
        return np.array(left, np.intp)

    def _pixmap(self, number: int, colour: QColor, side: int) -> QPixmap:
        if number not in self._made:
            if len(self._made) > 4 * _MOST:
                self._made.clear()
            self._made[number] = self._make(number, colour, side)
        return self._made[number]

    def _make(self, number: int, colour: QColor, side: int) -> QPixmap:
        if self._rows is None:
            raise ValueError("there are no rows to make pictures of")
        row = self._rows[number]
        if self._shape is None:
            return self._curve(row, colour, side)
        levels = np.ascontiguousarray(grey_levels(row, self._value_range).reshape(self._shape))
        height, width = self._shape
        # Qt reads them where they are, until the picture is converted.
        pixels = levels.tobytes()
        image = QImage(pixels, width, height, width, QImage.Format.Format_Indexed8)
        image.setColorTable(self._table(colour))
        ways = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        converted = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        return QPixmap.fromImage(converted.scaled(side, side, *ways))

    def _table(self, colour: QColor) -> list[int]:
        key = colour.rgb()
        if key not in self._tables:
            parts = colour.red(), colour.green(), colour.blue()
            self._tables[key] = [qRgba(*parts, level) for level in range(256)]
        return self._tables[key]

    def _curve(self, row: FloatArray, colour: QColor, side: int) -> QPixmap:
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.3))
        painter.drawPath(curve_path(row, self._value_range, QRectF(1, 3, side - 2, side - 6)))
        painter.end()
        return pixmap


class _Room:
    """Squares that do not cover each other, looked for in the cells around."""

    def __init__(self, side: int) -> None:
        self._side = side
        self._taken: dict[tuple[int, int], tuple[float, float]] = {}

    def take(self, x: float, y: float) -> bool:
        """Take the square around a place, unless another is in its way; return whether."""
        side = self._side
        across, down = int(x // side), int(y // side)
        for cell in product((across - 1, across, across + 1), (down - 1, down, down + 1)):
            other = self._taken.get(cell)
            if other and abs(x - other[0]) < side and abs(y - other[1]) < side:
                return False
        self._taken[across, down] = (x, y)
        return True
