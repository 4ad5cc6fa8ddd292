"""The test rows whose codes are nearest, as small pictures or curves."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aegui.data import Dataset
from aegui.records import FloatArray, IndexArray
from aegui.ui.handing.export import install_export_menu, picture_of
from aegui.ui.picture_room import room_for
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.pictures import curve_path, grey_image
from aegui.ui.views.row_drag import HeldRow, RowDrag, held_row
from aegui.ui.views.text import beside_name, error_texts, small_font

COUNT = 6
_GAP, _CAPTION = 6.0, 18
_LARGEST = 84.0
# Captions may be a little wider than what they stand below.
_EDGE = 5.0


class NearRows(QWidget):
    """Shows ``COUNT`` rows in two lines; a double click or D draws on one, and so does dragging."""

    row_taken = Signal(HeldRow)

    def __init__(self) -> None:
        super().__init__()
        self._theme = DARK
        self._dataset: Dataset | None = None
        self._rows: IndexArray = np.empty(0, dtype=np.intp)
        self._far: Sequence[str] = ()
        self._names: Sequence[str] | None = None
        self._pixmaps: list[QPixmap] = []
        self._current: int | None = None
        self.setAccessibleName("Nearest test rows")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        install_export_menu(self, "nearest", image=lambda: picture_of(self))
        self._drag = RowDrag(self, self.tile_at, self._held, lambda: self._current)
        self._drag.row_taken.connect(self.row_taken)

    @property
    def rows(self) -> IndexArray:
        """The numbers of the test rows shown, nearest first."""
        return self._rows

    @property
    def captions(self) -> Sequence[str]:
        """What is written below them."""
        if self._names is None:
            return self._far
        return [f"{name} · {far}" for name, far in zip(self._names, self._far, strict=True)]

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        self._paint_rows()

    def start(self, dataset: Dataset | None) -> None:
        """Begin with other data: no rows yet."""
        self._dataset = dataset
        self.show_rows(np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32))

    def show_rows(self, rows: IndexArray, distances: FloatArray) -> None:
        """Show test rows, nearest first, and how far their codes are."""
        far, names = error_texts(distances, distances), None
        if self._dataset is not None and self._dataset.test_labels is not None:
            labels = self._dataset.test_labels[rows].tolist()
            names = [self._dataset.class_name(label) for label in labels]
        is_same = np.array_equal(rows, self._rows)
        self._rows, self._names, self._far = rows, names, far
        if not is_same:
            self._current = None
            self._paint_rows()
        self.update()

    def tile_at(self, place: QPointF) -> int | None:
        """Return the number of the row at a point, if there is one."""
        for number in range(len(self._rows)):
            if self._box(number).contains(place):
                return number
        return None

    def sizeHint(self) -> QSize:
        """Ask for three rows beside each other, twice."""
        return QSize(240, 200)

    def minimumSizeHint(self) -> QSize:
        """Ask for a size at which rows can be recognised."""
        return QSize(120, 84)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint the rows in the new size."""
        super().resizeEvent(event)
        self._paint_rows()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from row to row with the arrows."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not len(self._rows):
            super().keyPressEvent(event)
            return
        wanted = 0 if self._current is None else self._current + step
        self._current = min(max(wanted, 0), len(self._rows) - 1)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the rows as they are kept, with their captions."""
        painter = QPainter(self)
        painter.setFont(small_font(self._theme))
        for number, pixmap in enumerate(self._pixmaps):
            box = self._box(number)
            painter.drawPixmap(box.topLeft(), pixmap)
            if number == self._current and self.hasFocus():
                painter.setPen(QPen(QColor(self._theme.accent), 2))
                painter.drawRect(box)
            words = QRectF(
                box.left() - _EDGE, box.bottom() + 1, box.width() + 2 * _EDGE, self._caption()
            )
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(words, Qt.AlignmentFlag.AlignHCenter, self._caption_in(words, number))

    def _caption(self) -> int:
        return self._theme.px(_CAPTION)

    def _caption_in(self, area: QRectF, number: int) -> str:
        far = self._far[number]
        if self._names is None:
            return far
        return beside_name(self._names[number], far, small_font(self._theme), area.width())

    def _grid(self) -> tuple[int, float]:
        """Return how many columns there are, and the side at which all rows are largest."""
        best = (1, 0.0)
        for columns in (2, 3, COUNT):
            lines = COUNT // columns
            wide = (self.width() - 2 * _EDGE - (columns - 1) * _GAP) / columns
            high = (self.height() - (lines - 1) * _GAP) / lines - self._caption()
            side = min(wide, high, _LARGEST * self._theme.scale)
            if side > best[1]:
                best = (columns, float(int(side)))
        return best

    def _box(self, number: int) -> QRectF:
        columns, side = self._grid()
        line, column = divmod(number, columns)
        pitch = (self.width() - 2 * _EDGE - side) / max(columns - 1, 1)
        pitch = min(pitch, side + 3 * _GAP)
        top = line * (side + self._caption() + _GAP)
        return QRectF(_EDGE + column * pitch, top, side, side)

    def _paint_rows(self) -> None:
        _, side = self._grid()
        dataset = self._dataset
        if dataset is None or side < 1:
            self._pixmaps = []
        else:
            self._pixmaps = [self._pixmap(dataset, row, side) for row in self._rows.tolist()]
        self.update()

    def _pixmap(self, dataset: Dataset, row: int, side: float) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(QSize(round(side * ratio), round(side * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(self._theme.field))
        painter = QPainter(pixmap)
        field = QRectF(0, 0, side, side)
        if dataset.image_shape is not None:
            image = grey_image(dataset.test[row], dataset.image_shape, dataset.value_range)
            painter.drawImage(room_for(dataset.image_shape, field), image)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.muted), 1.5 * self._theme.scale))
            inside = field.adjusted(3, 3, -3, -3)
            painter.drawPath(curve_path(dataset.test[row], dataset.value_range, inside))
        painter.end()
        return pixmap

    def _held(self, number: int) -> HeldRow | None:
        if self._dataset is None:
            return None
        return held_row(self._dataset, int(self._rows[number]))
