"""A sentence about what went wrong, and the way to hand it on."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from aegui.ui.forms import label

_WIDTH = 460
_WHAT_NOW = (
    "Runs and settings that were kept are as they were. If it comes again, copy the report and "
    "hand it on: it holds versions and the log's last lines. Your name and your folders are left "
    "out."
)


class ErrorDialog(QDialog):
    """Says one sentence; ``Copy report`` puts what ``report`` returns on the clipboard."""

    def __init__(self, sentence: str, report: Callable[[], str], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("aegui: something went wrong")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._report = report
        said = label(sentence, wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy_button = QPushButton("Copy report")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self._copy_button, QDialogButtonBox.ButtonRole.ActionRole)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label("Something went wrong", "heading"))
        layout.addWidget(said)
        layout.addWidget(label(_WHAT_NOW, "muted", wrap=True))
        layout.addWidget(buttons)
        self.setMinimumWidth(_WIDTH)

        self._copy_button.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report())
        self._copy_button.setText("Copied")
