"""Draw a row of numbers: one line by hand, its code, and its reconstruction over it."""

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aegui.records import FloatArray
from aegui.ui.forms import label
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.draw.code_bars import CodeBars
from aegui.ui.views.draw.curve_canvas import CurveCanvas
from aegui.ui.views.draw.curve_key import CurveKey
from aegui.ui.views.draw.draw_tools import DrawTools
from aegui.ui.views.pictures import ValueRange
from aegui.ui.views.row_drag import HeldRow
from aegui.ui.views.text import error_text

_BESIDE = 210
_HINT = "The model can only say what it has learned: draw a zigzag and see what is left of it."


class CurveBoard(QWidget):
    """Says with every change of the drawing which row it is, and shows what it is told."""

    row_drawn = Signal(object)
    """The drawing as a row (1, features), or None for an empty canvas."""

    def __init__(self) -> None:
        super().__init__()
        self._row: FloatArray | None = None
        self._theme = DARK
        self.canvas = CurveCanvas()
        self.tools = DrawTools(has_brush=False)
        self.code = CodeBars()
        self._verdict = label("Reconstruction", "muted")
        self._key = CurveKey(("drawn", "reconstruction"))
        self._beside = QWidget()
        self._lay_out()
        self.setFocusProxy(self.canvas)
        self.canvas.changed.connect(self._follow_drawing)
        self.canvas.row_dropped.connect(self.take_row)
        self.tools.undo.clicked.connect(self.canvas.undo)
        self.tools.redo.clicked.connect(self.canvas.redo)
        self.tools.clear.clicked.connect(self.canvas.clear)

    @property
    def row(self) -> FloatArray | None:
        """The drawing as a row (1, features), None for an empty canvas."""
        return self._row

    @property
    def verdict(self) -> str:
        """What is said about the reconstruction."""
        return self._verdict.text()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        self._theme = theme
        for part in (self.canvas, self.tools, self.code, self._key):
            part.set_theme(theme)
        self._beside.setFixedWidth(theme.px(_BESIDE))

    def start(self, features: int, value_range: ValueRange) -> None:
        """Take rows of so many numbers in this range."""
        self.canvas.start(features, value_range)

    def use_room(self, height: int) -> None:
        """Take at most ``height`` pixels."""
        self.setMaximumHeight(max(height, self.minimumSizeHint().height()))

    def show_reconstruction(self, row: FloatArray, of: FloatArray | None = None) -> None:
        """Show what the model made, (1, features), of the drawing or of the row ``of``."""
        given = self._row if of is None else of
        if self._row is None or given is None or row.shape != self._row.shape:
            return
        self.canvas.show_made(row[0])
        error = float(np.abs(given - row).sum())
        self._verdict.setText(f"Reconstruction · error {error_text(error, error, figures=4)}")

    def show_code(self, code: FloatArray | None, reach: float) -> None:
        """Show the code of the drawing, (units,)."""
        self.code.show_code(code, reach)

    def forget(self) -> None:
        """Take away what a model made of a drawing."""
        self.canvas.show_made(None)
        self.code.show_code(None)
        self._verdict.setText("Reconstruction")

    @Slot(HeldRow)
    def take_row(self, held: HeldRow) -> None:
        """Put a row onto the canvas to draw on it, if it has as many numbers."""
        if held.image_shape is None and len(held.row) == self.canvas.features:
            self.canvas.put_row(held.row)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.canvas, 1)
        left.addWidget(self.tools)
        right = QVBoxLayout(self._beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(6)
        right.addWidget(self._key)
        right.addWidget(self._verdict)
        right.addWidget(label(_HINT, "muted", wrap=True))
        right.addStretch(1)
        right.addWidget(label("Code", "code"))
        right.addWidget(self.code, 3)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addLayout(left, 1)
        columns.addWidget(self._beside)

    @Slot()
    def _follow_drawing(self) -> None:
        self.tools.follow(self.canvas)
        row = self.canvas.row()
        self._row = None if row is None else row.reshape(1, -1)
        if self._row is None:
            self.forget()
        self.row_drawn.emit(self._row)
