"""Any number of test rows as tiles, a page at a time."""

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from aegui.data import Dataset
from aegui.records import FloatArray, IndexArray
from aegui.ui.forms import label
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.row_drag import HeldRow, RowDrag, held_row
from aegui.ui.views.text import error_texts, grouped
from aegui.ui.views.tiles.tile import CurveTile, PictureTile
from aegui.ui.views.tiles.tile_places import arrange
from aegui.ui.views.tiles.tiles import TileGrid
from aegui.ui.views.turner import Turner

_SIDE = 56
# The largest at which there are two lines is taken.
_SIDES = (72, 64, 56, 48, 42)
_PARTS = 2
_PICTURES = "original above, reconstruction below"
_CURVES = "reconstruction over the grey original"


class RowPages(QWidget):
    """Shows as many rows as there is room for; PageUp, PageDown and two buttons turn pages.

    It wishes for the reconstructions of the page in view and is told.
    """

    rows_requested = Signal(object)
    """Reconstructions of these test rows, an ``IndexArray``, are wanted."""
    row_pointed = Signal(int, QPoint)
    """A tile came under the mouse or the keyboard: its test row and a point of the screen."""
    row_left = Signal()
    row_taken = Signal(HeldRow)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._theme = DARK
        self._dataset: Dataset | None = None
        self._errors: FloatArray = np.empty(0, dtype=np.float32)
        self._rows: IndexArray = np.empty(0, dtype=np.intp)
        self._first = 0
        self._shown: IndexArray = self._rows
        self._made: FloatArray | None = None
        self._current: int | None = None
        self.grid = TileGrid(name, _SIDE, labelled=False)
        # As many tiles as fit: their height must not move what fits.
        self.grid.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._back, self._on = Turner("Page before", "left"), Turner("Next page", "right")
        self._where = label("", "muted")
        self._hint = label("", "muted")
        self._lay_out()
        self._drag = RowDrag(self.grid, self.grid.tile_at, self._held, lambda: self._current)
        self._drag.row_taken.connect(self.row_taken)
        self._back.clicked.connect(self.turn_back)
        self._on.clicked.connect(self.turn_on)
        self.grid.tile_hovered.connect(self._point)
        self.grid.tile_left.connect(self._leave)
        self.grid.installEventFilter(self)

    @property
    def shown(self) -> IndexArray:
        """The rows of the page in view."""
        return self._shown

    @property
    def where(self) -> str:
        """What is said about the page: ``1–24 of 3 021``."""
        return self._where.text()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        self.grid.set_theme(theme)
        self._back.set_theme(theme)
        self._on.set_theme(theme)
        self._show_page()

    def start(self, dataset: Dataset) -> None:
        """Begin with other data: no rows yet."""
        self._dataset = dataset
        is_picture = dataset.image_shape is not None
        self.grid.name_features(dataset.columns)
        self._hint.setText(_PICTURES if is_picture else _CURVES)
        self.show_rows(np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32))

    def show_rows(self, rows: IndexArray, errors: FloatArray, *, keep_page: bool = False) -> None:
        """Show rows in this order; ``errors`` are those of all test rows.

        With ``keep_page`` the page stays the one that it was, if there still is one.
        """
        self._rows, self._errors = rows, errors
        self._first = min(self._first, max(len(rows) - 1, 0)) if keep_page else 0
        self._show_page(is_new=True)

    def show_reconstructions(self, indices: IndexArray, made: FloatArray) -> None:
        """Show what the model makes of rows; an answer about another page is passed over."""
        if np.array_equal(indices, self._shown):
            self._made = made
            self.grid.set_reconstructions(made)

    def reconstruction_of(self, row: int) -> FloatArray | None:
        """Return what is shown as the reconstruction of a test row, if it is known."""
        places = np.flatnonzero(self._shown == row)
        return None if self._made is None or not places.size else self._made[places[0]]

    def go_to(self, place: int) -> None:
        """Turn to the page that has the row at a place of the order, and mark it."""
        size = self._page_size()
        self._first = place // size * size
        self._show_page()
        self._current = place - self._first
        self.grid.mark(self._current)

    @Slot()
    def turn_back(self) -> None:
        """Show the page before."""
        self._first = max(self._first - self._page_size(), 0)
        self._show_page()

    @Slot()
    def turn_on(self) -> None:
        """Show the next page."""
        if self._first + self._page_size() < len(self._rows):
            self._first += self._page_size()
            self._show_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as there is room for now."""
        super().resizeEvent(event)
        self._show_page()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn pages by the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            turns = {Qt.Key.Key_PageUp: self.turn_back, Qt.Key.Key_PageDown: self.turn_on}
            turn = turns.get(Qt.Key(event.key()))
            if turn is not None:
                turn()
                return True
        return super().eventFilter(watched, event)

    def _page_size(self) -> int:
        """Return how many tiles there is room for, at least one."""
        columns, lines = self._fitting(round(self.grid.wanted_side))
        return max(columns * lines, 1)

    def _fitting(self, side: int) -> tuple[int, int]:
        """Return how many tiles with pictures ``side`` wide fit beside each other, and below."""
        is_picture = self._dataset is None or self._dataset.image_shape is not None
        kind = PictureTile if is_picture else CurveTile
        places = arrange(
            1, self.width(), side, lambda s: kind.size_for(s, _PARTS, self._theme), wrap=True
        )
        room = self.height() - self._back.sizeHint().height() - 8
        return places.columns, max(
            int((room - places.size.height()) // places.pitch.height()) + 1, 1
        )

    def _fit_tiles(self) -> None:
        sides = [self._theme.px(side) for side in _SIDES]
        roomy = (side for side in sides if self._fitting(side)[1] >= 2)
        self.grid.set_side(next(roomy, self._theme.px(_SIDE)))

    def _show_page(self, *, is_new: bool = False) -> None:
        self._fit_tiles()
        size = self._page_size()
        self._first = self._first // size * size
        page = self._rows[self._first : self._first + size]
        self._say_where(len(page))
        if not is_new and np.array_equal(page, self._shown):
            return
        if self._dataset is not None and not np.array_equal(page, self._shown):
            self._leave()
            self._made = None
            shape, value_range = self._dataset.image_shape, self._dataset.value_range
            self.grid.set_rows(self._dataset.test[page], shape, value_range)
        self._shown = page
        self.grid.set_captions(error_texts(self._errors[page], self._errors))
        if len(page):
            self.rows_requested.emit(page)

    def _say_where(self, count: int) -> None:
        first, total = self._first, len(self._rows)
        last = grouped(first + count)
        words = f"{grouped(first + 1)}–{last} of {grouped(total)}" if total else ""
        self._where.setText(words)
        self._back.setEnabled(first > 0)
        self._on.setEnabled(first + count < total)

    def _held(self, number: int) -> HeldRow | None:
        if self._dataset is None or number >= len(self._shown):
            return None
        return held_row(self._dataset, int(self._shown[number]))

    @Slot(int, QPoint)
    def _point(self, number: int, place: QPoint) -> None:
        self._current = number
        self.row_pointed.emit(int(self._shown[number]), place)

    @Slot()
    def _leave(self) -> None:
        self._current = None
        self.row_left.emit()

    def _lay_out(self) -> None:
        turning = QHBoxLayout()
        turning.setSpacing(6)
        turning.addWidget(self._back)
        turning.addWidget(self._where)
        turning.addWidget(self._on)
        turning.addStretch(1)
        turning.addWidget(self._hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.grid, 1)
        layout.addLayout(turning)
        self.setMinimumSize(220, 150)
