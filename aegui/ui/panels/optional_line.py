"""Settings that are in force or not."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from aegui.ui.forms import label


class OptionalLine(QWidget):
    """A check box, and fields that can be edited while it is checked.

    ``parts`` are words and fields in the order in which they stand.
    """

    edited = Signal()

    def __init__(self, name: str, parts: tuple[str | QWidget, ...]) -> None:
        super().__init__()
        self._box = QCheckBox(name)
        self._fields = [part for part in parts if isinstance(part, QWidget)]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(self._box)
        layout.addStretch(1)
        for part in parts:
            layout.addWidget(label(part, "muted") if isinstance(part, str) else part)
        self.set_on(False)

        self._box.clicked.connect(self._take)

    @property
    def is_on(self) -> bool:
        """Whether the settings are in force."""
        return self._box.isChecked()

    def set_on(self, is_on: bool) -> None:
        """Put the settings in force, or not."""
        self._box.setChecked(is_on)
        for field in self._fields:
            field.setEnabled(is_on)

    @Slot()
    def _take(self) -> None:
        self.set_on(self.is_on)
        self.edited.emit()
