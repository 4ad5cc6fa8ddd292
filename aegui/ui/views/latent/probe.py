"""What is under the pointer on the map: what its place decodes to, and the nearest row."""

from PySide6.QtWidgets import QGridLayout, QWidget

from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.ui.forms import label, say_within
from aegui.ui.theme import Theme
from aegui.ui.views.row_picture import RowPicture
from aegui.ui.views.row_words import row_title

_SIDE = 112


class Probe(QWidget):
    """Two pictures side by side, each with a line of words."""

    def __init__(self) -> None:
        super().__init__()
        self._noun = "digit"
        self._dataset: Dataset | None = None
        self.decoded = RowPicture("decoded place", _SIDE)
        self.nearest = RowPicture("nearest row", _SIDE)
        self.nearest.setToolTip("Drag it onto the Draw tab to draw on it, or double-click it")
        self._words = label("", "muted")
        self._nearest_name = label("Nearest", "muted")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.addWidget(label("Decoded here", "muted"), 0, 0)
        grid.addWidget(self._nearest_name, 0, 1)
        grid.addWidget(self.decoded, 1, 0)
        grid.addWidget(self.nearest, 1, 1)
        grid.addWidget(self._words, 2, 0, 1, 2)
        grid.setColumnStretch(2, 1)
        self.clear()

    @property
    def words(self) -> str:
        """The line below the pictures."""
        return self._words.toolTip() or self._words.text()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        for picture in (self.decoded, self.nearest):
            picture.set_theme(theme)

    def start(self, dataset: Dataset) -> None:
        """Begin with other data."""
        self._noun, self._dataset = dataset.noun, dataset
        self._nearest_name.setText(f"Nearest {dataset.noun}")
        for picture in (self.decoded, self.nearest):
            picture.set_kind(dataset.image_shape, dataset.value_range, dataset.columns)
        self.clear()

    def clear(self) -> None:
        """Show nothing: the pointer is elsewhere."""
        self.decoded.show_row(None)
        self.nearest.show_row(None)
        self._say("Point at the map.")

    def show_nearest(self, number: int) -> None:
        """Show the test row, by its number from 0, nearest to the pointer."""
        dataset = self._dataset
        if dataset is None:
            return
        self.nearest.show_row(dataset.test[number])
        what = ""
        if dataset.test_labels is not None:
            name = dataset.class_name(int(dataset.test_labels[number]))
            # An article before any other name may be the wrong one.
            what = f": a {name}" if dataset.class_noun == dataset.noun else f": class {name}"
        self._say(f"{row_title(dataset, number)}{what}")

    def show_nowhere(self) -> None:
        """Say that no rows lie here."""
        self.nearest.show_row(None, f"no {self._noun}s here")
        self._say(f"No {self._noun}s here: the decoder makes it up.")

    def show_decoded(self, row: FloatArray) -> None:
        """Show what the place decodes to, (features,)."""
        self.decoded.show_row(row)
        # Qt would gather repaints for some 5 ms; the picture is to follow the hand.
        self.decoded.repaint()

    def _say(self, text: str) -> None:
        # A label lays the whole window out anew even for the text that it has.
        if text != self._words.toolTip():
            say_within(self._words, text, 2 * self.decoded.width() + 10)
