"""Small building blocks that panels and views share: cards, headings, fields with problems."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from aegui.specs import Problem, Severity


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget a look of the style sheet, and repaint it when that is a new one."""
    _set_property(widget, "role", role)


def _set_property(widget: QWidget, name: str, value: str) -> None:
    if (widget.property(name) or "") != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label of plain text in a look of the style sheet."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if role:
        result.setProperty("role", role)
    return result


class Card(QFrame):
    """A titled surface. ``body`` takes the content; ``hint`` stands at the right of the title."""

    def __init__(self, title: str, hint: str = "", number: int | None = None) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.hint = label(hint, "muted")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        if number is not None:
            badge = label(str(number), "number")
            badge.setFixedSize(20, 20)
            badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.header.addWidget(badge)
        self.title = label(title, "heading")
        self.header.addWidget(self.title)
        self.header.addWidget(self.hint, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(self.header)
        layout.addLayout(self.body, 1)


_HALVES = 4
"""Columns of the grid: caption and field, twice."""

Field = tuple[str, str, QWidget]
"""The field of the spec (``training.epochs``), its caption, and the widget that edits it."""


class Form(QWidget):
    """Labelled fields under each other; a problem is said below the field that it names."""

    def __init__(self, label_width: int = 68) -> None:
        super().__init__()
        self._fields: dict[str, QWidget] = {}
        self._messages: dict[str, QLabel] = {}
        self._rows: dict[str, list[QWidget]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, label_width)
        for column in (1, 3):
            self._grid.setColumnStretch(column, 1)

    def add_field(self, name: str, text: str, widget: QWidget) -> None:
        """Add a row with one field over its whole width."""
        row = self._grid.rowCount()
        self._place((name, text, widget), row, column=0, span=_HALVES - 1)
        self.add_message(name)

    def add_pair(self, left: Field, right: Field | None = None) -> None:
        """Add a row with a field in its left half and perhaps another in its right."""
        row = self._grid.rowCount()
        for place, field in enumerate((left, right)):
            if field is not None:
                self._place(field, row, column=2 * place, span=1)
                self.add_message(field[0])

    def _place(self, field: Field, row: int, column: int, span: int) -> None:
        name, text, widget = field
        caption = label(text, "muted")
        caption.setBuddy(widget)
        widget.setAccessibleName(text)
        vertical = widget.sizePolicy().verticalPolicy()
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        self._grid.addWidget(caption, row, column)
        self._grid.addWidget(widget, row, column + 1, 1, span)
        self._fields[name] = widget
        self._rows[name] = [caption, widget]

    def add_message(self, name: str) -> None:
        """Add a place for the problems of a field that is shown elsewhere."""
        message = label("", "error", wrap=True)
        message.hide()
        self._grid.addWidget(message, self._grid.rowCount(), 0, 1, _HALVES)
        self._messages[name] = message

    def set_field_visible(self, name: str, visible: bool) -> None:
        """Show or hide a row."""
        for widget in self._rows[name]:
            widget.setVisible(visible)
        if not visible:
            self._messages[name].hide()

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Say each problem below its field; return those that no field here answers for."""
        for name, message in self._messages.items():
            mine = [problem for problem in problems if problem.field == name]
            show_problem(message, mine)
            if name in self._fields:
                is_error = any(problem.severity is Severity.ERROR for problem in mine)
                _set_property(self._fields[name], "problem", "error" if is_error else "")
        return [problem for problem in problems if problem.field not in self._messages]


def show_problem(message: QLabel, problems: Sequence[Problem]) -> None:
    """Say problems in a label, the look following the worst of them; hide it without any."""
    is_error = any(problem.severity is Severity.ERROR for problem in problems)
    set_role(message, "error" if is_error else "warning")
    message.setText("\n".join(_sentence(problem.message) for problem in problems))
    message.setVisible(bool(problems))


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:]
