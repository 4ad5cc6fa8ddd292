"""The optimizer and its settings."""

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from aegui.specs import AdamSpec, AdamWSpec, OptimizerSpec, RmspropSpec, SgdSpec
from aegui.specs.words import OPTIMIZERS
from aegui.ui.forms import Form
from aegui.ui.panels.fields import Choice, FloatField

_FRESH: dict[str, OptimizerSpec] = {
    "adam": AdamSpec(),
    "sgd": SgdSpec(),
    "rmsprop": RmspropSpec(),
    "adamw": AdamWSpec(),
}
# The one setting beside the learning rate that people turn.
_SECOND = {"sgd": "momentum", "rmsprop": "rho", "adamw": "weight_decay"}
_NAMES = {"momentum": "Momentum", "rho": "Rho", "weight_decay": "Decay"}
_FIELD = "architecture.optimizer"


class OptimizerFields(QObject):
    """Rows of a form that edit an optimizer. What has no field stays as it was."""

    edited = Signal()

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._spec: OptimizerSpec = AdamSpec()
        self._form = form
        self._kind = Choice(OPTIMIZERS)
        self._rate = FloatField()
        self._seconds = {name: FloatField() for name in _NAMES}

        self._rate.setAccessibleName("Learning rate")
        self._rate.setToolTip("Learning rate")
        self._rate.setFixedWidth(72)
        form.add_field(_FIELD, "Optimizer", self._kind, self._rate)
        form.add_message(f"{_FIELD}.learning_rate", self._rate)
        for name, field in self._seconds.items():
            form.add_field(f"{_FIELD}.{name}", _NAMES[name], field)

        self._kind.activated.connect(self._take_kind)
        for field in (self._rate, *self._seconds.values()):
            field.edited.connect(self.edited)

    def content(self) -> dict[str, Any]:
        """Return the optimizer as it stands in a file."""
        content: dict[str, Any] = self._spec.model_dump()
        content["learning_rate"] = self._rate.content()
        second = _SECOND.get(self._spec.kind)
        if second is not None:
            content[second] = self._seconds[second].content()
        return content

    def show_optimizer(self, spec: OptimizerSpec) -> None:
        """Show an optimizer."""
        self._spec = spec
        self._kind.choose(spec.kind)
        self._rate.show_number(spec.learning_rate)
        for name, field in self._seconds.items():
            is_shown = _SECOND.get(spec.kind) == name
            self._form.set_field_visible(f"{_FIELD}.{name}", is_shown)
            if is_shown:
                field.show_number(getattr(spec, name))

    @Slot()
    def _take_kind(self) -> None:
        self.show_optimizer(_FRESH[self._kind.choice()])
        self.edited.emit()
