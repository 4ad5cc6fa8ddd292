"""Draw a square picture: the canvas, its row, its code, its reconstruction, the difference."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from aegui.analysis.drawing import FIELD, normalise_digit, shrink_raw
from aegui.records import FloatArray
from aegui.ui.forms import label
from aegui.ui.picture_room import sharp_sizes
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.draw.canvas import Canvas
from aegui.ui.views.draw.code_bars import CodeBars
from aegui.ui.views.draw.difference import DifferencePicture
from aegui.ui.views.draw.draw_tools import DrawTools
from aegui.ui.views.draw.picture import Picture
from aegui.ui.views.draw.sheet_canvas import LARGEST, SMALLEST
from aegui.ui.views.row_drag import HeldRow
from aegui.ui.views.row_field import DIGITS, RowField
from aegui.ui.views.text import error_text

# Of the width, at least so much is the canvas'.
_CANVAS_SHARE = 0.36
_GAP, _LINES = 8, 4
# What stands between and beside the pictures, in pixels at the usual scale.
_BETWEEN = 132
_CENTRED = "centred\nlike\nMNIST"
_RAW = "shrunk\nas\ndrawn"


class DigitBoard(QWidget):
    """Says with every change of the drawing which row it is, and shows what it is told."""

    row_drawn = Signal(object)
    """The drawing as a row (1, pixels), or None for an empty canvas."""

    def __init__(self) -> None:
        super().__init__()
        self._field, self._side = DIGITS, FIELD
        self._row: FloatArray | None = None
        self.canvas = Canvas()
        self.seen = Picture("what the network sees")
        self.reconstruction = Picture("reconstruction")
        self.difference = DifferencePicture()
        self.code = CodeBars()
        self.tools = DrawTools()
        self.raw = QCheckBox("As drawn, not centred")
        self.raw.setToolTip("Give the network the whole canvas, made smaller and nothing else")
        self._how = label(_CENTRED, "muted")
        self._verdict = label("Reconstruction", "muted")
        self._said = label("What the network sees", "muted")
        self._waiting = label("", "muted", wrap=True)
        self._between = _BETWEEN
        self._theme = DARK
        self._show_size()
        self._lay_out()
        self._connect()

    @property
    def row(self) -> FloatArray | None:
        """The drawing as a row (1, pixels), None for an empty canvas."""
        return self._row

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        self._theme = theme
        for part in (self.canvas, self.tools, self.difference, self.code):
            part.set_theme(theme)
        self._between = theme.px(_BETWEEN)
        self._fix_sizes()

    def start(self, field: RowField) -> bool:
        """Make the drawing into such pictures from now on; tell whether they are others.

        A digit is centred as MNIST's are, other pictures are taken as they are drawn: theirs may
        be anywhere. What is on the canvas stays.
        """
        if field.image_shape is None or field == self._field:
            return False
        if field.noun != self._field.noun:
            with QSignalBlocker(self.raw):
                self.raw.setChecked(field.noun != DIGITS.noun)
        self._field, self._side = field, field.image_shape[0]
        self.canvas.invite(field.noun)
        self._show_size()
        self.forget()
        for part in (self.seen, self.reconstruction):
            part.show_row(None, field.image_shape)
        self.difference.set_shape(field.image_shape)
        self._make_row()
        return True

    def use_room(self, width: int, height: int) -> int:
        """Share at most so many pixels; return the width that is made use of.

        Two lines of pictures stand beside the canvas and its tools. All sizes are fixed here:
        widgets whose height follows their width take no notice of a height that ends before.
        """
        tools = self.tools.sizeHint().height() + _GAP
        caption = self._verdict.height() + 2 * _LINES
        below = 2 * caption + max(self.raw.sizeHint().height(), self._waiting.height())
        most = min(max(height - tools, SMALLEST), LARGEST)
        sizes = sharp_sizes(self._side, (most + tools - below) // 2)
        side = self._canvas_side(width, most, sizes[-1])
        while len(sizes) > 1 and side < min(_CANVAS_SHARE * width, most):
            sizes.pop()
            side = self._canvas_side(width, most, sizes[-1])
        across = sizes[-1]
        self.canvas.setFixedSize(side, side)
        # As wide as the canvas, so that its column leaves the rest to the pictures.
        self.tools.setFixedWidth(side)
        for part in (self.seen, self.reconstruction, self.difference, self.code):
            part.setFixedSize(across, across)
        self.setFixedHeight(max(side + tools, 2 * across + below))
        return side + self._beside(across)

    def _canvas_side(self, width: int, most: int, across: int) -> int:
        return max(min(most, width - self._beside(across)), SMALLEST)

    def _beside(self, across: int) -> int:
        """Return the width of what stands beside the canvas, with pictures so wide."""
        return self._between + across + max(across, self._verdict.width())

    def set_waiting(self, text: str) -> None:
        """Say what the reconstruction waits for; nothing when ``text`` is empty."""
        # A label lays the whole window out anew even for the text that it has.
        if text != self._waiting.text():
            self._waiting.setText(text)

    def show_reconstruction(self, row: FloatArray, of: FloatArray | None = None) -> None:
        """Show what the model made, (1, pixels), of the drawing or of the row ``of``."""
        given = self._row if of is None else of
        # A model of other rows may still have been asked.
        if self._row is None or given is None or row.shape != self._row.shape:
            return
        self.reconstruction.show_row(row)
        # Qt would gather repaints for some 5 ms; the picture is to follow the hand.
        self.reconstruction.repaint()
        self._verdict.setText(_verdict(float(np.abs(given - row).sum())))
        self.difference.show_difference(row - given)
        self.set_waiting("")

    def show_code(self, code: FloatArray | None, reach: float) -> None:
        """Show the code of the drawing, (units,)."""
        self.code.show_code(code, reach)

    def forget(self) -> None:
        """Take away what a model made of a drawing."""
        self.reconstruction.show_row(None)
        self.difference.show_difference(None)
        self.code.show_code(None)
        self._verdict.setText("Reconstruction")

    @Slot(HeldRow)
    def take_row(self, held: HeldRow) -> None:
        """Put a row onto the canvas to draw on it, if it is a picture of the right size."""
        if held.image_shape == self._field.image_shape is not None:
            self.canvas.put_picture(held.row.reshape(held.image_shape))

    def _fix_sizes(self) -> None:
        """Give the labels that change room for what they may say.

        A label of fixed size does not lay the window out anew at every stroke, and nothing moves.
        """
        self._verdict.ensurePolished()
        metrics = self._verdict.fontMetrics()
        width = max(metrics.horizontalAdvance(_verdict(error)) for error in (999.9, 0.0444))
        self._verdict.setFixedSize(width, metrics.lineSpacing() + 2)
        self._waiting.setFixedHeight(metrics.lineSpacing() + 4)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(_GAP)
        left.addWidget(self.canvas)
        left.addWidget(self.tools)
        left.addStretch()
        right = QVBoxLayout()
        right.addLayout(self._pictures())
        right.addStretch()
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(_GAP)
        columns.addLayout(left)
        columns.addLayout(right)
        columns.addStretch(1)

    def _pictures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(_LINES)
        centring = QVBoxLayout()
        centring.setSpacing(2)
        centring.addWidget(_arrow())
        self._how.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        centring.addWidget(self._how)
        top = Qt.AlignmentFlag.AlignTop
        grid.addLayout(centring, 0, 0, Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(self.seen, 0, 1)
        grid.addWidget(_arrow(), 0, 2, Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(self.reconstruction, 0, 3)
        grid.addWidget(self._said, 1, 1, 1, 2)
        grid.addWidget(self._verdict, 1, 3)
        grid.addWidget(self.code, 2, 1, top)
        grid.addWidget(self.difference, 2, 3, top)
        grid.addWidget(label("Code", "code"), 3, 1)
        said = label("Difference: blue too bright, red too dark", "muted")
        grid.addWidget(said, 3, 2, 1, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.raw, 4, 1, 1, 2, top)
        self._waiting.setAlignment(top)
        grid.addWidget(self._waiting, 4, 3)
        return grid

    def _connect(self) -> None:
        self.setFocusProxy(self.canvas)
        self.canvas.changed.connect(self._follow_drawing)
        self.canvas.row_dropped.connect(self.take_row)
        self.raw.toggled.connect(self._follow_drawing)
        self.tools.undo.clicked.connect(self.canvas.undo)
        self.tools.redo.clicked.connect(self.canvas.redo)
        self.tools.clear.clicked.connect(self.canvas.clear)
        self.tools.brush_changed.connect(self.canvas.set_brush_width)

    @Slot()
    def _follow_drawing(self) -> None:
        self.tools.follow(self.canvas)
        self._make_row()
        if self._row is None:
            self.forget()
        self.row_drawn.emit(self._row)

    def _make_row(self) -> None:
        raw = self.raw.isChecked()
        self._how.setText(_RAW if raw else _CENTRED)
        if self.canvas.is_empty:
            self._row = None
        else:
            picture = (shrink_raw if raw else normalise_digit)(self.canvas.ink(), self._side)
            self._row = picture.reshape(1, -1)
        self.seen.show_row(self._row)

    def _show_size(self) -> None:
        like = ", as in MNIST" if self._field.noun == DIGITS.noun else ""
        self._said.setToolTip(f"{self._side} × {self._side} pixels{like}")


def _arrow() -> QLabel:
    arrow = label("→", "arrow")
    arrow.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return arrow


def _verdict(error: float) -> str:
    return f"Reconstruction · error {error_text(error, error)}"
