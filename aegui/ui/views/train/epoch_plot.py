"""A plot along the epochs of a run: one is read under the mouse, one is held by a marker."""

from collections.abc import Iterable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent

from aegui.ui.theme import Theme
from aegui.ui.views.focus import is_escape
from aegui.ui.views.plot import Plot

_LEFT = Qt.MouseButton.LeftButton


class EpochPlot(Plot):
    """Hovering reads an epoch; pressing and dragging, or the arrows, move a marker over stops.

    One stop is where a run is now, its last or the one whose model it kept: a marker that comes
    there is taken away, and the plot follows the run again. So do Escape, a double click, and
    End, where that stop is the last.
    """

    marker_moved = Signal(object)
    """The person put the marker on a stop: its position, or None for where the run is now."""

    def __init__(self, name: str) -> None:
        super().__init__(name, whole_x=True)
        self._stops = np.empty(0, dtype=np.float64)
        self._home: float | None = None
        self._marker: float | None = None
        self._hovered: float | None = None
        self._is_dragged = False
        self._line = pg.InfiniteLine(angle=90)
        self._marker_line = pg.InfiniteLine(angle=90)
        for line in (self._line, self._marker_line):
            line.hide()
            self.addItem(line)
        # Escape and the arrows are to reach a plot whose marker was put there by the mouse.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scene().sigMouseMoved.connect(self._hover_at)

    @property
    def marker(self) -> float | None:
        """The stop that the marker holds; None where the plot follows the run."""
        return self._marker

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        super().set_theme(theme)
        self._line.setPen(pg.mkPen(theme.muted, width=theme.scale))
        self._marker_line.setPen(pg.mkPen(theme.text, width=2 * theme.scale))

    def set_stops(self, positions: Iterable[float], home: float | None = None) -> None:
        """Let the marker stand at these positions, in epochs and rising.

        ``home`` is the one where the run is now; the last by default.
        """
        self._stops = np.array(list(positions), dtype=np.float64)
        last = float(self._stops[-1]) if self._stops.size else None
        self._home = last if home is None else home

    def set_marker(self, position: float | None) -> None:
        """Put the marker somewhere, or take it away with None; nobody is told."""
        self._marker = position
        self._marker_line.setVisible(position is not None)
        if position is not None:
            self._marker_line.setValue(position)
        self.show_reading()

    def show_reading(self) -> None:
        """Show what is read; for subclasses."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the marker."""
        place = event.position()
        if event.button() == _LEFT and self._stops.size and self._is_inside(place):
            self._is_dragged = True
            self._hovered = None
            self._drag_to(place)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the marker, or read what is under the mouse."""
        if self._is_dragged:
            self._drag_to(event.position())
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the marker stand where it is."""
        if self._is_dragged and event.button() == _LEFT:
            self._is_dragged = False
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Follow the run again."""
        if event.button() == _LEFT:
            self._move(None)

    def leaveEvent(self, event: QEvent) -> None:
        """Read nothing when the mouse has gone."""
        super().leaveEvent(event)
        self._read(None)

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window's shortcuts while an epoch is held."""
        if is_escape(event) and self._marker is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the marker from stop to stop."""
        key = event.key()
        if key == Qt.Key.Key_Left:
            self._step(-1)
        elif key == Qt.Key.Key_Right:
            self._step(1)
        elif key == Qt.Key.Key_Home:
            self._step(-self._stops.size)
        elif key == Qt.Key.Key_End:
            self._step(self._stops.size)
        elif key == Qt.Key.Key_Escape and self._marker is not None:
            self._move(None)
        else:
            event.ignore()

    @property
    def _reading(self) -> float | None:
        """The position that is read: under the mouse, else the marker's, else the newest."""
        return self._marker if self._hovered is None else self._hovered

    @Slot(object)
    def _hover_at(self, place: QPointF) -> None:
        box = self.plotItem.vb
        inside = box.sceneBoundingRect().contains(place)
        self._read(box.mapSceneToView(place).x() if inside else None)

    def _read(self, position: float | None) -> None:
        if position != self._hovered:
            self._hovered = position
            self.show_reading()

    def _is_inside(self, place: QPointF) -> bool:
        scene = self.mapToScene(place.toPoint())
        return bool(self.plotItem.vb.sceneBoundingRect().contains(scene))

    def _drag_to(self, place: QPointF) -> None:
        position = self.plotItem.vb.mapSceneToView(self.mapToScene(place.toPoint())).x()
        self._move_to(int(np.abs(self._stops - position).argmin()))

    def _step(self, steps: int) -> None:
        where = self._home if self._marker is None else self._marker
        if where is not None:
            last = self._stops.size - 1
            here = min(int(self._stops.searchsorted(where)), last)
            self._move_to(min(max(here + steps, 0), last))

    def _move_to(self, stop: int) -> None:
        position = float(self._stops[stop])
        self._move(None if position == self._home else position)

    def _move(self, position: float | None) -> None:
        if position != self._marker:
            self.set_marker(position)
            self.marker_moved.emit(position)
