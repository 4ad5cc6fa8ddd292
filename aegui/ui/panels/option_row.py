"""A line of fields with options below it that unfold."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aegui.specs import Problem, Severity
from aegui.ui.forms import Form, label, show_problem
from aegui.ui.panels.row_button import RowButton
from aegui.ui.theme import Theme

NAME_WIDTH = 42
NUMBER_WIDTH = 50
GAP = 3


class OptionRow(QWidget):
    """Name and fields; the last button unfolds ``options``.

    Folded, a line of words says what the options hold. An option that holds something wrong
    cannot be folded away.
    """

    edited = Signal()

    def __init__(self, name: str, role: str, options: Form) -> None:
        super().__init__()
        self.name = label(name, role)
        self.name.setFixedWidth(NAME_WIDTH)
        self.line = QHBoxLayout()
        self.line.setSpacing(GAP)
        self.line.addWidget(self.name)
        self._options = options
        self._unfold = RowButton("options", "Options")
        self._unfold.setCheckable(True)
        self._summary = label("", "muted")
        self._message = label("", "error", wrap=True)
        self._has_error = False
        for part in (self._options, self._summary, self._message):
            part.hide()

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addLayout(self.line)
        for part in (self._options, self._summary, self._message):
            indented = QHBoxLayout()
            indented.setContentsMargins(NAME_WIDTH + GAP, 0, 0, 0)
            indented.addWidget(part)
            layout.addLayout(indented)

        self._unfold.toggled.connect(self._show_fold)

    @property
    def is_open(self) -> bool:
        """Whether the options are unfolded."""
        return self._unfold.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Unfold the options, or fold them."""
        self._unfold.setChecked(is_open)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say the problems of the fields here, named as in the layer."""
        rest = self._options.show_problems(problems)
        show_problem(self._message, rest)
        self._has_error = any(problem.severity is Severity.ERROR for problem in problems)
        self._show_fold()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._unfold.set_theme(theme)

    def chain(self) -> list[QWidget]:
        """Return the fields in the order in which Tab visits them."""
        return [self._unfold]

    def _end_line(self) -> None:
        """Put the button of the options at the end of the line."""
        self.line.addWidget(self._unfold)

    def _summarise(self, parts: Sequence[str]) -> None:
        """Say what the options hold."""
        self._summary.setText(" · ".join(parts))
        self._unfold.set_lit(bool(parts))
        self._show_fold()

    @Slot()
    def _show_fold(self) -> None:
        is_open = self.is_open or self._has_error
        self._options.setVisible(is_open)
        self._summary.setVisible(not is_open and bool(self._summary.text()))
