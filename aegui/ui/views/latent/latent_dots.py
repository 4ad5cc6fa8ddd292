"""Ten thousand dots on a plot, in their classes' marks; close to, thumbnails of the rows."""

import time

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPaintEngine, QPainter, QPixmap
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from aegui.data.dataset import Labels
from aegui.records import FloatArray
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.class_marks import (
    UNLABELLED,
    class_colour,
    class_shape,
    mark_sheet,
    mark_side,
)
from aegui.ui.views.latent.thumbnails import Thumbnails
from aegui.ui.views.mark_copies import Fragments, draw_fragments, make_fragments

_SIZE = 6.0
_FRAME_MS = 33
_OPACITY = 0.85


class LatentDots(pg.GraphicsObject):
    """All rows in one item, drawn in their own order, so that no class covers another.

    Marks are drawn once and copied.
    """

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._theme = DARK
        self._thumbnails = thumbnails
        self._places: NDArray[np.float64] = np.empty((0, 2))
        self._from = self._to = self._places
        self._marks: NDArray[np.intp] = np.empty(0, np.intp)
        self._classes = [UNLABELLED]
        self._shown: set[int] = {UNLABELLED}
        self._is_shown: NDArray[np.bool_] = np.empty(0, bool)
        self._sheet: QPixmap | None = None
        self._sheet_ratio = 0.0
        self._fragments: Fragments = np.empty((0, 10))
        self._begun, self._seconds = 0.0, 0.0
        self._timer = QTimer()
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._glide)

    @property
    def places(self) -> NDArray[np.float64]:
        """Where the dots are now, (n, 2), on their way too."""
        return self._places

    @property
    def is_gliding(self) -> bool:
        """Whether the dots are on their way to new places."""
        return self._timer.isActive()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        self._theme = theme
        self._sheet = None
        self._thumbnails.set_theme(theme)
        self.update()

    def set_classes(self, labels: Labels | None, count: int) -> None:
        """Say of which classes ``count`` rows are; all classes are shown."""
        if labels is None:
            self._classes, self._marks = [UNLABELLED], np.zeros(count, np.intp)
        else:
            found, self._marks = np.unique(labels[:count], return_inverse=True)
            self._classes = found.tolist()
        self._sheet = None
        self.set_shown(set(self._classes))

    def set_shown(self, classes: set[int]) -> None:
        """Show these classes alone."""
        self._shown = classes
        wanted = np.array([name in classes or name == UNLABELLED for name in self._classes])
        self._is_shown = wanted[self._marks]
        self.update()

    def set_places(self, places: FloatArray, seconds: float = 0.0) -> None:
        """Put the dots at places, (n, 2); over some seconds if they were elsewhere."""
        target = places.astype(np.float64)
        self._timer.stop()
        if seconds > 0 and target.shape == self._places.shape:
            self._from, self._to = self._places.copy(), target
            self._begun, self._seconds = time.perf_counter(), seconds
            self._timer.start()
        else:
            self._places = self._to = target
        self.update()

    def settle(self) -> None:
        """Be where the dots are on their way to."""
        self._timer.stop()
        self._places = self._to
        self.update()

    def boundingRect(self) -> QRectF:
        """Return all that is in view: which dots that are is found out while drawing."""
        return QRectF(self.viewRect() or QRectF())

    def viewTransformChanged(self) -> None:  # noqa: N802 - pyqtgraph's name
        """Follow the view, whose area pyqtgraph keeps until then."""
        super().viewTransformChanged()
        self.prepareGeometryChange()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the dots in view, as marks or as thumbnails."""
        if not len(self._places) or len(self._marks) != len(self._places):
            return
        transform = painter.worldTransform()
        area = transform.mapRect(self.boundingRect())
        with np.errstate(invalid="ignore"):
            x = self._places[:, 0] * transform.m11() + transform.dx()
            y = self._places[:, 1] * transform.m22() + transform.dy()
            margin = self._theme.px(_SIZE)
            inside = (
                self._is_shown
                & (x > area.left() - margin)
                & (x < area.right() + margin)
                & (y > area.top() - margin)
                & (y < area.bottom() + margin)
            )
        numbers = np.flatnonzero(inside)
        painter.resetTransform()
        if painter.paintEngine().type() == QPaintEngine.Type.SVG:
            self._draw_paths(painter, numbers, x, y)
            return
        if self._thumbnails.fit(len(numbers)) and not self.is_gliding:
            colours = [class_colour(self._theme, name) for name in self._classes]
            numbers = self._thumbnails.draw(painter, numbers, x, y, self._marks, colours)
        ratio = widget.devicePixelRatioF() if widget is not None else 1.0
        self._draw_fragments(painter, numbers, x, y, ratio)

    def _draw_fragments(
        self,
        painter: QPainter,
        numbers: NDArray[np.intp],
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        ratio: float,
    ) -> None:
        self._prepare_sheet(ratio)
        if self._sheet is None:
            return
        x, y = np.rint(x[numbers]), np.rint(y[numbers])
        draw_fragments(painter, self._fragments[numbers], x, y, self._sheet)

    def _draw_paths(
        self,
        painter: QPainter,
        numbers: NDArray[np.intp],
        x: NDArray[np.float64],
        y: NDArray[np.float64],
    ) -> None:
        """Draw marks as shapes: a drawing of ten thousand embedded pictures cannot be opened."""
        painter.setPen(pg.mkPen(None))
        shapes = [class_shape(name, self._theme.px(_SIZE)) for name in self._classes]
        for number in numbers:
            mark = self._marks[number]
            painter.setBrush(class_colour(self._theme, self._classes[mark]))
            painter.drawPath(shapes[mark].translated(float(x[number]), float(y[number])))

    def _prepare_sheet(self, ratio: float) -> None:
        if self._sheet is not None and ratio == self._sheet_ratio:
            return
        size = self._theme.px(_SIZE)
        self._sheet, self._sheet_ratio = mark_sheet(self._theme, self._classes, size, ratio), ratio
        side = mark_side(size, ratio)
        self._fragments = make_fragments(self._marks, side, ratio, _OPACITY)

    def _glide(self) -> None:
        share = (time.perf_counter() - self._begun) / self._seconds
        if share >= 1:
            self.settle()
            return
        eased = share * share * (3 - 2 * share)
        self._places = self._from + eased * (self._to - self._from)
        self.update()
