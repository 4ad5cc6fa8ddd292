"""What happened to a run, marked along the axis of its epochs."""

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from aegui.records import RunEvent
from aegui.records.history import EventKind
from aegui.ui.theme import Theme

_HALF = 4.5
# Signs stand on the axis, below the curves; their ticks reach up into these.
_LIFT = _HALF + 1
_TICK = 26.0
# Marks that would cover each other stand on each other's heads.
_STACK = 2 * _HALF + 3
_NEAR = 8.0

_CORNERS: dict[EventKind, tuple[tuple[float, float], ...]] = {
    "learning_rate": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "speed": ((-0.9, -0.9), (0.9, -0.9), (-0.9, 0.9), (0.9, 0.9)),
    "plateau": ((-1, -0.8), (1, -0.8), (0, 0.9)),
    "early_stop": ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    "continued": ((-0.8, -1), (0.9, 0), (-0.8, 1)),
}


class EventMarks(QGraphicsItem):
    """A tick on the axis and a sign of its kind for each event.

    A diamond is a new learning rate, an hourglass views that followed more or less closely from
    there on, a triangle that points down a rate lowered on a plateau, a square an early stop, a
    ring the epoch whose weights were kept, and a triangle that points right a run that was
    continued.
    """

    def __init__(self, box: pg.ViewBox, theme: Theme) -> None:
        super().__init__(box)
        self._box = box
        self._theme = theme
        self._events: tuple[RunEvent, ...] = ()
        self.setZValue(90)
        box.sigRangeChanged.connect(self._follow)
        box.sigResized.connect(self._follow)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        self.update()

    def set_events(self, events: tuple[RunEvent, ...]) -> None:
        """Show these events."""
        self._events = events
        self.update()

    def near(self, position: float) -> list[RunEvent]:
        """Return the events a few pixels from a position at most, the nearest first."""
        here = self._across(position)
        found = [(abs(self._across(event.position) - here), event) for event in self._events]
        near = [(distance, event) for distance, event in found if distance <= self._theme.px(_NEAR)]
        return [event for _, event in sorted(near, key=lambda pair: pair[0])]

    def boundingRect(self) -> QRectF:
        """Return all of the view box."""
        return QRectF(self._box.rect())

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw ticks and signs."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bottom, scale = self._box.rect().bottom(), self._theme.scale
        painter.setPen(QPen(QColor(self._theme.muted), scale))
        for event in self._events:
            foot = QPointF(round(self._across(event.position)) + 0.5, bottom)
            painter.drawLine(foot, foot - QPointF(0, _TICK * scale))
        drawn: list[QPointF] = []
        for event in self._events:
            place = QPointF(self._across(event.position), bottom - _LIFT * scale)
            place = _above(place, drawn, scale)
            drawn.append(place)
            self._paint_sign(painter, event.kind, place)

    def _paint_sign(self, painter: QPainter, kind: EventKind, place: QPointF) -> None:
        text, surface = QColor(self._theme.text), QColor(self._theme.surface)
        scale = self._theme.scale
        sign = _sign(kind, place, scale)
        # An edge in the colour of the ground keeps it apart from a curve below it.
        painter.setPen(QPen(surface, 3.0 * scale))
        painter.setBrush(surface)
        painter.drawPath(sign)
        is_ring = kind == "restored"
        painter.setPen(QPen(text, 1.6 * scale) if is_ring else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(surface if is_ring else text)
        painter.drawPath(sign)

    def _across(self, position: float) -> float:
        return float(self._box.mapFromView(QPointF(position, 0.0)).x())

    def _follow(self) -> None:
        self.prepareGeometryChange()
        self.update()


def _above(place: QPointF, drawn: list[QPointF], scale: float) -> QPointF:
    """Return where a sign covers none of those drawn, if there is height for that."""
    step = _STACK * scale
    while place.y() > step and any(_touch(place, other, scale) for other in drawn):
        place -= QPointF(0, step)
    return place


def _sign(kind: EventKind, place: QPointF, scale: float) -> QPainterPath:
    path = QPainterPath()
    corners = _CORNERS.get(kind)
    if corners is None:
        radius = (_HALF - 1) * scale
        path.addEllipse(place, radius, radius)
    else:
        path.addPolygon(QPolygonF([place + QPointF(x, y) * _HALF * scale for x, y in corners]))
        path.closeSubpath()
    return path


def _touch(one: QPointF, other: QPointF, scale: float) -> bool:
    apart = (one - other) / scale
    return abs(apart.x()) < 2 * _HALF and abs(apart.y()) < _STACK - 0.5
