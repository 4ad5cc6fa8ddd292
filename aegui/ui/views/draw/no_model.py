"""What the Draw tab shows where there is no model to draw for."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from aegui.ui.forms import label, set_role

NO_MODEL = (
    "Drawing needs a model of rows of numbers, or of square grey pictures.\n"
    "Train on MNIST digits or take the pretrained model."
)


class NoModelPage(QWidget):
    """Says what drawing needs; ``button`` asks for the pretrained model."""

    def __init__(self) -> None:
        super().__init__()
        self.button = QPushButton("Take the pretrained model")
        set_role(self.button, "primary")
        text = label(NO_MODEL, "empty")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addStretch(2)
        layout.addWidget(text)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
