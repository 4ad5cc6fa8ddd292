"""Pictures in rows, and numbers in lines, as parts of a figure."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from aegui.records import FloatArray
from aegui.records.figures import Sheet, Tiles
from aegui.ui.views.lesson.figure_blocks import Block
from aegui.ui.views.text import small_font

_GAP = 4.0
_CENTRE = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LARGEST_LINE = 22.0
_WIDEST_COLUMN = 110.0


class TilesBlock(Block):
    """Pictures at one size, the largest that fits, with names of rows and captions."""

    def __init__(self) -> None:
        super().__init__()
        self._tiles: Tiles | None = None
        self._images: list[QImage] = []

    def show_tiles(self, tiles: Tiles) -> None:
        """Take other pictures."""
        self._tiles = tiles
        self._images = [_image(row, tiles.shape) for row in tiles.rows]
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Draw the pictures from the top left corner on."""
        tiles = self._tiles
        if tiles is None:
            return
        metrics = QFontMetricsF(small_font(self._theme))
        caption = metrics.height() + 2 if any(tiles.captions) else 0.0
        left = max((metrics.horizontalAdvance(name) for name in tiles.row_names), default=0.0)
        left += 12 if tiles.row_names else 0
        side = self._side(tiles, left, caption)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.setPen(QColor(self._theme.muted))
        y = 0.0
        for start in range(0, len(self._images), tiles.columns):
            line = start // tiles.columns
            if line < len(tiles.row_names):
                name = QRectF(0, y, left - 8, side)
                painter.drawText(name, _RIGHT, tiles.row_names[line])
            for column, image in enumerate(self._images[start : start + tiles.columns]):
                x = left + column * (side + _GAP)
                painter.drawImage(QRectF(x, y, side, side), image)
                if tiles.captions:
                    words = QRectF(x, y + side, side, caption)
                    painter.drawText(words, _CENTRE, tiles.captions[start + column])
            has_captions = any(tiles.captions[start : start + tiles.columns])
            y += side + _GAP + (caption if has_captions else 0.0)

    def _side(self, tiles: Tiles, left: float, caption: float) -> float:
        lines = -(-len(self._images) // tiles.columns)
        across = (self.size().width() - left) / tiles.columns - _GAP
        down = self.size().height() / lines - _GAP - caption
        return max(min(across, down), 4.0)


class SheetBlock(Block):
    """Numbers in lines and columns; the lines are as close as they must be."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None

    def show_sheet(self, sheet: Sheet) -> None:
        """Take other numbers."""
        self._sheet = sheet
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Write headings, and below them the lines."""
        sheet = self._sheet
        if sheet is None:
            return
        lines = [sheet.headers, *sheet.lines]
        height = min(self.size().height() / len(lines), self._theme.px(_LARGEST_LINE))
        room = self.size().width() / len(sheet.headers)
        width = min(room, float(self._theme.px(_WIDEST_COLUMN)))
        font = small_font(self._theme)
        font.setPixelSize(max(min(font.pixelSize(), int(height) - 3, int(width / 5)), 6))
        painter.setFont(font)
        for place, line in enumerate(lines):
            painter.setPen(QColor(self._theme.muted if place == 0 else self._theme.text))
            for column, words in enumerate(line):
                box = QRectF(column * width, place * height, width - 8, height)
                painter.drawText(box, _RIGHT, words)


def _image(row: FloatArray, shape: tuple[int, int]) -> QImage:
    """Return a row of pixels in [0, 1] as a grey picture of its own."""
    levels = np.nan_to_num(np.clip(row, 0.0, 1.0)) * 255 + 0.5
    grey = np.ascontiguousarray(levels.astype(np.uint8).reshape(shape))
    height, width = shape
    return QImage(grey.data, width, height, width, QImage.Format.Format_Grayscale8).copy()
