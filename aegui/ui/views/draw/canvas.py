"""The canvas under a hand: mouse and tablet draw and erase, a dropped picture is drawn on."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtWidgets import QApplication

from aegui.ui.views.draw.sheet_canvas import SheetCanvas
from aegui.ui.views.draw.strokes import NEUTRAL_PRESSURE, Point, Stroke

_LEFT, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
# How far outside the canvas a stroke is followed, in units of its side.
_BEYOND = 0.25
# An eraser takes away more than the brush puts down.
_ERASER = 1.6


class Canvas(SheetCanvas):
    """The left button draws, the right one erases; clicked without a move it opens the menu."""

    def __init__(self) -> None:
        super().__init__()
        self._right_pressed: QPointF | None = None
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription(
            "Draw with the mouse or a pen, erase with the right button or the pen's other end"
        )
        # Where it opens at the press of the right button, there could be no erasing.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() == _LEFT:
            self._begin_stroke(event.position(), NEUTRAL_PRESSURE)
        elif event.button() == _RIGHT:
            self._finish_stroke()
            self._right_pressed = event.position()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke: a second dot soon after the first is ink too."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on, or begin to erase once the right button has moved."""
        start = self._right_pressed
        if event.buttons() & _RIGHT and start is not None:
            if (event.position() - start).manhattanLength() < QApplication.startDragDistance():
                return
            self._right_pressed = None
            self._begin_stroke(start, NEUTRAL_PRESSURE, erases=True)
        if event.buttons() & (_LEFT | _RIGHT):
            self._continue_stroke(event.position(), NEUTRAL_PRESSURE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke; a click of the right button opens the menu."""
        if event.button() == _RIGHT and self._right_pressed is not None:
            self._right_pressed = None
            self.customContextMenuRequested.emit(event.position().toPoint())
        elif event.button() in (_LEFT, _RIGHT):
            self._finish_stroke()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu for the keyboard; of the mouse, a click opens it."""
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            self.customContextMenuRequested.emit(event.pos())
        event.accept()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Draw with the pen of a tablet, the wider the harder it presses; its other end erases."""
        erases = event.pointerType() == QPointingDevice.PointerType.Eraser
        if event.type() == QEvent.Type.TabletPress and event.button() == _LEFT:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._begin_stroke(event.position(), event.pressure(), erases=erases)
        elif event.type() == QEvent.Type.TabletMove:
            self._continue_stroke(event.position(), event.pressure())
        elif event.type() == QEvent.Type.TabletRelease:
            self._finish_stroke()
        event.accept()

    def _begin_stroke(self, position: QPointF, pressure: float, *, erases: bool = False) -> None:
        self._finish_stroke()
        width = self._brush_width * (_ERASER if erases else 1.0)
        self._stroke = Stroke((self._point(position, pressure),), width, erases)
        self._announce(self._sheet.add(self._stroke.piece(0), erases=erases))

    def _continue_stroke(self, position: QPointF, pressure: float) -> None:
        stroke = self._stroke
        if stroke is None:
            return
        point = self._point(position, pressure)
        last = stroke.points[-1]
        if (point.x, point.y) == (last.x, last.y):
            return
        self._stroke = stroke = stroke.with_point(point)
        self._announce(self._sheet.add(stroke.piece(len(stroke.points) - 1), erases=stroke.erases))

    def _point(self, position: QPointF, pressure: float) -> Point:
        field = self._field()
        place = (position - field.topLeft()) / max(field.width(), 1.0)
        x, y = (min(max(value, -_BEYOND), 1 + _BEYOND) for value in place.toTuple())
        return Point(x, y, pressure)
