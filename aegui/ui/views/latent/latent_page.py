"""What the Latent tab shows before there is a model to look into."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from aegui.ui.forms import label, set_role

EMPTY = "The map of the codes appears here once there is a model. Press Train, or open a run."
WAITING = "The map of the codes appears in a moment."


class EmptyMap(QWidget):
    """One line of words; ``button`` asks for the pretrained model."""

    def __init__(self) -> None:
        super().__init__()
        self._text = label(EMPTY, "empty")
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton("Look into the pretrained model")
        set_role(self.button, "primary")
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addStretch(2)
        layout.addWidget(self._text)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    @property
    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def say(self, text: str, *, is_waiting: bool) -> None:
        """Say what is missing, or what is on its way."""
        self._text.setText(text)
        self.button.setVisible(not is_waiting)
