"""Line icons from resources/icons, drawn in a colour of the theme."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from aegui.places import resource

_SIZE = 16
_SCALES = (1, 2)


def icon(name: str, colour: str, disabled: str | None = None) -> QIcon:
    """Return the icon ``name`` with its strokes in ``colour`` (``#rrggbb``), sharp at 1× and 2×.

    ``disabled`` is the colour on a button that is switched off, if that is to be another.
    """
    result = QIcon()
    for mode, shade in (
        (QIcon.Mode.Normal, colour),
        (QIcon.Mode.Disabled, disabled or colour),
    ):
        for scale in _SCALES:
            result.addPixmap(_pixmap(name, shade, scale), mode)
    return result


def _pixmap(name: str, colour: str, scale: int) -> QPixmap:
    """Return the icon drawn at a scale, from Qt's cache if it is there.

    A row of the panels has four icons, and choosing a lesson may ask for eight rows at once.
    """
    key = f"aegui/{name}/{colour}/{scale}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    source = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    pixmap = QPixmap(_SIZE * scale, _SIZE * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, _SIZE, _SIZE))
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap
