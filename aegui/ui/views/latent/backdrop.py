"""What the decoder makes of a grid of places, behind a map: the manifold as a picture."""

from math import ceil

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from aegui.records import FloatArray
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.pictures import ValueRange, curve_path, grey_levels

SIDE = 20
"""Decodings each way."""

_STRENGTH = 0.6
_CURVE = (40, 32)


def grid_places(area: QRectF) -> FloatArray:
    """Return the middles, (SIDE², 2), of a grid over an area, from its top left to the right.

    ``area`` is in the map's units, in which y grows upwards.
    """
    steps = (np.arange(SIDE) + 0.5) / SIDE
    x = area.left() + steps * area.width()
    y = area.bottom() - steps * area.height()
    return np.stack([np.tile(x, SIDE), np.repeat(y, SIDE)], axis=1).astype(np.float32)


class Backdrop(pg.GraphicsObject):
    """One faint picture over the area that it was made for; it moves with the map till the next."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = DARK
        self._rows: FloatArray | None = None
        self._area = QRectF()
        self._shape: tuple[int, int] | None = None
        self._value_range: ValueRange = (0.0, 1.0)
        self._image = QImage()

    @property
    def rows(self) -> FloatArray | None:
        """The rows that it shows, (SIDE², features), if any."""
        return self._rows

    @property
    def image(self) -> QImage:
        """The picture itself."""
        return self._image

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._make()

    def set_rows(
        self,
        rows: FloatArray | None,
        area: QRectF,
        shape: tuple[int, int] | None,
        value_range: ValueRange,
    ) -> None:
        """Show rows, (SIDE², features), over an area in the map's units; None shows nothing."""
        self.prepareGeometryChange()
        self._rows, self._area, self._shape = rows, area, shape
        self._value_range = value_range
        self._make()

    def boundingRect(self) -> QRectF:
        """Return the area that the picture is made for."""
        return self._area if self._rows is not None else QRectF()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw the picture."""
        if self._rows is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        # The plot's y grows upwards, a picture's downwards.
        area = QRectF(self._area)
        painter.translate(0, 2 * area.center().y())
        painter.scale(1, -1)
        painter.drawImage(area, self._image)

    def _make(self) -> None:
        if self._rows is None:
            self._image = QImage()
        elif self._shape is None:
            self._image = self._curves(self._rows)
        else:
            self._image = self._pictures(self._rows, self._shape)
        self.update()

    def _pictures(self, rows: FloatArray, shape: tuple[int, int]) -> QImage:
        height, width = shape
        # A large picture is shown small; every few of its pixels are enough.
        step = max(1, ceil(max(shape) / 56))
        levels = grey_levels(rows, self._value_range).reshape(SIDE, SIDE, height, width)
        levels = levels[:, :, ::step, ::step]
        tall, wide = levels.shape[2:]
        sheet = np.ascontiguousarray(levels.transpose(0, 2, 1, 3)).reshape(SIDE * tall, -1)
        # Qt reads them where they are, until the picture is converted.
        pixels = sheet.tobytes()
        image = QImage(pixels, SIDE * wide, SIDE * tall, SIDE * wide, QImage.Format.Format_Indexed8)
        ends = self._ends
        image.setColorTable([_between(*ends, level) for level in range(256)])
        return image.convertToFormat(QImage.Format.Format_RGB32)

    def _curves(self, rows: FloatArray) -> QImage:
        wide, tall = _CURVE
        image = QImage(SIDE * wide, SIDE * tall, QImage.Format.Format_RGB32)
        image.fill(QColor(self._theme.surface))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(_between(*self._ends, 255)), 1.2))
        for number, row in enumerate(rows):
            down, across = divmod(number, SIDE)
            cell = QRectF(across * wide + 4, down * tall + 4, wide - 8, tall - 8)
            painter.drawPath(curve_path(row, self._value_range, cell))
        painter.end()
        return image

    @property
    def _ends(self) -> tuple[QColor, QColor]:
        return QColor(self._theme.surface), QColor(self._theme.muted)


def _between(paper: QColor, ink: QColor, level: int) -> int:
    share = _STRENGTH * level / 255
    pairs = (
        (paper.red(), ink.red()),
        (paper.green(), ink.green()),
        (paper.blue(), ink.blue()),
    )
    red, green, blue = (round(a + share * (b - a)) for a, b in pairs)
    return QColor(red, green, blue).rgb()
