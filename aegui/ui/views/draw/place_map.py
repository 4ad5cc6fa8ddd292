"""A small map of codes with the drawn row's place on it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
)

from aegui.data.dataset import Labels
from aegui.records import FloatArray
from aegui.ui.handing.export import install_export_menu, picture_of
from aegui.ui.views.class_marks import UNLABELLED, mark_sheet, mark_side
from aegui.ui.views.kept_ground import KeptGround
from aegui.ui.views.mark_copies import draw_fragments, make_fragments
from aegui.ui.views.name_places import moved_apart
from aegui.ui.views.text import fitting, small_font

# More dots than these only cover each other.
_MOST_DOTS = 4000
_INSET = 8.0
_DOT, _MARK = 4.0, 6.0
# The outermost codes of a class may be far away; the map shows this share of them.
_OUTER = 0.3


class PlaceMap(KeptGround):
    """Marks in each class's hue and shape, classes named where they are; painted once and kept."""

    def __init__(self) -> None:
        super().__init__()
        self._places: FloatArray = np.empty((0, 2), np.float32)
        self._labels: Labels | None = None
        self._names: dict[int, FloatArray] = {}
        self._class_name: Callable[[int], str] = str
        self._place: FloatArray | None = None
        self._is_line = False
        self.setAccessibleName("Place of the code on the latent map")
        install_export_menu(self, "place-on-the-map", image=lambda: picture_of(self))

    @property
    def place(self) -> FloatArray | None:
        """Where the drawn row lies, (2,), if there is one."""
        return self._place

    def show_places(
        self,
        places: FloatArray,
        labels: Labels | None,
        names: dict[int, FloatArray],
        *,
        class_name: Callable[[int], str] = str,
        is_line: bool,
    ) -> None:
        """Show where the test rows lie, (rows, 2), and their classes; the mark stays.

        ``names`` are the places, (2,), where classes can be named, and ``class_name`` says how;
        ``is_line`` tells that only the first coordinate of a place means something.
        """
        kept = np.linspace(0, len(places) - 1, min(len(places), _MOST_DOTS)).astype(np.intp)
        kept = kept[np.isfinite(places[kept]).all(axis=1)]
        self._places = places[kept]
        self._labels = None if labels is None else labels[kept]
        self._names, self._is_line, self._class_name = names, is_line, class_name
        self._repaint_ground()

    def show_place(self, place: FloatArray | None) -> None:
        """Mark where the drawn row lies, (2,), or nothing."""
        self._place = place
        self.update()

    def mark_at(self) -> QPointF | None:
        """Return where the mark is, in pixels; at the edge for a place beyond the map."""
        if self._place is None or not len(self._places) or not np.isfinite(self._place).all():
            return None
        place = np.array([self._place], dtype=np.float64)
        x, y = self._on_screen(place)[0]
        area = self._area()
        if self._is_line:
            y = area.center().y()
        return QPointF(
            min(max(x, area.left()), area.right()), min(max(y, area.top()), area.bottom())
        )

    def sizeHint(self) -> QSize:
        """Ask for a square."""
        return QSize(200, 200)

    def minimumSizeHint(self) -> QSize:
        """Ask for a size at which clusters can be told from each other."""
        return QSize(96, 80)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dots as they are kept, and the mark over them."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        at = self.mark_at()
        if at is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.text), 2 * self._theme.scale))
            painter.setBrush(QColor(self._theme.code))
            radius = _MARK * self._theme.scale
            painter.drawEllipse(at, radius, radius)

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)

    def _on_screen(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return places in pixels of the widget."""
        low, high = _bounds(self._places)
        area = self._area()
        share = (places - low) / (high - low)
        x = area.left() + share[:, 0] * area.width()
        return np.stack([x, area.bottom() - share[:, 1] * area.height()], axis=1)

    def _paint_ground(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), QColor(self._theme.field))
        if len(self._places):
            self._paint_dots(painter)
        painter.setPen(QColor(self._theme.border))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_dots(self, painter: QPainter) -> None:
        """Draw the dots in their own order, so that no class covers another, then the names."""
        classes, marks = [UNLABELLED], np.zeros(len(self._places), np.intp)
        if self._labels is not None:
            found, marks = np.unique(self._labels, return_inverse=True)
            classes = found.tolist()
        ratio = self.devicePixelRatioF()
        size = _DOT * self._theme.scale
        sheet, side = mark_sheet(self._theme, classes, size, ratio), mark_side(size, ratio)
        x, y = self._on_screen(self._places.astype(np.float64)).T
        draw_fragments(painter, make_fragments(marks, side, ratio), x, y, sheet)
        self._paint_names(painter)

    def _paint_names(self, painter: QPainter) -> None:
        """Write each class's name where the middle of it is, on ground of its own."""
        font = small_font(self._theme)
        font.setBold(True)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        ground = QColor(self._theme.field)
        ground.setAlpha(210)
        painter.setPen(QColor(self._theme.text))
        room = self.width() / 3
        names = [fitting(self._class_name(name), font, room) for name in self._names]
        sizes = [(metrics.horizontalAdvance(n) + 6.0, float(metrics.height())) for n in names]
        middles = [
            (float(x), float(y))
            for place in self._names.values()
            for x, y in self._on_screen(place.reshape(1, 2).astype(np.float64))
        ]
        for name, size, at in zip(names, sizes, moved_apart(middles, sizes), strict=True):
            box = QRectF(0, 0, *size)
            box.moveCenter(QPointF(*at))
            painter.fillRect(box, ground)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)


def _bounds(places: FloatArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the corners of the map: nearly all places, those far out left aside."""
    low, high = np.percentile(places.astype(np.float64), (_OUTER, 100 - _OUTER), axis=0)
    room = np.maximum(high - low, 1e-6) * 0.06
    return low - room, high + room
