"""One test row with its reconstruction and a caption, as items of a scene."""

from abc import abstractmethod

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsRectItem, QGraphicsSimpleTextItem

from aegui.records import FloatArray
from aegui.ui.theme import Theme
from aegui.ui.views.pictures import ValueRange, curve_path, grey_levels
from aegui.ui.views.text import small_font

CAPTION_HEIGHT = 18.0
GAP = 4.0

_CURVE_WIDTH = 1.3
_CURVE_HEIGHT = 1.6
_INSET = 5.0


class Tile(QGraphicsRectItem):
    """Places a caption under what its kind shows; the outline is drawn while it is current."""

    def __init__(self) -> None:
        super().__init__()
        self._caption = QGraphicsSimpleTextItem(self)
        self._size = QSizeF()
        self._original: FloatArray | None = None
        self._reconstruction: FloatArray | None = None
        self._accent = QColor()
        self.setPen(QPen(Qt.PenStyle.NoPen))

    @staticmethod
    @abstractmethod
    def size_for(side: float) -> QSizeF:
        """Return width and height, caption included, of a tile whose picture is ``side`` wide."""

    @property
    def caption(self) -> str:
        """What is written under the tile."""
        return self._caption.text()

    @property
    def reconstruction(self) -> FloatArray | None:
        """The row shown as reconstruction, if any."""
        return self._reconstruction

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._accent = QColor(theme.accent)
        self._caption.setBrush(QColor(theme.muted))
        self._caption.setFont(small_font())
        self._place_caption()

    def set_rows(
        self, original: FloatArray, reconstruction: FloatArray | None, value_range: ValueRange
    ) -> None:
        """Show a row, (features,), and what a model makes of it; None is an empty place."""
        self._original, self._reconstruction = original, reconstruction
        self._show_rows(original, reconstruction, value_range)

    def set_caption(self, text: str) -> None:
        """Write ``text`` under the tile, in the middle."""
        self._caption.setText(text)
        self._place_caption()

    def set_side(self, side: float) -> None:
        """Take the size of a tile whose picture is ``side`` pixels wide."""
        self._size = self.size_for(side)
        self.setRect(QRectF(-2, -2, self._size.width() + 4, self._size.height() + 2))
        self._place(side)
        self._place_caption()

    def set_current(self, current: bool) -> None:
        """Outline the tile, or not."""
        self.setPen(QPen(self._accent) if current else QPen(Qt.PenStyle.NoPen))

    @abstractmethod
    def _show_rows(
        self, original: FloatArray, reconstruction: FloatArray | None, value_range: ValueRange
    ) -> None: ...

    @abstractmethod
    def _place(self, side: float) -> None: ...

    def _place_caption(self) -> None:
        text = self._caption.boundingRect()
        middle = (self._size.width() - text.width()) / 2
        self._caption.setPos(round(middle), self._size.height() - CAPTION_HEIGHT + 1)


class PictureTile(Tile):
    """The original as a picture, its reconstruction below it."""

    def __init__(self, shape: tuple[int, int]) -> None:
        super().__init__()
        self._shape = shape
        self._empty = QGraphicsRectItem(self)
        self._empty.setPen(QPen(Qt.PenStyle.NoPen))
        self._images = [self._image(), self._image()]

    @staticmethod
    def size_for(side: float) -> QSizeF:
        """Return width and height, caption included, of a tile whose picture is ``side`` wide."""
        return QSizeF(side, 2 * side + GAP + CAPTION_HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``; pictures are grey in all of them."""
        super().set_theme(theme)
        self._empty.setBrush(QColor(theme.grid))

    def _show_rows(
        self, original: FloatArray, reconstruction: FloatArray | None, value_range: ValueRange
    ) -> None:
        for image, row in zip(self._images, (original, reconstruction), strict=True):
            image.setVisible(row is not None)
            if row is not None:
                levels = grey_levels(row, value_range).reshape(self._shape)
                image.setImage(levels, autoLevels=False, levels=(0, 255))

    def _place(self, side: float) -> None:
        areas = [QRectF(0, row * (side + GAP), side, side) for row in (0, 1)]
        self._empty.setRect(areas[1])
        height, width = self._shape
        scale = side / max(height, width)
        for image, area in zip(self._images, areas, strict=True):
            image.setPos(
                area.left() + (side - width * scale) / 2, area.top() + (side - height * scale) / 2
            )
            image.setScale(scale)

    def _image(self) -> pg.ImageItem:
        image = pg.ImageItem(axisOrder="row-major")
        image.setParentItem(self)
        return image


class CurveTile(Tile):
    """Original and reconstruction as two curves over each other."""

    def __init__(self) -> None:
        super().__init__()
        self._field = QGraphicsRectItem(self)
        self._curves = [QGraphicsPathItem(self), QGraphicsPathItem(self)]
        self._value_range: ValueRange = (0.0, 1.0)
        self._area = QRectF()

    @staticmethod
    def size_for(side: float) -> QSizeF:
        """Return width and height, caption included; curves take more room than a picture."""
        return QSizeF(round(side * _CURVE_WIDTH), round(side * _CURVE_HEIGHT) + CAPTION_HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``: the original muted, the reconstruction in accent."""
        super().set_theme(theme)
        self._field.setBrush(QColor(theme.field))
        self._field.setPen(QPen(QColor(theme.grid)))
        for curve, colour in zip(self._curves, (theme.muted, theme.accent), strict=True):
            curve.setPen(QPen(QColor(colour), 1.5))

    def _show_rows(
        self, original: FloatArray, reconstruction: FloatArray | None, value_range: ValueRange
    ) -> None:
        self._value_range = value_range
        self._curves[1].setVisible(reconstruction is not None)
        for curve, row in zip(self._curves, (original, reconstruction), strict=True):
            if row is not None:
                curve.setPath(curve_path(row, value_range, self._area))

    def _place(self, side: float) -> None:
        size = self.size_for(side)
        box = QRectF(0.5, 0.5, size.width() - 1, size.height() - CAPTION_HEIGHT - 1)
        self._field.setRect(box)
        self._area = box.adjusted(_INSET, _INSET, -_INSET, -_INSET)
        if self._original is not None:
            self._show_rows(self._original, self._reconstruction, self._value_range)
