"""The boards to draw on, what stands beside a drawing, and the room that they share."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QPushButton, QStackedWidget, QWidget

from aegui.ui.forms import Card, set_role
from aegui.ui.theme import Theme
from aegui.ui.views.draw.company_row import CompanyRow
from aegui.ui.views.draw.contact_sheet import ContactSheet
from aegui.ui.views.draw.curve_board import CurveBoard
from aegui.ui.views.draw.digit_board import DigitBoard

_GAP = 10
# What a card takes of the width beside its content.
_CARD_SIDES = 26
_NO_LIMIT = 16_777_215
# Wider than this share of the height, what stands beside the drawing stands at its right.
_WIDE = 1.75


class DrawPage(QWidget):
    """A card with one of two boards; below or beside it the drawing's company, or the sheet."""

    arranged = Signal()
    """The contact sheet came or went, so that the room is to be shared anew."""

    def __init__(self) -> None:
        super().__init__()
        self.digit_board, self.curve_board = DigitBoard(), CurveBoard()
        self.company, self.sheet = CompanyRow(), ContactSheet()
        self.sequence, self.other = QPushButton("Draw 0 to 9"), QPushButton()
        self.card = Card("Draw a digit")
        self._has_sheet = True
        self._boards = QStackedWidget()
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._lay_out()
        self.sequence.clicked.connect(self.start_sequence)
        self.sheet.next_requested.connect(self.keep_digit)
        self.sheet.leave_requested.connect(self.leave_sequence)

    @property
    def board(self) -> DigitBoard | CurveBoard:
        """Where is drawn now."""
        is_curve = self._boards.currentWidget() is self.curve_board
        return self.curve_board if is_curve else self.digit_board

    @property
    def is_in_sequence(self) -> bool:
        """Whether the contact sheet is being filled."""
        return not self.sheet.isHidden()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        for part in (self.digit_board, self.curve_board, self.company, self.sheet):
            part.set_theme(theme)

    def show_board(self, *, is_curve: bool, has_sheet: bool) -> None:
        """Show the board for rows of numbers, or that for pictures; of digits, the sheet too."""
        self._has_sheet = has_sheet
        self._boards.setCurrentWidget(self.curve_board if is_curve else self.digit_board)
        self._show_sheet(self.is_in_sequence and has_sheet)

    def use_room(self, width: int, height: int) -> None:
        """Share so many pixels between the drawing and what stands beside it."""
        is_wide = width > _WIDE * height and not self.is_in_sequence
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)
        self.company.stand(beside=not is_wide)
        beside = self.company.least_height + _GAP
        high = height - self.card.height_beside_body - (0 if is_wide else beside)
        wide = width - _CARD_SIDES - (self.company.least_width + _GAP) * is_wide
        used = self.digit_board.use_room(wide, high)
        self.curve_board.use_room(high)
        # What stands below would rather have some of this height.
        self.card.setMinimumHeight(self.digit_board.minimumHeight() + self.card.height_beside_body)
        self.card.setMaximumWidth(used + _CARD_SIDES if is_wide else _NO_LIMIT)

    @Slot()
    def start_sequence(self) -> None:
        """Begin to fill the contact sheet, with a clean canvas."""
        self.digit_board.canvas.clear()
        self.sheet.start()
        self._show_sheet(True)
        self.digit_board.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def leave_sequence(self) -> None:
        """Show what stands beside the drawing again; the sheet is kept until the next one."""
        self._show_sheet(False)

    @Slot()
    def keep_digit(self) -> None:
        """Put the drawing onto the contact sheet and clean the canvas for the next."""
        row = self.digit_board.row
        if self.is_in_sequence and row is not None:
            self.sheet.keep(row)
            self.digit_board.canvas.clear()
            self.digit_board.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_sheet(self, is_wanted: bool) -> None:
        """Show the contact sheet in place of the drawing's company, or not."""
        self.sheet.setVisible(is_wanted)
        self.company.setVisible(not is_wanted)
        self.sequence.setVisible(not is_wanted and self._has_sheet)
        self.sheet.follow_drawing(is_empty=self.digit_board.row is None)
        self.arranged.emit()

    def _lay_out(self) -> None:
        for button in (self.sequence, self.other):
            set_role(button, "quiet")
            self.card.header.addWidget(button)
        self.other.hide()
        self.sequence.setToolTip("Fill a contact sheet with your own ten digits")
        for board in (self.digit_board, self.curve_board):
            self._boards.addWidget(board)
        self.card.body.addWidget(self._boards)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_GAP)
        self._layout.addWidget(self.card)
        self._layout.addWidget(self.company, 1)
        self._layout.addWidget(self.sheet, 1)
        self.sheet.hide()
