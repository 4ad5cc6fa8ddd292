"""Draw 0 to 9: a sheet of own digits and of what the model makes of them."""

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from aegui.records import FloatArray
from aegui.ui.forms import Card, set_role
from aegui.ui.handing.export import save_as, write_png
from aegui.ui.segments import Segments
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.draw.contact_picture import contact_picture
from aegui.ui.views.text import error_texts
from aegui.ui.views.tiles.tiles import TileGrid

_DIGITS = 10
_SIDE, _SMALLEST = 72, 28
# What buttons and captions take of the height.
_BESIDE = 84
_SHAPE = (28, 28)


class ContactSheet(Card):
    """Asks for one digit after the other, keeps each, and wishes for all reconstructions."""

    rows_requested = Signal(object)
    """Reconstructions of these drawn rows, (digits, 784), are wanted."""
    next_requested = Signal()
    """The person is done with the drawing and wants it on the sheet."""
    leave_requested = Signal()

    def __init__(self) -> None:
        super().__init__("Draw 0 to 9")
        self._theme = DARK
        self._rows: dict[int, FloatArray] = {}
        self._made: FloatArray | None = None
        self._model = ""
        self.digits = Segments()
        self.digits.set_words([str(digit) for digit in range(_DIGITS)])
        self.grid = TileGrid("contact-sheet", _SIDE, wrap=False)
        self.next = QPushButton("Next")
        self.next.setToolTip("Keep the drawing on the sheet and go on (Return)")
        set_role(self.next, "primary")
        self.save = QPushButton("Save…")
        self.save.setToolTip("Save the sheet as a picture")
        self.leave = QPushButton("Leave")
        self._lay_out()
        self.next.clicked.connect(self.next_requested)
        self.save.clicked.connect(self.save_picture)
        self.leave.clicked.connect(self.leave_requested)
        self.digits.chosen.connect(self._go_to)

    @property
    def current(self) -> int:
        """The digit that is to be drawn now."""
        return self.digits.place

    @property
    def kept(self) -> list[int]:
        """The digits on the sheet."""
        return sorted(self._rows)

    @property
    def is_answered(self) -> bool:
        """Whether the reconstructions of all that is on the sheet are there."""
        return self._made is not None

    @property
    def request(self) -> str:
        """What is asked for now."""
        return self.hint.text()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        self.grid.set_theme(theme)
        self._fit_tiles()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the tiles be as large as the height allows, so that none is cut off."""
        super().resizeEvent(event)
        self._fit_tiles()

    def set_model(self, name: str) -> None:
        """Take the name of another model, and wish for what it makes of the sheet."""
        self._model = name
        self._request()

    def start(self) -> None:
        """Begin with an empty sheet."""
        self._rows, self._made = {}, None
        self._show_rows()
        self._go_to(0)

    def follow_drawing(self, *, is_empty: bool) -> None:
        """Let a drawing be kept when there is one."""
        self.next.setEnabled(not is_empty)

    def keep(self, row: FloatArray) -> None:
        """Put a drawn row, (1, 784), in the place of the digit asked for, and ask for the next."""
        self._rows[self.current] = np.array(row[0])
        self._show_rows()
        self._request()
        order = [(self.current + step) % _DIGITS for step in range(1, _DIGITS + 1)]
        self._go_to(next((digit for digit in order if digit not in self._rows), self.current))

    def show_reconstructions(self, rows: FloatArray, made: FloatArray) -> None:
        """Show what the model makes of the sheet's rows; of other rows it is passed over."""
        if self._rows and np.array_equal(rows, self._stacked()):
            self._made = made
            self.grid.set_reconstructions(made)
            errors = np.abs(made - rows).sum(axis=1)
            told = error_texts(errors, errors)
            words = zip(self.kept, told, strict=True)
            self.grid.set_captions([f"{digit} · {error}" for digit, error in words])

    def picture(self) -> QImage:
        """Return the sheet as one picture; a null image while it is empty."""
        rows = self._stacked() if self._rows else np.empty((0, 784), np.float32)
        return contact_picture(self.kept, rows, self._made, _SHAPE, self._model, self._theme)

    @Slot()
    def save_picture(self) -> None:
        """Ask where to, and save the sheet there."""
        save_as(self, "own-digits", "png", "Picture", lambda path: write_png(path, self.picture()))

    def _fit_tiles(self) -> None:
        room = self.height() - self.height_beside_body - self._theme.px(_BESIDE)
        side = round(min(max(room / 2, _SMALLEST), self._theme.px(_SIDE)))
        self.grid.set_side(side)
        self.grid.setFixedHeight(self.grid.height_for(side, max(self.width(), 1)))

    def _stacked(self) -> FloatArray:
        return np.stack([self._rows[digit] for digit in self.kept])

    def _request(self) -> None:
        if self._rows:
            self.rows_requested.emit(self._stacked())

    def _show_rows(self) -> None:
        rows = self._stacked() if self._rows else np.empty((0, 784), np.float32)
        self._made = None
        self.grid.set_rows(rows, _SHAPE, (0.0, 1.0))
        self.grid.set_captions([str(digit) for digit in self.kept])
        self._fit_tiles()
        self.save.setEnabled(bool(self._rows))

    @Slot(int)
    def _go_to(self, digit: int) -> None:
        self.digits.choose(digit)
        if len(self._rows) == _DIGITS:
            self.hint.setText("All ten are there. Save the sheet, or draw one of them again.")
        else:
            self.hint.setText(f"Draw a {digit}, then press Return.")

    def _lay_out(self) -> None:
        controls = QHBoxLayout()
        controls.setSpacing(6)
        controls.addWidget(self.digits)
        controls.addStretch(1)
        for button in (self.next, self.save, self.leave):
            controls.addWidget(button)
        self.body.addLayout(controls)
        self.body.addWidget(self.grid)
        self.body.addStretch(1)
