"""Tiles that are pointed at, with the mouse or the arrow keys."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from aegui.ui.views.focus import is_escape
from aegui.ui.views.tiles.tile_sheet import TileSheet


class TileGrid(TileSheet):
    """Tells which tile is under the mouse, or where the keyboard went."""

    tile_hovered = Signal(int, QPoint)
    """A tile came under the mouse or the keyboard: its number and a point of the screen."""
    tile_left = Signal()
    """No tile is under the mouse any more."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which tile the mouse came to."""
        super().mouseMoveEvent(event)
        self._point_at(self.tile_at(event.position()), event.globalPosition().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        """Say that the mouse has gone."""
        super().leaveEvent(event)
        self._point_at(None, QPoint())

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window's shortcuts while there is a tile to leave."""
        if is_escape(event) and self._current is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from tile to tile with the arrows; leave them with Escape."""
        columns = self._places(self.width(), self._side).columns
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self.count:
            wanted = 0 if self._current is None else self._current + step
            number = min(max(wanted, 0), self.count - 1)
            corner = self.tile_area(number).bottomRight().toPoint()
            self._point_at(number, self.mapToGlobal(corner))
        elif event.key() == Qt.Key.Key_Escape and self._current is not None:
            self._point_at(None, QPoint())
        else:
            event.ignore()

    def _point_at(self, number: int | None, place: QPoint) -> None:
        if number == self._current:
            return
        self._set_current(number)
        if number is None:
            self.tile_left.emit()
        else:
            self.tile_hovered.emit(number, place)
