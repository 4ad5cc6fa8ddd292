"""The first pictures of a file, beside each other."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from aegui.data.files import Block
from aegui.ui.views.pictures import grey_image

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIDE, _GAP = 64, 8
COUNT = 40


class FirstPictures(QWidget):
    """As many pictures as there is room for, all of the same brightness for the same value."""

    def __init__(self) -> None:
        super().__init__()
        self._images: Sequence[QImage] = ()
        self.setMinimumHeight(_SIDE)
        self.setAccessibleName("First pictures")

    @property
    def count(self) -> int:
        """How many pictures there are to show."""
        return len(self._images)

    def show_block(self, block: Block, low: float, high: float) -> None:
        """Show the first pictures of an array whose values lie from ``low`` to ``high``."""
        shape = block.image_shape
        rows = () if shape is None else block.values[:COUNT].astype("float32")
        self._images = [grey_image(row, shape, (low, high)) for row in rows] if shape else ()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pictures line by line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        across = max(1, (self.width() + _GAP) // (_SIDE + _GAP))
        for number, image in enumerate(self._images):
            line, column = divmod(number, across)
            corner = (column * (_SIDE + _GAP), line * (_SIDE + _GAP))
            size = QSizeF(image.size()).scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio)
            if corner[1] + _SIDE > self.height():
                break
            painter.drawImage(QRectF(*corner, size.width(), size.height()), image)
        painter.end()
