"""The library's table, sorted and searched."""

from PySide6.QtCore import QSortFilterProxyModel, Qt

from aegui.ui.library.library_model import SORT, Index, LibraryModel
from aegui.ui.runs.card_words import group_of


class LibraryProxy(QSortFilterProxyModel):
    """Sorts by value with what has none last, and leaves out what is not searched for."""

    def __init__(self, model: LibraryModel) -> None:
        super().__init__()
        self._model = model
        self._words: list[str] = []
        self._group = ""
        self.setSourceModel(model)
        self.setSortRole(SORT)

    def search(self, text: str) -> None:
        """Show runs that have all these words in name, data, shape or note."""
        self._words = text.casefold().split()
        self.invalidate()

    def choose_group(self, group: str) -> None:
        """Show runs of one kind of data or of one sweep; an empty name for all."""
        self._group = group
        self.invalidate()

    def filterAcceptsRow(self, row: int, _parent: Index) -> bool:  # noqa: N802
        """Return whether a run is searched for."""
        card = self._model.card(row)
        if self._group and group_of(card) != self._group:
            return False
        text = f"{card.name} {group_of(card)} {card.experiment.shape} {card.about.note}".casefold()
        return all(word in text for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:  # noqa: N802
        """Compare two values; what has none comes last, whichever way it is sorted."""
        one, other = left.data(SORT), right.data(SORT)
        if one is None or other is None:
            is_rising = self.sortOrder() is Qt.SortOrder.AscendingOrder
            return (other is None) == is_rising and one is not other
        return bool(one < other)
