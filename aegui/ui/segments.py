"""A row of buttons of which one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


class Segments(QWidget):
    """Words to choose from, all of them in view; the arrow keys walk through them.

    Parameters
    ----------
    role
        The buttons' look in the style sheet.
    """

    chosen = Signal(int)

    def __init__(self, role: str = "segment") -> None:
        super().__init__()
        self._role = role
        self._words: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._group.idClicked.connect(self._take_click)

    @property
    def place(self) -> int:
        """Which is chosen, by its place; −1 if none is."""
        return self._group.checkedId()

    @property
    def buttons(self) -> list[QPushButton]:
        """The buttons, in their order."""
        found = (self._group.button(place) for place in range(len(self._words)))
        return [button for button in found if isinstance(button, QPushButton)]

    def set_words(self, words: Sequence[str]) -> None:
        """Offer other words; the same ones keep their buttons and what is chosen."""
        if tuple(words) == self._words:
            return
        for button in self.buttons:
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._words = tuple(words)
        for place, text in enumerate(words):
            button = QPushButton(text)
            button.setCheckable(True)
            button.setProperty("role", self._role)
            self._group.addButton(button, place)
            self._row.addWidget(button)

    def choose(self, place: int) -> None:
        """Choose one without telling; −1 chooses none."""
        self._group.setExclusive(place >= 0)
        for number, button in enumerate(self.buttons):
            button.setChecked(number == place)
        self._group.setExclusive(True)

    @Slot(int)
    def _take_click(self, place: int) -> None:
        self.chosen.emit(place)
