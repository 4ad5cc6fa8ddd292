"""Which runs the library shows: those of all data, or of one kind."""

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox

_ALL = "All data"


class GroupChoice(QComboBox):
    """A list of what runs are listed under, with one entry for all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Data")
        self.addItem(_ALL, "")

    @property
    def chosen(self) -> str:
        """The group that was chosen, empty for all."""
        return self.currentData() or ""

    def show_groups(self, groups: Iterable[str]) -> bool:
        """Offer these groups and keep what was chosen if it is among them.

        Return whether the list has changed; no signal tells of that.
        """
        names = sorted(set(groups))
        if names == [self.itemData(place) for place in range(1, self.count())]:
            return False
        chosen = self.chosen
        self.blockSignals(True)
        self.clear()
        self.addItem(_ALL, "")
        for name in names:
            self.addItem(name, name)
        self.setCurrentIndex(max(self.findData(chosen), 0))
        self.blockSignals(False)
        return True
