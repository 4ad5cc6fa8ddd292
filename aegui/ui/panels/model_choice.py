"""The models that people know by name, to choose from."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel

from aegui.specs import DatasetSpec
from aegui.specs.presets import PRESETS, Preset
from aegui.ui.panels.fields import Choice

_OWN = "own"
_NEEDS_PICTURES = "Needs pictures; these data are rows of numbers"


class ModelChoice(Choice):
    """A choice of presets; it says "Own" when the fields make none of them."""

    def __init__(self) -> None:
        super().__init__({known.name: known.title for known in PRESETS} | {_OWN: "Own"})
        self.setAccessibleName("Model")
        self.setFixedWidth(120)
        self._tell(_OWN, "Layers of your own", is_offered=False)

    def show_preset(self, found: Preset | None) -> None:
        """Say which model the fields make."""
        self.choose(_OWN if found is None else found.name)
        self.setToolTip("Layers of your own" if found is None else found.summary)

    def set_dataset(self, dataset: DatasetSpec) -> None:
        """Offer what fits a dataset."""
        for known in PRESETS:
            is_offered = known.fits(dataset)
            self._tell(known.name, known.summary if is_offered else _NEEDS_PICTURES, is_offered)

    def _tell(self, name: str, words: str, is_offered: bool) -> None:
        place = self.findData(name)
        self.setItemData(place, words, Qt.ItemDataRole.ToolTipRole)
        model = self.model()
        if isinstance(model, QStandardItemModel):
            model.item(place).setEnabled(is_offered)
