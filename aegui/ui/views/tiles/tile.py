"""One row with what a model makes of it and a caption, as items of a scene."""

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsSimpleTextItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from aegui.records import FloatArray
from aegui.ui.picture_room import room_for
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.pictures import ValueRange, curve_path, grey_image
from aegui.ui.views.text import small_font
from aegui.ui.views.tiles.tile_parts import Parts, curve_pen

Rows = Sequence[FloatArray | None]

CAPTION_HEIGHT = 18.0
GAP = 4.0

_CURVE_WIDTH = 1.3
_CURVE_HEIGHT = 1.6
_INSET = 5.0
_OUTLINE = 2.0


def caption_height(parts: int, theme: Theme) -> float:
    """Return the pixels below a tile's pictures; what has one part only has no caption."""
    return theme.px(CAPTION_HEIGHT) if parts > 1 else 0.0


class Tile(QGraphicsRectItem):
    """Places a caption under what its kind shows; the outline is drawn while it is current."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._caption = QGraphicsSimpleTextItem(self)
        self._size = QSizeF()
        self._rows: list[FloatArray | None] = [None] * len(parts)
        self._value_range: ValueRange = (0.0, 1.0)
        self._theme = DARK
        self.setPen(QPen(Qt.PenStyle.NoPen))

    @staticmethod
    @abstractmethod
    def size_for(side: float, parts: int, theme: Theme) -> QSizeF:
        """Return width and height, caption included, of a tile whose picture is ``side`` wide."""

    @property
    def caption(self) -> str:
        """What is written under the tile."""
        return self._caption.text()

    @property
    def reconstruction(self) -> FloatArray | None:
        """The row that a model made, the last part, if any."""
        return self._rows[-1]

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        self._caption.setBrush(QColor(theme.muted))
        self._caption.setFont(small_font(theme))
        self._place_caption()

    def set_rows(self, rows: Rows, value_range: ValueRange) -> None:
        """Show a row, (features,), for each part; None is an empty place."""
        self._rows, self._value_range = list(rows), value_range
        for place in range(len(self._parts)):
            self._show_part(place)

    def set_reconstruction(self, row: FloatArray | None) -> None:
        """Show what a model makes of the row, (features,); None leaves the place empty."""
        self._rows[-1] = row
        self._show_part(-1)

    def set_caption(self, text: str) -> None:
        """Write ``text`` under the tile, in the middle."""
        self._caption.setText(text)
        self._place_caption()

    def set_side(self, side: float) -> None:
        """Take the size of a tile whose picture is ``side`` pixels wide."""
        self._size = self.size_for(side, len(self._parts), self._theme)
        # A caption has room around it.
        below = 0 if len(self._parts) > 1 else _OUTLINE
        field = QRectF(0, 0, self._size.width(), self._size.height())
        self.setRect(field.adjusted(-_OUTLINE, -_OUTLINE, _OUTLINE, below))
        self._place(side)
        self._place_caption()

    def set_current(self, current: bool) -> None:
        """Outline the tile, or not."""
        self.setPen(QPen(QColor(self._theme.accent)) if current else QPen(Qt.PenStyle.NoPen))

    @abstractmethod
    def _show_part(self, place: int) -> None: ...

    @abstractmethod
    def _place(self, side: float) -> None: ...

    def _place_caption(self) -> None:
        text = self._caption.boundingRect()
        middle = (self._size.width() - text.width()) / 2
        self._caption.setPos(
            round(middle), self._size.height() - self._theme.px(CAPTION_HEIGHT) + 1
        )


class _Image(QGraphicsItem):
    """A picture in a place. pyqtgraph's own makes a table of colours at each change, for each."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._area = QRectF()

    def set_image(self, image: QImage | None) -> None:
        self._image = image
        self.update()

    def set_area(self, area: QRectF) -> None:
        self.prepareGeometryChange()
        self._area = area

    def boundingRect(self) -> QRectF:
        return self._area

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self._image is not None:
            painter.drawImage(self._area, self._image)


class PictureTile(Tile):
    """The parts as pictures, each below the other; a place without one is grey."""

    def __init__(self, parts: Parts, shape: tuple[int, int]) -> None:
        super().__init__(parts)
        self._shape = shape
        self._empty = QGraphicsRectItem(self)
        self._empty.setPen(QPen(Qt.PenStyle.NoPen))
        self._images = [_Image(self) for _ in parts]

    @staticmethod
    def size_for(side: float, parts: int, theme: Theme) -> QSizeF:
        """Return width and height, caption included, of a tile whose picture is ``side`` wide."""
        return QSizeF(side, parts * side + (parts - 1) * GAP + caption_height(parts, theme))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``; pictures are grey in all of them."""
        super().set_theme(theme)
        self._empty.setBrush(QColor(theme.grid))

    def _show_part(self, place: int) -> None:
        row = self._rows[place]
        image = None if row is None else grey_image(row, self._shape, self._value_range)
        self._images[place].set_image(image)

    def _place(self, side: float) -> None:
        areas = [QRectF(0, row * (side + GAP), side, side) for row in range(len(self._parts))]
        self._empty.setRect(room_for(self._shape, areas[-1]))
        for image, area in zip(self._images, areas, strict=True):
            image.set_area(room_for(self._shape, area))


class CurveTile(Tile):
    """The parts as curves over each other."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._field = QGraphicsRectItem(self)
        self._curves = [QGraphicsPathItem(self) for _ in parts]
        self._area = QRectF()

    @staticmethod
    def size_for(side: float, parts: int, theme: Theme) -> QSizeF:
        """Return width and height, caption included; curves take more room than a picture."""
        height = round(side * _CURVE_HEIGHT) + caption_height(parts, theme)
        return QSizeF(round(side * _CURVE_WIDTH), height)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        super().set_theme(theme)
        self._field.setBrush(QColor(theme.field))
        self._field.setPen(QPen(QColor(theme.grid)))
        for curve, part in zip(self._curves, self._parts, strict=True):
            curve.setPen(curve_pen(part, theme))

    def _show_part(self, place: int) -> None:
        row = self._rows[place]
        self._curves[place].setVisible(row is not None)
        if row is not None:
            self._curves[place].setPath(curve_path(row, self._value_range, self._area))

    def _place(self, side: float) -> None:
        size = self.size_for(side, len(self._parts), self._theme)
        height = size.height() - caption_height(len(self._parts), self._theme)
        box = QRectF(0.5, 0.5, size.width() - 1, height - 1)
        self._field.setRect(box)
        self._area = box.adjusted(_INSET, _INSET, -_INSET, -_INSET)
        for place in range(len(self._parts)):
            self._show_part(place)
