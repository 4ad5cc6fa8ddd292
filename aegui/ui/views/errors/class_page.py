"""The errors of each class, and which of its rows are typical."""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from aegui.analysis.error_report import ErrorReport
from aegui.data import Dataset
from aegui.records import FloatArray, IndexArray
from aegui.ui.forms import label
from aegui.ui.theme import Theme
from aegui.ui.views.errors.box_plot import BoxPlot
from aegui.ui.views.row_drag import HeldRow, RowDrag, held_row
from aegui.ui.views.text import error_texts
from aegui.ui.views.tiles.tiles import TileGrid

# In smaller pictures than these a digit is not told from another; the page scrolls instead.
_SIDE, _SMALLEST = 44, 32
# What a line of tiles takes beside its two pictures, and the least that the boxes take.
_BESIDE, _PLOT = 32, 96
_TITLE = 92
# Below smaller tiles, two numbers would run into those of the next.
_ROOM_FOR_CLASS = 38
_NO_ROWS: IndexArray = np.empty(0, dtype=np.intp)


class ClassPage(QWidget):
    """Box plots over two lines of tiles: each class's smallest error, and its greatest."""

    rows_requested = Signal(object)
    """Reconstructions of these test rows, an ``IndexArray``, are wanted."""
    row_pointed = Signal(int, QPoint)
    row_left = Signal()
    row_taken = Signal(HeldRow)

    def __init__(self) -> None:
        super().__init__()
        self._dataset: Dataset | None = None
        self._made: dict[int, FloatArray] = {}
        self._errors: FloatArray | None = None
        self._scale = 1.0
        self.plot = BoxPlot()
        self.lines = [_Line("most-typical"), _Line("least-typical")]
        self._titles = [label("", "muted") for _ in self.lines]
        self._scroll = QScrollArea()
        self._lay_out()
        for line in self.lines:
            line.drag = RowDrag(line.grid, line.grid.tile_at, partial(self._held, line), line.at)
            line.drag.row_taken.connect(self.row_taken)
            line.grid.tile_hovered.connect(self._pointer(line))
            line.grid.tile_left.connect(self._leave)

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QGridLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(4)
        layout.setHorizontalSpacing(8)
        layout.setRowStretch(0, 1)
        layout.setColumnStretch(1, 1)
        # Its usual height is what a page that scrolls would give it, and have tiles out of view.
        self.plot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        layout.addWidget(self.plot, 0, 0, 1, 2)
        # Beside its tiles a title costs no height, of which there is little.
        for place, (title, line) in enumerate(zip(self._titles, self.lines, strict=True), start=1):
            layout.addWidget(title, place, 0, Qt.AlignmentFlag.AlignTop)
            layout.addWidget(line.grid, place, 1)
        self._scroll.setWidget(content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self.plot.set_theme(theme)
        self.plot.setMinimumHeight(theme.px(_PLOT))
        for title in self._titles:
            title.setFixedWidth(theme.px(_TITLE))
        self._scale = theme.scale
        for line in self.lines:
            line.grid.set_theme(theme)
        self._fit_tiles()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let tiles be as large as the height allows, so that none is cut off."""
        super().resizeEvent(event)
        self._fit_tiles()

    def start(self, dataset: Dataset) -> None:
        """Begin with other data, of which no model has seen the test rows yet."""
        self._dataset, self._made, self._errors = dataset, {}, None
        self.plot.start(dataset)
        errors = "errors" if dataset.test_labels is None else "error\nof each class"
        for title, words, size in zip(
            self._titles, ("Most typical", "Least typical"), ("smallest", "greatest"), strict=True
        ):
            title.setText(f"{words}:\n{size} {errors}")
        for line in self.lines:
            line.grid.name_features(dataset.columns)
            line.show(dataset, _NO_ROWS)

    def show_report(self, report: ErrorReport) -> None:
        """Show the errors of a model, and wish for what it makes of the typical rows."""
        if self._dataset is None:
            return
        self.plot.show_boxes(report.boxes)
        chosen = (report.most_typical, report.least_typical)
        for line, rows in zip(self.lines, chosen, strict=True):
            line.show(self._dataset, rows)
        self._errors = report.ranked.errors
        self._fit_tiles()
        self.rows_requested.emit(np.concatenate(chosen))

    def show_reconstructions(self, indices: IndexArray, made: FloatArray) -> None:
        """Show what the model makes of the typical rows; of other rows it is passed over."""
        if np.array_equal(indices, np.concatenate([line.rows for line in self.lines])):
            self._made = dict(zip(indices.tolist(), made, strict=True))
            half = len(self.lines[0].rows)
            self.lines[0].grid.set_reconstructions(made[:half])
            self.lines[1].grid.set_reconstructions(made[half:])

    def reconstruction_of(self, row: int) -> FloatArray | None:
        """Return what is shown as the reconstruction of a test row, if it is known."""
        return self._made.get(row)

    def _fit_tiles(self) -> None:
        scale = self._scale
        room = (self.height() - scale * _PLOT) / len(self.lines) - scale * _BESIDE
        side = round(min(max(room / 2, _SMALLEST), scale * _SIDE))
        width = max(self.width() - round(scale * _TITLE), 1)
        for line in self.lines:
            line.grid.set_side(side)
            line.grid.setFixedHeight(line.grid.height_for(side, width))
        self._say_errors(with_class=side >= scale * _ROOM_FOR_CLASS)

    def _say_errors(self, *, with_class: bool) -> None:
        errors, dataset = self._errors, self._dataset
        if errors is not None and dataset is not None:
            for line in self.lines:
                line.say(dataset, errors, with_class=with_class)

    def _pointer(self, line: "_Line") -> Callable[[int, QPoint], None]:
        def point(number: int, place: QPoint) -> None:
            line.current = number
            self.row_pointed.emit(int(line.rows[number]), place)

        return point

    def _leave(self) -> None:
        for line in self.lines:
            line.current = None
        self.row_left.emit()

    def _held(self, line: "_Line", number: int) -> HeldRow | None:
        if self._dataset is None or number >= len(line.rows):
            return None
        return held_row(self._dataset, int(line.rows[number]))


class _Line:
    """Tiles in one line, with the test rows that they show."""

    def __init__(self, name: str) -> None:
        self.grid = TileGrid(name, _SIDE, wrap=False, labelled=False)
        self.drag: RowDrag | None = None
        self.rows = _NO_ROWS
        self.current: int | None = None

    def at(self) -> int | None:
        return self.current

    def show(self, dataset: Dataset, rows: IndexArray) -> None:
        if not np.array_equal(rows, self.rows) or not len(rows):
            self.rows, self.current = rows, None
            self.grid.set_rows(dataset.test[rows], dataset.image_shape, dataset.value_range)

    def say(self, dataset: Dataset, errors: FloatArray, *, with_class: bool) -> None:
        told = error_texts(errors[self.rows], errors)
        labels = dataset.test_labels
        if labels is not None and with_class:
            names = [dataset.class_name(label) for label in labels[self.rows].tolist()]
            self.grid.set_captions(told, names)
        else:
            self.grid.set_captions(told)
