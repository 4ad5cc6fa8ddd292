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
    if widget.property("role") != role:
        widget.setProperty("role", role)
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


class Form(QWidget):
    """Labelled fields under each other; a problem is said below the field that it names."""

    def __init__(self, label_width: int = 76) -> None:
        super().__init__()
        self._fields: dict[str, QWidget] = {}
        self._messages: dict[str, QLabel] = {}
        self._rows: dict[str, list[QWidget]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)

    def add_field(self, name: str, text: str, widget: QWidget) -> None:
        """Add a row. ``name`` is the field of the spec, such as ``training.epochs``."""
        row = self._grid.rowCount()
        caption = label(text, "muted")
        caption.setBuddy(widget)
        widget.setAccessibleName(text)
        policy = widget.sizePolicy()
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, policy.verticalPolicy())
        message = label("", "error", wrap=True)
        message.hide()
        self._grid.addWidget(caption, row, 0)
        self._grid.addWidget(widget, row, 1)
        self._grid.addWidget(message, row + 1, 0, 1, 2)
        self._fields[name] = widget
        self._messages[name] = message
        self._rows[name] = [caption, widget]

    def set_field_visible(self, name: str, visible: bool) -> None:
        """Show or hide a row."""
        for widget in self._rows[name]:
            widget.setVisible(visible)
        if not visible:
            self._messages[name].hide()

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Say each problem below its field; return those that no field here answers for."""
        unclaimed = [problem for problem in problems if problem.field not in self._fields]
        for name, widget in self._fields.items():
            mine = [problem for problem in problems if problem.field == name]
            show_problem(self._messages[name], mine)
            worst = "error" if any(p.severity is Severity.ERROR for p in mine) else ""
            if (widget.property("problem") or "") != worst:
                widget.setProperty("problem", worst)
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        return unclaimed


def show_problem(message: QLabel, problems: Sequence[Problem]) -> None:
    """Say problems in a label, the look following the worst of them; hide it without any."""
    is_error = any(problem.severity is Severity.ERROR for problem in problems)
    set_role(message, "error" if is_error else "warning")
    message.setText("\n".join(_sentence(problem.message) for problem in problems))
    message.setVisible(bool(problems))


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:]
