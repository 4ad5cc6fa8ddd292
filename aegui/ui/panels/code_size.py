"""The knob that defines an autoencoder."""

import math

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from aegui.ui.forms import label
from aegui.ui.panels.fields import IntField

_POSITIONS = 1000
_MOST = 16_384
_STEPS = {
    QSlider.SliderAction.SliderSingleStepAdd.value: 1,
    QSlider.SliderAction.SliderSingleStepSub.value: -1,
}


class CodeSize(QWidget):
    """A slider and a number for the width of the code.

    The slider is logarithmic, since from 2 to 4 is as large a change as from 200 to 400, and
    reaches from one number to the width of the input.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        caption = label("Code size", "code")
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, _POSITIONS)
        self._slider.setPageStep(_POSITIONS // 10)
        self._slider.setProperty("role", "code")
        self._slider.setAccessibleName("Code size")
        self._number = IntField(1, _MOST)
        self._number.setFixedWidth(62)
        self._number.setAccessibleName("Code size")
        self._largest = 2

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(caption)
        layout.addWidget(self._slider, 1)
        layout.addWidget(self._number)

        self._slider.valueChanged.connect(self._take_slider)
        self._slider.actionTriggered.connect(self._take_action)
        self._number.valueChanged.connect(self._take_number)

    @property
    def last_field(self) -> QWidget:
        """The field that Tab leaves last."""
        return self._number

    def value(self) -> int:
        """Return the width of the code."""
        return self._number.value()

    def set_value(self, value: int) -> None:
        """Show a width."""
        self._number.setValue(value)

    def set_largest(self, largest: int) -> None:
        """Let the slider reach up to ``largest``; the number field may go beyond."""
        if largest != self._largest:
            self._largest = largest
            self._move_slider()

    def _move_slider(self) -> None:
        share = math.log(max(1, self.value())) / math.log(max(2, self._largest))
        self._slider.blockSignals(True)
        self._slider.setValue(round(min(1.0, share) * _POSITIONS))
        self._slider.blockSignals(False)

    @Slot(int)
    def _take_slider(self, position: int) -> None:
        wanted = round(self._largest ** (position / _POSITIONS))
        if wanted == self.value() and position not in (0, _POSITIONS):
            return
        self._number.blockSignals(True)
        self._number.setValue(wanted)
        self._number.blockSignals(False)
        self.edited.emit()

    @Slot(int)
    def _take_action(self, action: int) -> None:
        """Let an arrow key change the number by one; between 2 and 3 lie many positions."""
        by = _STEPS.get(action)
        if by is not None:
            self._number.setValue(min(self.value() + by, self._largest))
            self._move_slider()

    @Slot(int)
    def _take_number(self, _value: int) -> None:
        self._move_slider()
        self.edited.emit()
