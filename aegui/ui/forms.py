"""Small building blocks that panels and views share: cards, headings, fields with problems."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from aegui.sentences import capitalised
from aegui.specs import Problem, Severity


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget a look of the style sheet, and repaint it when that is a new one."""
    _set_property(widget, "role", role)


def set_problem(widget: QWidget, *, is_wrong: bool) -> None:
    """Mark a field that holds something wrong, or take the mark away."""
    _set_property(widget, "problem", "error" if is_wrong else "")


def _set_property(widget: QWidget, name: str, value: str) -> None:
    if (widget.property(name) or "") != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def inset(box: QAbstractSpinBox) -> None:
    """Keep a spin box's number off its edges, as in other fields; a style sheet cannot."""
    box.lineEdit().setTextMargins(5, 0, 2, 0)


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label of plain text in a look of the style sheet."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if role:
        result.setProperty("role", role)
    return result


def empty_page(text: str) -> QLabel:
    """Return words in the middle of a page that has nothing to show yet."""
    result = label(text, "empty", wrap=True)
    result.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return result


def say_within(part: QLabel, text: str, width: int) -> None:
    """Write a text into a label, cut off with an ellipsis at ``width`` pixels; whole as its tip."""
    part.setText(part.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width))
    part.setToolTip(text)


class Message(QLabel):
    """The place for the problems of one field; nothing to be seen without any."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Say the problems of the field; return those of others."""
        show_problem(self, [problem for problem in problems if problem.field == self._name])
        return [problem for problem in problems if problem.field != self._name]


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
        # Numbered cards stand one below the other, where height is scarce.
        above, below, apart = (10, 12, 8) if number is None else (8, 10, 6)
        layout.setContentsMargins(12, above, 12, below)
        layout.setSpacing(apart)
        layout.addLayout(self.header)
        layout.addLayout(self.body, 1)
        self._around = above + apart + below

    @property
    def height_beside_body(self) -> int:
        """The pixels that the title and the margins take of the card's height."""
        return self._around + self.header.sizeHint().height()


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

    def add_field(
        self, name: str, text: str, widget: QWidget, beside: QWidget | None = None
    ) -> None:
        """Add a row with one field over its whole width, or with a small one ``beside`` it."""
        row = self._grid.rowCount()
        self._caption((name, text, widget), row, column=0)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(widget, 1)
        if beside is not None:
            line.addWidget(beside)
        self._grid.addLayout(line, row, 1, 1, _HALVES - 1)
        self.add_message(name)

    def add_pair(self, left: Field, right: Field | QWidget | None = None) -> None:
        """Add a row: a field in its left half; in its right another, a widget, or nothing."""
        row = self._grid.rowCount()
        for place, field in enumerate((left, right)):
            if isinstance(field, QWidget):
                self._grid.addWidget(field, row, 2 * place, 1, 2)
            elif field is not None:
                self._caption(field, row, column=2 * place)
                self._grid.addWidget(field[2], row, 2 * place + 1)
                self.add_message(field[0])

    def _caption(self, field: Field, row: int, column: int) -> None:
        name, text, widget = field
        caption = label(text, "muted")
        caption.setBuddy(widget)
        widget.setAccessibleName(text)
        vertical = widget.sizePolicy().verticalPolicy()
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        self._grid.addWidget(caption, row, column)
        self._fields[name] = widget
        self._rows[name] = [caption, widget]

    def add_line(self, line: QWidget) -> None:
        """Add a widget over the whole width; ``add_message`` names the fields in it."""
        self._grid.addWidget(line, self._grid.rowCount(), 0, 1, _HALVES)

    def add_message(self, name: str, field: QWidget | None = None) -> None:
        """Add a place for the problems of a field; ``field`` is marked when it holds an error."""
        message = label("", "error", wrap=True)
        message.hide()
        self._grid.addWidget(message, self._grid.rowCount(), 0, 1, _HALVES)
        self._messages[name] = message
        if field is not None:
            self._fields[name] = field

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
                set_problem(self._fields[name], is_wrong=is_error)
        return [problem for problem in problems if problem.field not in self._messages]


def within(field: str, problems: Sequence[Problem]) -> tuple[list[Problem], list[Problem]]:
    """Return the problems inside a field, named from there on, and the others."""
    inside, outside = [], []
    for problem in problems:
        if problem.field.startswith(f"{field}."):
            inside.append(replace(problem, field=problem.field.removeprefix(f"{field}.")))
        else:
            outside.append(problem)
    return inside, outside


def show_problem(message: QLabel, problems: Sequence[Problem]) -> None:
    """Say problems in a label, the look following the worst of them; hide it without any."""
    is_error = any(problem.severity is Severity.ERROR for problem in problems)
    set_role(message, "error" if is_error else "warning")
    message.setText("\n".join(_sentence(problem.message) for problem in problems))
    message.setVisible(bool(problems))


def _sentence(message: str) -> str:
    return capitalised(message)
