"""Fields for numbers and choices, in the sizes and habits of the panels."""

from collections.abc import Mapping

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox

from aegui.ui.forms import inset


class IntField(QSpinBox):
    """A whole number. The wheel scrolls the panel unless the field has the focus."""

    def __init__(self, low: int, high: int, step: int = 1) -> None:
        super().__init__()
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setKeyboardTracking(False)
        # French groups thousands by narrow spaces, as the counts in words do.
        self.setLocale(QLocale(QLocale.Language.French))
        self.setGroupSeparatorShown(True)
        inset(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(40)

    def show_number(self, value: int) -> None:
        """Show a number without telling of a change."""
        was_blocked = self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(was_blocked)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel's scrolling."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class FloatField(QLineEdit):
    """A number typed as people write it (0.001 or 1e-3). What is not one is left to the spec."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.textEdited.connect(self.edited)
        self.setMinimumWidth(40)

    def content(self) -> float | str:
        """Return the number, or the text where it is none."""
        text = self.text().strip().replace(",", ".")
        try:
            return float(text)
        except ValueError:
            return text

    def show_number(self, value: float) -> None:
        """Show a number in its shortest exact form, leaving alone a text that means the same."""
        if self.content() != value:
            short = f"{value:g}".replace("e-0", "e-")
            self.setText(short if float(short) == value else repr(value))

    def show_content(self, content: float | str) -> None:
        """Show what ``content`` gave, be it a number or not."""
        if isinstance(content, str):
            self.setText(content)
        else:
            self.show_number(content)


class Choice(QComboBox):
    """A choice of values, each with a name for people."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        for value, name in names.items():
            self.addItem(name, value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(4)
        self.setMinimumWidth(70)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def choice(self) -> str:
        """Return the chosen value."""
        return str(self.currentData())

    def choose(self, value: str) -> None:
        """Choose a value."""
        self.setCurrentIndex(self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel's scrolling."""
        event.ignore()


def grouped(number: int) -> str:
    """Return a whole number with narrow spaces between its thousands."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
