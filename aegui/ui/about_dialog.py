"""What the program is made of: versions and licences."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from aegui.places import MissingResourceError, resource
from aegui.ui.forms import label
from aegui.versions import versions

_SIZE = (640, 560)
_LICENCES = "LICENCES.txt"


class AboutDialog(QDialog):
    """Names aegui's version, those of what it is built on, and all licences."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("About aegui")
        self.resize(*_SIZE)
        self._versions = versions()
        self.licences = QPlainTextEdit()
        self.licences.setReadOnly(True)
        self.licences.setAccessibleName("Licences")
        self.licences.setPlainText(_licences())

        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(f"aegui {self._versions['aegui']}", "title"))
        layout.addWidget(label("A desktop laboratory for autoencoders. Licence: MIT.", "muted"))
        layout.addLayout(self._grid())
        layout.addWidget(label("Licences of all that comes with it", "heading"))
        layout.addWidget(self.licences, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy versions", QDialogButtonBox.ButtonRole.ActionRole)
        layout.addWidget(buttons)

        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        parts = [(name, number) for name, number in self._versions.items() if name != "aegui"]
        for row, (name, number) in enumerate(parts):
            grid.addWidget(label(name), row, 0)
            number_label = label(number, "muted")
            number_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(number_label, row, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _copy(self) -> None:
        lines = (f"{name} {number}" for name, number in self._versions.items())
        QGuiApplication.clipboard().setText("\n".join(lines))


def _licences() -> str:
    try:
        return resource(_LICENCES).read_text(encoding="utf-8")
    except MissingResourceError as error:
        return str(error)
