"""A test row chosen by what it is called."""

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QSpinBox

from aegui.data import Dataset

_COUNTED = "Number of the test row to begin with, counted from 0"
_NAMED = "The test row to begin with, by its name in the file"


class RowBox(QSpinBox):
    """Its value is a row's number among the test rows, from 0; what it says is the row's name.

    Of a file's rows that is their id, or their number in the file; the steps go through the test
    rows in their order.
    """

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []
        self._places: dict[str, int] = {}
        self.setAccessibleName(_COUNTED)

    def start(self, dataset: Dataset, rows: int) -> None:
        """Offer the first ``rows`` test rows of other data."""
        is_named = dataset.test_numbers is not None or dataset.test_names is not None
        self._names = [dataset.row_name(row) for row in range(rows)] if is_named else []
        # Of rows that are called alike the first is taken.
        self._places = {name: place for place, name in reversed(list(enumerate(self._names)))}
        self.setAccessibleName(_NAMED if is_named else _COUNTED)
        self.setRange(0, rows - 1)
        # The number may be the same, and its row another one.
        self.lineEdit().setText(self.textFromValue(self.value()))

    def textFromValue(self, value: int) -> str:  # noqa: N802 - Qt's name
        """Return what the row at a place is called."""
        return self._names[value] if value < len(self._names) else super().textFromValue(value)

    def valueFromText(self, text: str) -> int:  # noqa: N802 - Qt's name
        """Return the place of the row that is called so."""
        if not self._names:
            return super().valueFromText(text)
        return self._places.get(text.strip(), self.value())

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Let a name be typed letter by letter; it counts once there is a row of that name."""
        if not self._names:
            return super().validate(text, place)
        state = QValidator.State
        found = text.strip() in self._places
        return state.Acceptable if found else state.Intermediate, text, place
