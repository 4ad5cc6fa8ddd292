"""The Draw tab: draw a picture or a curve and see what a model makes of it, while drawing."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QStackedWidget, QVBoxLayout, QWidget

from aegui.analysis.company import Background, Company
from aegui.records import FloatArray
from aegui.ui.forms import label
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.draw.curve_board import CurveBoard
from aegui.ui.views.draw.digit_board import DigitBoard
from aegui.ui.views.draw.draw_keys import DrawKeys
from aegui.ui.views.draw.draw_page import DrawPage
from aegui.ui.views.draw.no_model import NoModelPage
from aegui.ui.views.row_drag import HeldRow
from aegui.ui.views.row_field import DIGITS, RowField

_SMALLEST = (600, 440)
_GAP = 8


class DrawView(QWidget):
    """It asks for a reconstruction with every change of the drawing and shows what it is told.

    With an empty canvas it shows nothing, and answers that come late are dropped.
    """

    reconstruction_requested = Signal(object)
    sheet_requested = Signal(object)
    """Reconstructions of the contact sheet's rows, (digits, 784), are wanted."""
    pretrained_requested = Signal()
    own_requested = Signal()
    """The person wants to draw rows for the model shown in the other tabs again."""
    looked_at = Signal()
    """Somebody looks at the tab now."""
    emptied = Signal()
    """Nothing is drawn any more."""

    def __init__(self) -> None:
        super().__init__()
        self._field: RowField | None = None
        self._page = page = DrawPage()
        self.digit_board, self.curve_board = page.digit_board, page.curve_board
        board = self.digit_board
        self.canvas, self.seen, self.reconstruction = board.canvas, board.seen, board.reconstruction
        self.company, self.sheet, self._card = page.company, page.sheet, page.card
        self.sequence, self.other = page.sequence, page.other
        self.start_sequence, self.leave_sequence = page.start_sequence, page.leave_sequence
        self.keep_digit = page.keep_digit
        self._why_not = label("", "muted", wrap=True)
        self._pages = QStackedWidget()
        self._no_model = NoModelPage()
        self._keys = DrawKeys(self, lambda: self.board.canvas, page.keep_digit)
        self._lay_out()
        self._connect()
        self.set_theme(DARK)

    @property
    def board(self) -> DigitBoard | CurveBoard:
        """Where is drawn now."""
        return self._page.board

    @property
    def model_name(self) -> str:
        """Which model is at work; empty where there is none."""
        return self._card.hint.text()

    @property
    def is_in_sequence(self) -> bool:
        """Whether the contact sheet is being filled."""
        return self._page.is_in_sequence

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        self._page.set_theme(theme)
        self._use_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the pictures grow with the room that there is."""
        super().resizeEvent(event)
        self._use_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Say that somebody looks."""
        super().showEvent(event)
        self.looked_at.emit()

    def minimumSizeHint(self) -> QSize:
        """Ask for little: sizes inside follow the room, and must not keep the window from less."""
        return QSize(*_SMALLEST)

    def set_model(self, name: str | None, field: RowField = DIGITS) -> None:
        """Say which model is at work, and ask it about the drawing; None when none fits.

        ``field`` tells which rows it takes.
        """
        self._field = field if name is not None else None
        self._card.hint.setText(name or "")
        self._pages.setCurrentIndex(1 if name is None else 0)
        if name is None:
            self.digit_board.forget()
            return
        is_other = field.is_curve != (self.board is self.curve_board)
        if field.is_curve:
            self.curve_board.start(field.features, field.value_range)
        else:
            is_other = self.digit_board.start(field) or is_other
        if field.takes_digits:
            self.sheet.set_model(name)
        if is_other:
            self._page.show_board(is_curve=field.is_curve, has_sheet=field.takes_digits)
            self.setFocusProxy(self.board.canvas)
        self._card.title.setText(f"Draw a {field.noun}")
        self._request(self.board.row)

    def offer_other(self, words: str) -> None:
        """Offer to draw other rows in these words, or nothing when they are empty."""
        self.other.setText(words)
        self.other.setVisible(bool(words))

    @property
    def why_not(self) -> str:
        """Why the person's own model is not drawn for; empty where it is, or there is none."""
        return self._why_not.text()

    def say_why_not(self, why: str) -> None:
        """Say why there is no canvas for the person's own model, or nothing when it is empty."""
        self._why_not.setText(why)
        self._why_not.setVisible(bool(why))
        self._use_room()

    def set_waiting(self, text: str) -> None:
        """Say what the reconstruction waits for; nothing when ``text`` is empty."""
        self.digit_board.set_waiting(text)

    def show_reconstruction(self, row: FloatArray, of: FloatArray | None = None) -> None:
        """Show what the model made of the drawing, with its error.

        Parameters
        ----------
        row
            The reconstruction, (1, features).
        of
            The row that the model was given, if the drawing may have changed since.
        """
        if self._field is not None:
            self.board.show_reconstruction(row, of)

    def start_company(self, background: Background | None) -> None:
        """Take the test rows that drawings are compared with; None while they are not known."""
        self.company.start(background, self._field.noun if self._field else "row")
        if background is None:
            self.board.show_code(None, 1.0)

    def show_company(self, company: Company, reach: float) -> None:
        """Show what stands beside the drawing, if there still is one."""
        if self.board.row is not None and self._field is not None:
            self.board.show_code(company.code, reach)
            self.company.show_company(company)

    def say_no_company(self, why: str) -> None:
        """Say why nothing stands beside the drawing."""
        self.company.say(why)

    @Slot(HeldRow)
    def take_row(self, held: HeldRow) -> None:
        """Put a row onto the canvas to draw on it, if it fits."""
        self.board.take_row(held)

    @Slot()
    def _follow_arrangement(self) -> None:
        self._keys.let_keep(self.is_in_sequence)
        self._use_room()

    def _use_room(self) -> None:
        above = 0 if self._why_not.isHidden() else self._why_not.heightForWidth(self.width()) + _GAP
        self._page.use_room(self.width(), self.height() - above)

    def _request(self, row: FloatArray | None) -> None:
        if self._field is None:
            return
        if row is None:
            self.company.forget()
            self.emptied.emit()
        else:
            self.reconstruction_requested.emit(row)

    @Slot(object)
    def _follow_digit(self, row: FloatArray | None) -> None:
        self.sheet.follow_drawing(is_empty=row is None)
        if self.board is self.digit_board:
            self._request(row)

    @Slot(object)
    def _follow_curve(self, row: FloatArray | None) -> None:
        if self.board is self.curve_board:
            self._request(row)

    def _lay_out(self) -> None:
        self._pages.addWidget(self._page)
        self._pages.addWidget(self._no_model)
        self._pages.setCurrentWidget(self._no_model)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setSpacing(_GAP)
        self._why_not.hide()
        layout.addWidget(self._why_not)
        layout.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.setFocusProxy(self.canvas)
        self.digit_board.row_drawn.connect(self._follow_digit)
        self.curve_board.row_drawn.connect(self._follow_curve)
        self.company.row_taken.connect(self.take_row)
        self._no_model.button.clicked.connect(self.pretrained_requested)
        self._page.arranged.connect(self._follow_arrangement)
        self.other.clicked.connect(self._choose_other)
        self.sheet.rows_requested.connect(self.sheet_requested)

    @Slot()
    def _choose_other(self) -> None:
        if self._field is not None and not self._field.takes_digits:
            self.pretrained_requested.emit()
        else:
            self.own_requested.emit()
