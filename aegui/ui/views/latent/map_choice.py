"""Which map of the codes to see."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QPushButton, QSpinBox, QWidget

from aegui.ui.forms import inset, label

FIT, UNITS, TSNE = "fit", "units", "tsne"

_BAR_WIDTH = 110


class MapChoice(QWidget):
    """The kinds of map that a code of some width has; for t-SNE, how far it is."""

    changed = Signal()
    """Another map is wanted."""
    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._width = 0
        self._pair = (0, 1)
        self._kinds = QComboBox()
        self._first, self._second = QSpinBox(), QSpinBox()
        self._and = label("and", "muted")
        self._bar = QProgressBar()
        self._cancel = QPushButton("Cancel t-SNE")
        self._lay_out()
        self._kinds.currentIndexChanged.connect(self._follow_kind)
        self._first.valueChanged.connect(self._follow_first)
        self._second.valueChanged.connect(self._follow_second)
        self._cancel.clicked.connect(self.cancel_requested)

    @property
    def kind(self) -> str:
        """``fit``, ``units`` or ``tsne``."""
        return str(self._kinds.currentData() or FIT)

    @property
    def pair(self) -> tuple[int, int] | None:
        """The two units, counted from 0, if the map is to be theirs."""
        return self._pair if self.kind == UNITS else None

    @property
    def is_cancellable(self) -> bool:
        """Whether t-SNE is under way, so that it can be called off."""
        return self._cancel.isVisible()

    def set_width(self, width: int) -> None:
        """Offer the maps of a code of some width, beginning with the usual one."""
        if width == self._width:
            return
        self._width = width
        was = self.blockSignals(True)
        self._kinds.clear()
        for text, kind in _kinds(width):
            self._kinds.addItem(text, kind)
        for unit, number in ((self._first, 1), (self._second, min(2, width))):
            unit.setRange(1, max(width, 1))
            unit.setValue(number)
        self._pair = (0, 1)
        self.blockSignals(was)
        self._show_parts()

    def choose(self, kind: str) -> None:
        """Choose a kind of map."""
        self._kinds.setCurrentIndex(max(self._kinds.findData(kind), 0))

    def show_progress(self, share: float | None) -> None:
        """Show how far t-SNE is, 0 to 1; None when it is not under way."""
        self._bar.setVisible(share is not None)
        self._cancel.setVisible(share is not None)
        self._bar.setValue(round(100 * (share or 0)))

    def _lay_out(self) -> None:
        self._kinds.setAccessibleName("Kind of map")
        self._kinds.setMinimumContentsLength(14)
        for unit in (self._first, self._second):
            inset(unit)
        self._first.setAccessibleName("Unit to the right")
        self._second.setAccessibleName("Unit upwards")
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR_WIDTH)
        self._bar.setAccessibleName("Progress of t-SNE")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        parts = (self._kinds, self._first, self._and, self._second, self._bar, self._cancel)
        for part in parts:
            row.addWidget(part)
        self._show_parts()
        self.show_progress(None)

    def _show_parts(self) -> None:
        for part in (self._first, self._and, self._second):
            part.setVisible(self.kind == UNITS)

    @Slot(int)
    def _follow_first(self, number: int) -> None:
        self._take_pair(number - 1, self._pair[1], self._second)

    @Slot(int)
    def _follow_second(self, number: int) -> None:
        self._take_pair(self._pair[0], number - 1, self._first)

    def _take_pair(self, first: int, second: int, other: QSpinBox) -> None:
        """Take two units; the other one makes way for one that is the same, to its old place."""
        if first == second:
            first, second = self._pair[1], self._pair[0]
            was = other.blockSignals(True)
            other.setValue((second if other is self._second else first) + 1)
            other.blockSignals(was)
        self._pair = (first, second)
        self.changed.emit()

    @Slot()
    def _follow_kind(self) -> None:
        self._show_parts()
        self.changed.emit()


def _kinds(width: int) -> list[tuple[str, str]]:
    usual = {1: "The only unit", 2: "The code's plane"}.get(width, "PCA of the codes")
    kinds = [(usual, FIT), ("Two units", UNITS), ("t-SNE", TSNE)]
    if width == 1:
        return kinds[:1]
    return [kinds[0], kinds[2]] if width == 2 else kinds
