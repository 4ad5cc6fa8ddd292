"""A run's card with its tick box over it, so that it can be ticked while it cannot be opened."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from aegui.ui.runs.run_button import RunButton
from aegui.ui.theme import Theme

if TYPE_CHECKING:
    # It brings in the readers of runs, which the first paint need not wait for.
    from aegui.runs import RunCard

_INSET = 8


class RunRow(QWidget):
    """One row of the list; only what has an end can be compared."""

    tick_changed = Signal(bool)

    def __init__(self, card: "RunCard", hue: int) -> None:
        super().__init__()
        self.card = card
        self.button = RunButton(card, hue)
        self.tick = QCheckBox(self)
        self.tick.setAccessibleName(f"Compare {card.name}")
        self.tick.setToolTip("Compare with other ticked runs")
        self.tick.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button)
        self.tick.raise_()
        self.setTabOrder(self.button, self.tick)

        self.tick.toggled.connect(self.tick_changed)

    def show_as(self, theme: Theme, *, is_narrow: bool) -> None:
        """Take the colours of a theme, and the width of column or rail."""
        self.button.show_as(theme, is_narrow=is_narrow)
        self.tick.setVisible(not is_narrow and self.card.summary is not None)

    def show_tick(self, *, is_ticked: bool) -> None:
        """Tick the run or not; nobody is told."""
        self.tick.blockSignals(True)
        self.tick.setChecked(is_ticked)
        self.tick.blockSignals(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tick box in the corner."""
        super().resizeEvent(event)
        size = self.tick.sizeHint()
        self.tick.setGeometry(
            self.width() - size.width() - _INSET, _INSET, size.width(), size.height()
        )
