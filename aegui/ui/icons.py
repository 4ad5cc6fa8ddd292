"""Line icons from resources/icons, drawn in a colour of the theme."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from aegui.places import resource

_SIZE = 16
_SCALES = (1, 2)


def icon(name: str, colour: str, disabled: str | None = None) -> QIcon:
    """Return the icon ``name`` with its strokes in ``colour`` (``#rrggbb``), sharp at 1× and 2×.

    ``disabled`` is the colour on a button that is switched off, if that is to be another.
    """
    source = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    result = QIcon()
    _add(result, source, colour, QIcon.Mode.Normal)
    _add(result, source, disabled or colour, QIcon.Mode.Disabled)
    return result


def _add(result: QIcon, source: str, colour: str, mode: QIcon.Mode) -> None:
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    for scale in _SCALES:
        pixmap = QPixmap(_SIZE * scale, _SIZE * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, _SIZE, _SIZE))
        painter.end()
        result.addPixmap(pixmap, mode)
