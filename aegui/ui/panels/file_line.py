"""Which file the rows are from."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from aegui.specs import FileSpec
from aegui.ui.forms import label, say_within, set_role

_NAME_WIDTH = 190


class FileLine(QWidget):
    """A file's name, with a button to choose otherwise about it; not there without one."""

    change_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name, self._change = label(), QPushButton("Change…")
        set_role(self._change, "link")
        self._change.setToolTip("Choose other columns, another scaling, another split")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._name, 1)
        layout.addWidget(self._change)
        self._change.clicked.connect(self.change_requested)
        self.hide()

    def show_file(self, spec: FileSpec | None) -> None:
        """Name a file; None for other data."""
        self.setVisible(spec is not None)
        if spec is not None:
            say_within(self._name, spec.title, _NAME_WIDTH)
            self._name.setToolTip(spec.path)
