"""One row of numbers shown as a small picture, every pixel a sharp square."""

from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aegui.records import FloatArray
from aegui.ui.handing.export import install_export_menu
from aegui.ui.views.pictures import grey_image

_SMALLEST_SCALE, _LARGEST_SCALE = 4, 10
_EXPORT_SCALE = 10
_WHOLE = Qt.AspectRatioMode.KeepAspectRatio


class Picture(QWidget):
    """A black field with a picture in it, or nothing; white stands for 1.

    Parameters
    ----------
    name
        What the picture shows, in words; also the name of a file that it is saved to.
    image_shape
        (height, width) in pixels until a row of another shape is shown.
    """

    def __init__(self, name: str, image_shape: tuple[int, int] = (28, 28)) -> None:
        super().__init__()
        self._shape = image_shape
        self._pixels: FloatArray | None = None
        self._image = QImage()
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._follow_shape()
        install_export_menu(self, name, image=self.image, table=self.table)

    @property
    def is_empty(self) -> bool:
        """Whether no row is shown."""
        return self._pixels is None

    def show_row(self, row: FloatArray | None, image_shape: tuple[int, int] | None = None) -> None:
        """Show a row of height × width numbers in [0, 1]; None empties the field.

        Without ``image_shape`` it has that of the row before.
        """
        image_shape = image_shape or self._shape
        self._pixels = None if row is None else np.array(row, np.float32).reshape(image_shape)
        self._image = (
            QImage() if self._pixels is None else grey_image(self._pixels, image_shape, (0.0, 1.0))
        )
        if image_shape != self._shape:
            self._shape = image_shape
            self._follow_shape()
        self.update()

    def row(self) -> FloatArray | None:
        """Return the row that is shown, (height × width,), or None."""
        return None if self._pixels is None else self._pixels.reshape(-1)

    def image(self) -> QImage:
        """Return the picture ten times as large; black when there is none."""
        height, width = self._shape
        if self._image.isNull():
            empty = QImage(
                width * _EXPORT_SCALE, height * _EXPORT_SCALE, QImage.Format.Format_Grayscale8
            )
            empty.fill(Qt.GlobalColor.black)
            return empty
        return self._image.scaled(width * _EXPORT_SCALE, height * _EXPORT_SCALE)

    def table(self) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
        """Return the numbers behind the picture: a heading for each column, then the lines."""
        height, width = self._shape
        pixels = np.zeros((height, width)) if self._pixels is None else self._pixels
        return [f"x{column}" for column in range(width)], pixels.tolist()

    def sizeHint(self) -> QSize:
        """Ask for six pixels of the screen to one of the picture."""
        return self._size_at(6)

    def minimumSizeHint(self) -> QSize:
        """Ask for four to one."""
        return self._size_at(_SMALLEST_SCALE)

    def heightForWidth(self, width: int) -> int:
        """Be as high as the picture is at the largest whole scale that fits."""
        return self._shape[0] * max(width // self._shape[1], 1)

    def field(self) -> QRect:
        """Return where the picture is, in pixels of the widget; one that is larger is shrunk."""
        height, width = self._shape
        scale = min(self.width() // width, self.height() // height)
        if scale < 1:
            return QRect(QPoint(), QSize(width, height).scaled(self.size(), _WHOLE))
        return QRect(0, 0, width * scale, height * scale)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture at the largest whole scale, from the top left corner."""
        field = self.field()
        painter = QPainter(self)
        if field.width() < self._shape[1]:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(field, Qt.GlobalColor.black)
        if not self._image.isNull():
            painter.drawImage(field, self._image)

    def _follow_shape(self) -> None:
        self.setMaximumSize(self._size_at(_LARGEST_SCALE))
        self.updateGeometry()

    def _size_at(self, scale: int) -> QSize:
        height, width = self._shape
        return QSize(width * scale, height * scale)
