"""A glance at the data before anything is trained."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from aegui.ui.handing.export import install_export_menu, picture_of
from aegui.ui.picture_room import room_for
from aegui.ui.theme import DARK, Theme

if TYPE_CHECKING:
    # It brings in NumPy, which the first paint need not wait for.
    from aegui.records import FloatArray

_GAP = 3
_HEIGHT = 28


class Preview(QWidget):
    """Ten rows side by side: pictures, or small curves for rows of numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: FloatArray | None = None
        self._image_shape: tuple[int, int] | None = None
        self._range = (0.0, 1.0)
        self._theme = DARK
        install_export_menu(self, "preview", image=lambda: picture_of(self), table=self.table)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ten tiles wide."""
        return QSize(10 * (_HEIGHT - _GAP), _HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_rows(
        self,
        rows: "FloatArray | None",
        image_shape: tuple[int, int] | None,
        value_range: tuple[float, float],
    ) -> None:
        """Show rows, (count, features), or nothing."""
        self._rows = rows
        self._image_shape = image_shape
        self._range = value_range
        self.update()

    def table(self) -> tuple[list[str], list[list[float]]]:
        """Return the numbers shown: a heading for each feature, then the rows."""
        rows = [] if self._rows is None else self._rows.tolist()
        return [f"x{place}" for place in range(len(rows[0]) if rows else 0)], rows

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tiles."""
        if self._rows is None:
            return
        painter = QPainter(self)
        count = len(self._rows)
        side = (self.width() - (count - 1) * _GAP) / count
        for place, row in enumerate(self._rows):
            tile = QRectF(place * (side + _GAP), 0, side, min(side, self.height()))
            if self._image_shape is not None:
                picture = self._picture(row, self._image_shape)
                painter.drawImage(room_for(self._image_shape, tile), picture)
            else:
                self._draw_curve(painter, tile, row)
        painter.end()

    def _scaled(self, row: "FloatArray") -> "FloatArray":
        low, high = self._range
        return ((row - low) / (high - low)).clip(0.0, 1.0)

    def _picture(self, row: "FloatArray", shape: tuple[int, int]) -> QImage:
        height, width = shape
        pixels = (self._scaled(row) * 255).astype("uint8")
        image = QImage(pixels.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
        return image.copy()

    def _draw_curve(self, painter: QPainter, tile: QRectF, row: "FloatArray") -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.field))
        painter.drawRoundedRect(tile, 3, 3)
        inside = tile.adjusted(2, 3, -2, -3)
        step = inside.width() / max(len(row) - 1, 1)
        ys = inside.bottom() - self._scaled(row) * inside.height()
        painter.setPen(QPen(QColor(self._theme.accent), 1.2))
        painter.drawPolyline(
            QPolygonF([QPointF(inside.left() + i * step, y) for i, y in enumerate(ys.tolist())])
        )
