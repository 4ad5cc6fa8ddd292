"""The one place where errors and news are said."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton

from aegui.ui.forms import label, set_role
from aegui.ui.icons import icon
from aegui.ui.theme import Theme


class Notice(QFrame):
    """A bar above the tabs that stays until it is closed or replaced."""

    report_requested = Signal(str)
    """What was said of something unforeseen, of which a person wants to hand on a report."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._text = label("", "", wrap=True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._do: Callable[[], object] | None = None
        self._action = QPushButton()
        self._action.setProperty("role", "link")
        self._close = QToolButton()
        self._close.setProperty("role", "quiet")
        self._close.setToolTip("Close this message")
        self._close.setAccessibleName("Close this message")

        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

        self._action.clicked.connect(self._act)
        self._close.clicked.connect(self.clear)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._close.setIcon(icon("close", theme.muted))

    def text(self) -> str:
        """Return what is said at the moment."""
        return self._text.text()

    @Slot(str)
    def say(self, text: str) -> None:
        """Say what went wrong, what was kept and what to do."""
        self._show(text, "notice", "", None)

    @Slot(str)
    def complain(self, text: str) -> None:
        """Say what went wrong unforeseen, with a button that copies a report."""
        self._show(text, "notice", "Copy report", lambda: self.report_requested.emit(text))

    def offer(self, text: str, words: str, do: Callable[[], object]) -> None:
        """Say what has happened, with a button that does something about it."""
        self._show(text, "news", words, do)

    @Slot()
    def clear(self) -> None:
        """Take the message away."""
        self._text.clear()
        self._do = None
        self.hide()

    @Slot()
    def _act(self) -> None:
        do = self._do
        self.clear()
        if do is not None:
            do()

    def _show(self, text: str, role: str, words: str, do: Callable[[], object] | None) -> None:
        set_role(self, role)
        self._text.setText(text)
        self._do = do
        self._action.setText(words)
        self._action.setVisible(do is not None)
        self.show()
