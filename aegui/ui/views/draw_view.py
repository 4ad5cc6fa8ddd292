"""The Draw tab: draw a digit, see what the network sees and what it makes of it."""

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aegui.analysis.drawing import normalise_digit, shrink_raw
from aegui.records import FloatArray
from aegui.ui.forms import Card, label
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.canvas import Canvas
from aegui.ui.views.draw_tools import DrawTools
from aegui.ui.views.no_model import NoModelPage
from aegui.ui.views.picture import Picture

_CANVAS_SHARE, _PICTURES_SHARE = 15, 23
_GAP = 8
# What stands between and beside the three pictures, in pixels at the usual scale.
_BETWEEN = 170
_CENTRED = "centred\nlike\nMNIST"
_RAW = "shrunk\nas\ndrawn"


class DrawView(QWidget):
    """A canvas, the 28 × 28 row made from it and that row's reconstruction.

    It asks for a reconstruction with every change of the drawing and shows what it is told; with
    an empty canvas it shows nothing, and answers that come late are dropped.
    """

    reconstruction_requested = Signal(object)
    pretrained_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._row: FloatArray | None = None
        self._has_model = False
        self.canvas = Canvas()
        self.seen = Picture("what the network sees")
        self.reconstruction = Picture("reconstruction")
        self._tools = DrawTools()
        self._raw = QCheckBox("As drawn, not centred")
        self._raw.setToolTip("Give the network the whole canvas, made smaller and nothing else")
        self._how = label(_CENTRED, "muted")
        self._verdict = label("Reconstruction", "muted")
        self._waiting = label("", "muted", wrap=True)
        self._card = Card("Draw a digit")
        self._no_model = NoModelPage()
        self._stage = QWidget()
        self._between = _BETWEEN
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.set_theme(DARK)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        self.canvas.set_theme(theme)
        self._tools.set_theme(theme)
        self._between = theme.px(_BETWEEN)
        self._fix_sizes()
        self._use_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the pictures grow with the room that there is."""
        super().resizeEvent(event)
        self._use_room()

    def _use_room(self) -> None:
        """Let the canvas be as large as the height allows, and each picture as the canvas.

        Widgets whose height follows their width take no notice of a height that ends before.
        """
        tools = self._tools.sizeHint().height() + _GAP
        beside = self._card.height_beside_body + tools
        side = self.canvas.set_largest(self.height() - beside)
        # As wide as the canvas, so that its column leaves the rest to the pictures.
        self._tools.setMaximumWidth(side)
        for picture in (self.seen, self.reconstruction):
            picture.set_largest(side)
        self._stage.setMaximumWidth(3 * side + self._between)

    def _fix_sizes(self) -> None:
        """Give the labels that change room for what they may say.

        A label of fixed size does not lay the window out anew at every stroke, and nothing moves.
        """
        self._verdict.ensurePolished()
        metrics = self._verdict.fontMetrics()
        width = metrics.horizontalAdvance(_verdict(999.9))
        self._verdict.setFixedSize(width, metrics.lineSpacing() + 2)
        self._waiting.setFixedHeight(3 * metrics.lineSpacing())

    def set_model(self, name: str | None) -> None:
        """Say which model is at work, and ask it about the drawing; None when none fits."""
        self._has_model = name is not None
        self._card.hint.setText(name or "")
        self._pages.setCurrentIndex(0 if self._has_model else 1)
        if self._has_model:
            self._request()
        else:
            self._forget_reconstruction()

    def set_waiting(self, text: str) -> None:
        """Say what the reconstruction waits for; nothing when ``text`` is empty."""
        # A label lays the whole window out anew even for the text that it has.
        if text != self._waiting.text():
            self._waiting.setText(text)

    def show_reconstruction(self, row: FloatArray, of: FloatArray | None = None) -> None:
        """Show what the model made of the drawing, with its error.

        Parameters
        ----------
        row
            The reconstruction, (1, 784).
        of
            The row that the model was given, (1, 784), if the drawing may have changed since.
        """
        if self._row is None or not self._has_model:
            return
        error = float(np.abs((self._row if of is None else of) - row).sum())
        self.reconstruction.show_row(row)
        # Qt would gather repaints for some 5 ms; the picture is to follow the hand.
        self.reconstruction.repaint()
        self._verdict.setText(_verdict(error))
        self.set_waiting("")

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(_GAP)
        left.addWidget(self.canvas)
        left.addWidget(self._tools)
        left.addStretch()
        # The pictures stand level with the canvas, not with what is below it.
        right = QVBoxLayout()
        right.addStretch()
        right.addLayout(self._pictures())
        right.addStretch()
        right.addSpacing(self._tools.sizeHint().height() + _GAP)
        columns = QHBoxLayout(self._stage)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(_GAP)
        columns.addLayout(left, _CANVAS_SHARE)
        columns.addLayout(right, _PICTURES_SHARE)
        self._card.body.addWidget(self._stage)
        drawing = QWidget()
        page = QVBoxLayout(drawing)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._card)
        page.addStretch()
        self._pages.addWidget(drawing)
        self._pages.addWidget(self._no_model)
        self._pages.setCurrentWidget(self._no_model)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def _pictures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        centring = QVBoxLayout()
        centring.setSpacing(2)
        centring.addWidget(_arrow())
        self._how.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        centring.addWidget(self._how)
        grid.addLayout(centring, 0, 0, Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(self.seen, 0, 1)
        grid.addWidget(_arrow(), 0, 2, Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(self.reconstruction, 0, 3)
        grid.addWidget(label("What the network sees · 28 × 28", "muted"), 1, 1, 1, 2)
        grid.addWidget(self._verdict, 1, 3)
        grid.addWidget(self._raw, 2, 1, 1, 2, Qt.AlignmentFlag.AlignTop)
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._waiting, 2, 3)
        return grid

    def _connect(self) -> None:
        self.setFocusProxy(self.canvas)
        self.canvas.changed.connect(self._follow_drawing)
        self._raw.toggled.connect(self._follow_drawing)
        self._tools.undo.clicked.connect(self.canvas.undo)
        self._tools.redo.clicked.connect(self.canvas.redo)
        self._tools.clear.clicked.connect(self.canvas.clear)
        self._tools.brush_changed.connect(self.canvas.set_brush_width)
        self._no_model.button.clicked.connect(self.pretrained_requested)
        for keys, slot in (
            ("Ctrl+Z", self.canvas.undo),
            ("Ctrl+Shift+Z", self.canvas.redo),
            ("Ctrl+Y", self.canvas.redo),
            ("Delete", self.canvas.clear),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _request(self) -> None:
        if self._has_model and self._row is not None:
            self.reconstruction_requested.emit(self._row)

    def _forget_reconstruction(self) -> None:
        self.reconstruction.show_row(None)
        self._verdict.setText("Reconstruction")

    @Slot()
    def _follow_drawing(self) -> None:
        raw = self._raw.isChecked()
        self._how.setText(_RAW if raw else _CENTRED)
        self._tools.follow(self.canvas)
        if self.canvas.is_empty:
            self._row = None
            self._forget_reconstruction()
        else:
            picture = (shrink_raw if raw else normalise_digit)(self.canvas.ink())
            self._row = picture.reshape(1, -1)
        self.seen.show_row(self._row)
        self._request()


def _arrow() -> QLabel:
    arrow = label("→", "arrow")
    arrow.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return arrow


def _verdict(error: float) -> str:
    return f"Reconstruction · error {error:.1f}"
