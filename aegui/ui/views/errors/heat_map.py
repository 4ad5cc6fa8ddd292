"""A number for each pixel as a picture in colours, with the key to them."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aegui.ui.handing.export import Table, install_export_menu, picture_of
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.pictures import rgb, rgb_image
from aegui.ui.views.text import small_font

Values = NDArray[np.float64]

_BELOW = 34
_BAR = 8
_SHADES = 64
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class HeatMap(QWidget):
    """Values (height, width), from 0 upwards in one hue, or to both sides of 0 in two.

    The pixel under the mouse, or where the arrows went, is told in words.
    """

    pixel_told = Signal(str)
    """What is to be known of the pixel pointed at; empty when none is."""

    def __init__(self, name: str, words: str, *, signed: bool) -> None:
        super().__init__()
        self._theme = DARK
        self._words, self._is_signed = words, signed
        self._values: Values | None = None
        self._factor = 1.0
        self._image = QImage()
        self._pixel: tuple[int, int] | None = None
        self.setAccessibleName(words)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        install_export_menu(self, name, image=lambda: picture_of(self), table=self.table)

    @property
    def values(self) -> Values | None:
        """What is shown, (height, width)."""
        return self._values

    @property
    def reach(self) -> float:
        """The value that has the full colour."""
        return 0.0 if self._values is None else float(np.abs(self._values).max(initial=0.0))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        self.show_values(self._values, self._factor)

    def show_values(self, values: Values | None, factor: float = 1.0) -> None:
        """Show these values, or an empty field; of the pixel pointed at is told anew.

        Times ``factor`` they have the units of the file that the pictures are from.
        """
        pixel, self._values, self._factor = self._pixel, values, factor
        if pixel is not None:
            is_there = values is not None and np.all(np.array(pixel) < values.shape)
            self._pixel = None
            self._point(pixel if is_there else None, is_news=True)
        if values is not None:
            shares = values / (self.reach or 1.0)
            self._image = _coloured(shares, self._theme, is_signed=self._is_signed)
        self.update()

    def table(self) -> Table:
        """Return the numbers behind the picture: a heading for each column, then the lines."""
        values = np.zeros((0, 0)) if self._values is None else self._values
        return [f"x{column}" for column in range(values.shape[1])], values.tolist()

    def sizeHint(self) -> QSize:
        """Ask for eight pixels of the screen to one of a digit."""
        return QSize(224, 224 + _BELOW)

    def minimumSizeHint(self) -> QSize:
        """Ask for four to one."""
        return QSize(112, 112 + _BELOW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture at the largest whole scale, or smaller than its own size if it must be.

        Over it stands a frame around the pixel pointed at, and below it the key.
        """
        painter = QPainter(self)
        field = self._field()
        painter.fillRect(field, QColor(self._theme.field))
        if self._values is not None:
            painter.drawImage(field, self._image)
        painter.setPen(QColor(self._theme.accent if self.hasFocus() else self._theme.border))
        painter.drawRect(field.adjusted(0, 0, -1, -1))
        if self._pixel is not None:
            scale = field.width() / self._shape()[1]
            row, column = self._pixel
            painter.setPen(QColor(self._theme.text))
            side = max(scale - 1, 1)
            painter.drawRect(
                QRectF(field.left() + column * scale, field.top() + row * scale, side, side)
            )
        if self._values is not None:
            self._paint_key(painter, field)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell of the pixel under the mouse."""
        field, (height, width) = self._field(), self._shape()
        place = event.position().toPoint()
        if not field.contains(place):
            self._point(None)
            return
        scale = field.width() / width
        row = int((place.y() - field.top()) / scale)
        column = int((place.x() - field.left()) / scale)
        self._point((min(row, height - 1), min(column, width - 1)))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell of no pixel any more."""
        super().leaveEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from pixel to pixel with the arrows."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or self._values is None:
            super().keyPressEvent(event)
            return
        height, width = self._shape()
        row, column = self._pixel or (height // 2, width // 2)
        self._point(
            (min(max(row + step[0], 0), height - 1), min(max(column + step[1], 0), width - 1))
        )

    def _point(self, pixel: tuple[int, int] | None, *, is_news: bool = False) -> None:
        if pixel == self._pixel and not is_news:
            return
        self._pixel = pixel
        self.update()
        if pixel is None or self._values is None:
            self.pixel_told.emit("")
        else:
            value = float(self._values[pixel])
            told = f"row {pixel[0]}, column {pixel[1]}: {self._words} "
            if self._factor != 1.0:
                told += f"{value * self._factor:.4g} · scaled "
            self.pixel_told.emit(f"{told}{value:.4f}")

    def _shape(self) -> tuple[int, int]:
        height, width = (28, 28) if self._values is None else self._values.shape
        return int(height), int(width)

    def _field(self) -> QRect:
        height, width = self._shape()
        room = self.height() - self._theme.px(_BELOW)
        scale: float = min(self.width() // width, room // height)
        if scale < 1:
            scale = max(min(self.width() / width, room / height), 1 / max(width, height))
        wide, high = max(int(width * scale), 1), max(int(height * scale), 1)
        return QRect((self.width() - wide) // 2, 0, wide, high)

    def _paint_key(self, painter: QPainter, field: QRect) -> None:
        theme, low = self._theme, -1.0 if self._is_signed else 0.0
        bar = QRectF(field.left(), field.bottom() + 6, field.width(), theme.px(_BAR))
        ramp = np.linspace(low, 1.0, _SHADES).reshape(1, -1)
        painter.drawImage(bar, _coloured(ramp, theme, is_signed=self._is_signed))
        painter.setPen(QColor(theme.muted))
        painter.setFont(small_font(theme))
        words = QRectF(bar.left(), bar.bottom() + 1, bar.width(), theme.px(18))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft, f"{low * self.reach:.3f}")
        painter.drawText(words, Qt.AlignmentFlag.AlignRight, f"{self.reach:.3f}")


def _coloured(shares: Values, theme: Theme, *, is_signed: bool) -> QImage:
    """Return shares of the full colour, −1 to 1, as a picture."""
    ground, up, far = (rgb(name) for name in (theme.field, theme.accent, theme.text))
    share = np.abs(np.clip(shares, -1.0, 1.0))[..., None]
    if is_signed:
        end = np.where(shares[..., None] < 0, rgb(theme.error), up)
        mixed = ground + share * (end - ground)
    else:
        # Two stretches, so that small values and great ones can be told apart.
        mixed = np.where(
            share < 0.5, ground + 2 * share * (up - ground), up + (2 * share - 1) * (far - up)
        )
    return rgb_image(mixed)
