"""A reconstruction less its original, as a picture in two colours."""

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent

from aegui.records import FloatArray
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.draw.picture import Picture
from aegui.ui.views.pictures import difference_image


class DifferencePicture(Picture):
    """Quiet where both are the same, blue where the reconstruction is brighter, else red."""

    def __init__(self) -> None:
        self._theme = DARK
        self._difference: FloatArray | None = None
        super().__init__("difference")

    @property
    def difference(self) -> FloatArray | None:
        """Reconstruction − original, (pixels,), or None."""
        return self._difference

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        self.show_difference(self._difference)

    def set_shape(self, image_shape: tuple[int, int]) -> None:
        """Show differences of other pictures, (height, width), from now on; none at first."""
        self._shape = image_shape
        self.show_difference(None)

    def show_difference(self, difference: FloatArray | None) -> None:
        """Show reconstruction − original, (1, pixels) or (pixels,); None empties the field."""
        self._difference = None if difference is None else np.asarray(difference).reshape(-1)
        self.show_row(self._difference, self._shape)
        if self._difference is not None:
            self._image = difference_image(self._difference, self._shape, 1.0, self._theme)

    def image(self) -> QImage:
        """Return the picture ten times as large; of the colour of no difference without one."""
        if not self.is_empty:
            return super().image()
        height, width = self._shape
        empty = QImage(QSize(10 * width, 10 * height), QImage.Format.Format_RGB888)
        empty.fill(QColor(self._theme.field))
        return empty

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture on the ground that stands for no difference, with a frame."""
        if not self.is_empty:
            super().paintEvent(event)
        painter = QPainter(self)
        field = self.field()
        if self.is_empty:
            painter.fillRect(field, QColor(self._theme.field))
        painter.setPen(QColor(self._theme.border))
        painter.drawRect(field.adjusted(0, 0, -1, -1))
