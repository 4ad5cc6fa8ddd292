"""The damage that is done to the input while training."""

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from aegui.specs import CorruptionSpec, GaussianCorruption, MaskingCorruption
from aegui.ui.forms import Form
from aegui.ui.panels.fields import Choice, FloatField

_KINDS = {"none": "None", "gaussian": "Gaussian noise", "masking": "Masking"}
_AMOUNTS = {
    "gaussian": ("stddev", "Standard deviation", GaussianCorruption().stddev),
    "masking": ("share", "Share set to 0", MaskingCorruption().share),
}
_FIELD = "architecture.corruption"


class CorruptionFields(QObject):
    """A row of a form: a choice of damage, and how much of it."""

    edited = Signal()

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._kind = Choice(_KINDS)
        self._kind.setToolTip("Damage to the input while training; the target stays clean")
        self._amount = FloatField()
        self._amount.setFixedWidth(48)

        form.add_field(_FIELD, "Corruption", self._kind, self._amount)
        for name, _, _ in _AMOUNTS.values():
            form.add_message(f"{_FIELD}.{name}", self._amount)
        self._show_amount()

        self._kind.activated.connect(self._take_kind)
        self._amount.edited.connect(self.edited)

    def content(self) -> dict[str, Any] | None:
        """Return the damage as it stands in a file."""
        kind = self._kind.choice()
        if kind == "none":
            return None
        name, _, _ = _AMOUNTS[kind]
        return {"kind": kind, name: self._amount.content()}

    def show_corruption(self, corruption: CorruptionSpec | None) -> None:
        """Show what is done, or that nothing is."""
        self._kind.choose("none" if corruption is None else corruption.kind)
        self._show_amount()
        if isinstance(corruption, GaussianCorruption):
            self._amount.show_number(corruption.stddev)
        elif isinstance(corruption, MaskingCorruption):
            self._amount.show_number(corruption.share)

    def _show_amount(self) -> None:
        kind = self._kind.choice()
        self._amount.setVisible(kind != "none")
        if kind != "none":
            _, words, usual = _AMOUNTS[kind]
            self._amount.setAccessibleName(words)
            self._amount.setToolTip(words)
            self._amount.show_number(usual)

    @Slot()
    def _take_kind(self) -> None:
        self._show_amount()
        self.edited.emit()
