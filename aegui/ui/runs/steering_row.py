"""What can be changed while a run goes on, and the offer to go on when it has ended."""

import math

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from aegui.control import Speed
from aegui.ui.forms import label, set_problem

_LARGEST_RATE = 100.0
_RATE_TIP = "Learning rate of the run under way; Return takes it"


class SteeringRow(QStackedWidget):
    """Two pages of one height: learning rate and the views' speed, or the offer to go on."""

    more_requested = Signal()
    learning_rate_chosen = Signal(float)
    speed_chosen = Signal(Speed)

    def __init__(self) -> None:
        super().__init__()
        self._rate = QLineEdit()
        self._rate.setFixedWidth(78)
        self._rate.setAccessibleName("Learning rate of the run")
        self._rate.setToolTip(_RATE_TIP)
        self._speed = QComboBox()
        self._speed.setAccessibleName("How closely the views follow")
        self._speed.setToolTip("How closely the views follow the run")
        for speed in Speed:
            self._speed.addItem(speed.value.capitalize(), speed)
        self._more = QPushButton()
        self._more.setProperty("role", "bar")
        self._shown_rate = ""
        self._is_active = False

        self._running = QWidget()
        steering = QHBoxLayout(self._running)
        steering.setContentsMargins(0, 0, 0, 0)
        steering.setSpacing(8)
        steering.addWidget(label("Rate", "muted"))
        steering.addWidget(self._rate)
        steering.addWidget(label("Show", "muted"))
        steering.addWidget(self._speed, 1)
        self._ended = QWidget()
        offer = QHBoxLayout(self._ended)
        offer.setContentsMargins(0, 0, 0, 0)
        offer.addWidget(self._more)
        self.addWidget(self._running)
        self.addWidget(self._ended)
        self.setFixedHeight(36)

        self._rate.returnPressed.connect(self._take_rate)
        self._rate.editingFinished.connect(self._put_back)
        self._speed.activated.connect(self._take_speed)
        self._more.clicked.connect(self.more_requested)
        self.set_more("")

    def show_active(self, is_active: bool) -> None:
        """Show what a run under way can be steered by; the speed can be chosen before, too."""
        self._is_active = is_active
        self._rate.setEnabled(is_active)
        self._show_page()

    def set_more(self, words: str) -> None:
        """Offer to go on, in these words; an empty text takes the offer back."""
        self._more.setText(words)
        self._show_page()

    def set_blocked(self, is_blocked: bool) -> None:
        """Keep a run from going on while something else has the engine."""
        self._more.setEnabled(not is_blocked)

    def _show_page(self) -> None:
        has_offer = bool(self._more.text()) and not self._is_active
        self.setCurrentWidget(self._ended if has_offer else self._running)

    def set_learning_rate(self, learning_rate: float) -> None:
        """Show the run's learning rate, unless somebody is typing another."""
        self._shown_rate = f"{learning_rate:.4g}"
        if not self._rate.isModified():
            self._rate.setText(self._shown_rate)

    @Slot()
    def _take_rate(self) -> None:
        if not self._rate.isModified():
            # What is shown is rounded: it is not what the run has.
            return
        try:
            wanted = float(self._rate.text().replace(",", "."))
        except ValueError:
            wanted = math.nan
        if not 0 < wanted <= _LARGEST_RATE:
            set_problem(self._rate, is_wrong=True)
            self._rate.setToolTip(
                f"A learning rate is a number above 0 and at most {_LARGEST_RATE:g}; "
                "the run goes on with the old one"
            )
            return
        self._accept()
        self.learning_rate_chosen.emit(wanted)

    @Slot()
    def _put_back(self) -> None:
        """Forget what was typed and not taken, once the field is left."""
        if self._rate.isModified() and not self._rate.hasFocus():
            self._accept()
            self._rate.setText(self._shown_rate)

    def _accept(self) -> None:
        self._rate.setModified(False)
        self._rate.setToolTip(_RATE_TIP)
        set_problem(self._rate, is_wrong=False)

    @Slot()
    def _take_speed(self) -> None:
        self.speed_chosen.emit(self._speed.currentData())
