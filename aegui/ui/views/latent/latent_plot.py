"""The map of the codes as a plot: zoomed with the wheel, dragged, pointed at, pinned."""

import time
from pathlib import Path

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPaintEvent

from aegui.data import Dataset
from aegui.data.dataset import Labels
from aegui.records import FloatArray
from aegui.ui.handing.export import Table
from aegui.ui.handing.paper import write_pdf_of_image
from aegui.ui.theme import Theme
from aegui.ui.views.focus import is_escape
from aegui.ui.views.latent.backdrop import Backdrop
from aegui.ui.views.latent.latent_dots import LatentDots
from aegui.ui.views.latent.map_names import MapNames
from aegui.ui.views.latent.pins import Pins
from aegui.ui.views.latent.thumbnails import Thumbnails
from aegui.ui.views.plot import Plot

_ROOM = 0.06
_STEP = 0.02
_RING, _CODE = 17, 13
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_ZOOMS = {Qt.Key.Key_Plus: 0.8, Qt.Key.Key_Equal: 0.8, Qt.Key.Key_Minus: 1.25}


class LatentPlot(Plot):
    """Dots, the names of their classes, a backdrop, pins, and what is under the pointer."""

    pointed = Signal(float, float)
    """The pointer, or the keyboard's, came to a place of the map."""
    pointer_left = Signal()
    moved = Signal()
    """Another part of the map came into view."""

    def __init__(self) -> None:
        super().__init__("latent map")
        self.thumbnails = Thumbnails()
        self.dots = LatentDots(self.thumbnails)
        self.backdrop = Backdrop()
        self.names = MapNames()
        self.pins = Pins()
        self._ring = pg.ScatterPlotItem(symbol="o", pxMode=True)
        self._code = pg.ScatterPlotItem(symbol="d", pxMode=True)
        self._at: QPointF | None = None
        self._dataset: Dataset | None = None
        self._is_moved = False
        self._paint_seconds = 0.0
        self.setAccessibleName("Latent map")
        self.setMouseEnabled(x=True, y=True)
        self.backdrop.setZValue(-500)
        self._ring.setZValue(20)
        self._code.setZValue(30)
        for item in (self.backdrop, self.dots, self._ring, self._code):
            self.addItem(item, ignoreBounds=True)
        for item in (*self.names.items, *self.pins.items):
            self.addItem(item, ignoreBounds=True)
        self.plotItem.vb.sigRangeChanged.connect(self.moved)
        self.plotItem.vb.sigRangeChanged.connect(self.names.arrange)
        self.plotItem.vb.sigResized.connect(self.names.arrange)
        self.plotItem.vb.sigRangeChangedManually.connect(self._take_hand)
        self.scene().sigMouseClicked.connect(self._take_click)

    @property
    def view_area(self) -> QRectF:
        """What is in view, in the map's units."""
        return QRectF(self.plotItem.vb.viewRect())

    @property
    def paint_seconds(self) -> float:
        """How long this thread was at work to paint the map last."""
        return self._paint_seconds

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the map, and take the time: every picture costs a training that it shows."""
        began = time.thread_time()
        super().paintEvent(event)
        self._paint_seconds = time.thread_time() - began

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        super().set_theme(theme)
        for part in (self.dots, self.backdrop, self.names, self.pins):
            part.set_theme(theme)
        self._ring.setPen(pg.mkPen(theme.text, width=2 * theme.scale))
        self._ring.setBrush(None)
        self._ring.setSize(theme.px(_RING))
        self._code.setPen(pg.mkPen(theme.surface, width=1.5 * theme.scale))
        self._code.setBrush(QColor(theme.code))
        self._code.setSize(theme.px(_CODE))

    def start(self, dataset: Dataset, labels: Labels | None, rows: int) -> None:
        """Begin with the first test rows of other data, of these classes: no dots yet."""
        self.dots.set_classes(labels, rows)
        self.names.start(dataset.class_name)
        self._dataset = dataset
        self.thumbnails.set_rows(dataset.test[:rows], dataset.image_shape, dataset.value_range)
        self.pins.clear()
        self.mark_code(None)
        self.drop_backdrop()
        self.forget()

    def drop_backdrop(self) -> None:
        """Show no backdrop."""
        self.backdrop.set_rows(None, QRectF(), None, (0.0, 1.0))

    def show_places(self, places: FloatArray, names: dict[int, FloatArray], glide: float) -> None:
        """Show dots at places, (n, 2), on their way there for ``glide`` seconds."""
        self.dots.set_places(places, glide)
        self.names.show_names(names)
        if not self._is_moved:
            self.show_all(places)

    def set_names(self, right: str, up: str, *, is_line: bool) -> None:
        """Write what stands along the axes; heights on a map of one unit have no numbers."""
        self.set_label("bottom", right)
        self.set_label("left", up)
        self.plotItem.getAxis("left").setStyle(showValues=not is_line)

    def show_all(self, places: FloatArray) -> None:
        """Bring all places into view, and follow them from now on."""
        self._is_moved = False
        usable = places[np.isfinite(places).all(axis=1)].astype(np.float64)
        if not len(usable):
            return
        low, high = usable.min(axis=0), usable.max(axis=0)
        # Places that are all the same have a view as well.
        half = np.maximum((high - low) / 2, 1e-6 + 1e-3 * np.abs(low)) * (1 + 2 * _ROOM)
        middle = (low + high) / 2
        (left, bottom), (right, top) = (middle - half).tolist(), (middle + half).tolist()
        self.plotItem.vb.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)

    def forget(self) -> None:
        """Follow all places again: others are coming."""
        self._is_moved = False

    def point_at(self, place: FloatArray | None) -> None:
        """Ring the dot at a place, (2,), the nearest one to the pointer; None rings nothing."""
        if place is None:
            self._ring.setData([], [])
        else:
            self._ring.setData([float(place[0])], [float(place[1])])

    def mark_code(self, place: FloatArray | None) -> None:
        """Mark where the code of the sliders lies, (2,); None marks nothing."""
        if place is None or not np.isfinite(place).all():
            self._code.setData([], [])
        else:
            self._code.setData([float(place[0])], [float(place[1])])

    def write_pdf(self, path: Path) -> None:
        """Write the map as a PDF page: as pixels, since ten thousand dots take 13 MB as drawings.

        Raises ``OSError`` when ``path`` cannot be written.
        """
        write_pdf_of_image(path, self.picture())

    def table(self) -> Table:
        """Return the dots' places; rows are counted from 0, those of a file as it counts them."""
        named = self._dataset
        places = enumerate(self.dots.places.tolist())
        return ("row", "x", "y"), (
            (row if named is None else named.row_number(row), *place) for row, place in places
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what the pointer came to, unless it drags."""
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._at = self._place_at(event.position())
            self.pointed.emit(self._at.x(), self._at.y())

    def leaveEvent(self, event: QEvent) -> None:
        """Say that the pointer has gone."""
        super().leaveEvent(event)
        self.pointer_left.emit()

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window's shortcuts while there are pins to take away."""
        if is_escape(event) and self.pins.count:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Point with the arrows, zoom, pin with Enter, take the pins away with Escape."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(*_STEPS[key])
        elif key in _ZOOMS:
            self.plotItem.vb.scaleBy((_ZOOMS[key], _ZOOMS[key]), self._at)
            self._take_hand()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self.pins.add(self._at)
        elif key == Qt.Key.Key_Escape and self.pins.count:
            self.pins.clear()
        else:
            event.ignore()

    def _step(self, across: int, up: int) -> None:
        area = self.view_area
        at = self._at or area.center()
        x = at.x() + across * _STEP * area.width()
        y = at.y() + up * _STEP * area.height()
        self._at = QPointF(
            min(max(x, area.left()), area.right()), min(max(y, area.top()), area.bottom())
        )
        self.pointed.emit(self._at.x(), self._at.y())

    def _place_at(self, pixel: QPointF) -> QPointF:
        return QPointF(self.plotItem.vb.mapSceneToView(self.mapToScene(pixel.toPoint())))

    @Slot(object)
    def _take_click(self, event: MouseClickEvent) -> None:
        # Marks of pyqtgraph's take clicks for themselves; pins alone have a use for them.
        if event.button() != Qt.MouseButton.LeftButton or self.pins.has(event.scenePos()):
            return
        if self.plotItem.vb.sceneBoundingRect().contains(event.scenePos()):
            self._at = QPointF(self.plotItem.vb.mapSceneToView(event.scenePos()))
            self.pins.add(self._at)

    @Slot()
    def _take_hand(self) -> None:
        self._is_moved = True
