"""The pointer over the canvas: a ring as wide as the brush."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QCursor, QPainter, QPen, QPixmap

_NARROWEST = 4
_MARGIN = 2


def brush_cursor(width: int, pixel_ratio: float) -> QCursor:
    """Return a ring ``width`` pixels across, light on dark so that it is seen on any ground."""
    width = max(width, _NARROWEST)
    side = width + 2 * _MARGIN
    pixmap = QPixmap(QSize(side, side) * pixel_ratio)
    pixmap.setDevicePixelRatio(pixel_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for colour, thickness in ((Qt.GlobalColor.black, 3.0), (Qt.GlobalColor.white, 1.2)):
        painter.setPen(QPen(colour, thickness))
        painter.drawEllipse(QRectF(_MARGIN, _MARGIN, width, width))
    painter.end()
    return QCursor(pixmap)
