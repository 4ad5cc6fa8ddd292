"""Which rows the gallery shows: the controls over it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)

from aegui.analysis.ranking import Order
from aegui.ui.forms import label
from aegui.ui.icons import icon
from aegui.ui.theme import Theme

MOST = 200

Kind = Order | Literal["dreams"]

_ORDERS: tuple[tuple[Kind, str, str], ...] = (
    ("first", "First", "The test rows as they come"),
    ("best", "Best", "The smallest errors first"),
    ("worst", "Worst", "The greatest errors first"),
    ("random", "Random", "A draw of test rows, the same at every epoch"),
    ("class", "By class", "The first test rows of one class"),
    ("dreams", "Dreams", "What the decoder makes of codes drawn at random"),
)
_DEFAULT_COUNT = 20


@dataclass(frozen=True)
class Choice:
    """What to show: test rows in an order, or dreams, which are nobody's rows.

    ``label`` is the class wanted, for the order ``class``; ``seed`` counts the draws.
    """

    order: Kind
    count: int
    label: int | None
    seed: int


class GalleryChoice(QWidget):
    """Edits one ``Choice``."""

    value_changed = Signal(Choice)
    """The person chose something else."""

    def __init__(self) -> None:
        super().__init__()
        self._seed = 0
        self._buttons: dict[Kind, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._classes = QComboBox()
        self._shuffle = QToolButton()
        self._dream = QPushButton("New dreams")
        self._count = QSpinBox()
        self._prepare()
        self._lay_out()
        self._group.buttonClicked.connect(self._order_changed)
        self._classes.currentIndexChanged.connect(self._changed)
        self._count.valueChanged.connect(self._changed)
        self._shuffle.clicked.connect(self._reshuffle)
        self._dream.clicked.connect(self._reshuffle)

    def value(self) -> Choice:
        """Return what is chosen."""
        order = next(name for name, button in self._buttons.items() if button.isChecked())
        label_wanted = self._classes.currentData() if order == "class" else None
        return Choice(order, self._count.value(), label_wanted, self._seed)

    def set_classes(self, labels: list[int], name: Callable[[int], str] = str) -> None:
        """Offer classes by their names; without any, there is no choice by class."""
        with QSignalBlocker(self._classes):
            self._classes.clear()
            for number in labels:
                self._classes.addItem(name(number), number)
        self._offer("class", is_offered=bool(labels))

    def set_dreams_available(self, available: bool) -> None:
        """Offer dreams, for models that have a code to draw at random, or do not."""
        self._offer("dreams", is_offered=available)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._shuffle.setIcon(icon("shuffle", theme.muted))

    @Slot()
    def _order_changed(self) -> None:
        self._show_extras()
        self._changed()

    @Slot()
    def _reshuffle(self) -> None:
        self._seed += 1
        self._changed()

    @Slot()
    def _changed(self) -> None:
        self.value_changed.emit(self.value())

    def _offer(self, kind: Kind, *, is_offered: bool) -> None:
        """Show a choice; one that goes while it is chosen leaves the first in its place."""
        self._buttons[kind].setVisible(is_offered)
        if not is_offered and self._buttons[kind].isChecked():
            self._buttons["first"].setChecked(True)
        self._show_extras()

    def _show_extras(self) -> None:
        order = self.value().order
        self._classes.setVisible(order == "class")
        self._shuffle.setVisible(order == "random")
        self._dream.setVisible(order == "dreams")

    def _prepare(self) -> None:
        for order, text, tip in _ORDERS:
            button = QPushButton(text)
            button.setCheckable(True)
            button.setToolTip(tip)
            self._group.addButton(button)
            self._buttons[order] = button
        self._buttons["first"].setChecked(True)
        self._buttons["dreams"].hide()
        self._dream.setToolTip("Draw other codes")
        self._classes.setAccessibleName("Class")
        self._shuffle.setIconSize(QSize(16, 16))
        self._shuffle.setToolTip("Draw others")
        self._shuffle.setAccessibleName("Draw others")
        self._count.setRange(1, MOST)
        self._count.setValue(_DEFAULT_COUNT)
        self._count.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._count.setAccessibleName("How many")

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for button in self._buttons.values():
            layout.addWidget(button)
        layout.addWidget(self._classes)
        layout.addWidget(self._shuffle)
        layout.addWidget(self._dream)
        layout.addStretch(1)
        caption = label("Show", "muted")
        caption.setBuddy(self._count)
        layout.addWidget(caption)
        layout.addWidget(self._count)
        self._show_extras()
