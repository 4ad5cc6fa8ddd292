"""The code as a row: how it is made, and what is asked of it."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from aegui.specs import CodeSpec, DenseCode, VariationalCode
from aegui.ui.forms import Form
from aegui.ui.panels.fields import Choice, FloatField, IntField
from aegui.ui.panels.layer_row import ACTIVATIONS
from aegui.ui.panels.option_row import OptionRow

_KINDS = {"dense": "Dense", "variational": "Variational"}
_FIELDS = {"dense": ("l1",), "variational": ("beta", "warm_up_epochs")}


class CodeRow(OptionRow):
    """Edits all of a code but its width."""

    def __init__(self) -> None:
        super().__init__("Code", "code", Form(label_width=46))
        self._kind = Choice(_KINDS)
        self._activation = Choice(ACTIVATIONS)
        self._l1, self._beta = FloatField(), FloatField()
        self._warm_up = IntField(0, 100_000)
        self._kind.setAccessibleName("Kind of code")
        self._activation.setAccessibleName("Activation, code layer")

        self._lay_out()

        self._kind.activated.connect(self._take_kind)
        self._activation.activated.connect(self._take)
        for field in (self._l1, self._beta):
            field.edited.connect(self._take)
        self._warm_up.valueChanged.connect(self._take)

        for code in (VariationalCode(), DenseCode()):
            self._show_parts(code)

    def _lay_out(self) -> None:
        self.line.addWidget(self._kind, 1)
        self.line.addWidget(self._activation, 1)
        self._end_line()
        self._options.add_pair(("l1", "L1 penalty", self._l1))
        self._options.add_pair(
            ("beta", "β", self._beta), ("warm_up_epochs", "Warm-up", self._warm_up)
        )
        self._kind.setToolTip(
            "Dense: the numbers of a layer. Variational: drawn from a normal distribution "
            "that the encoder gives for each row"
        )
        self._l1.setToolTip("The price of each number's size: it makes most of them 0")
        self._beta.setToolTip("The weight of the divergence from a standard normal distribution")
        self._warm_up.setToolTip("Epochs over which β grows from 0 to its full weight")

    def content(self) -> dict[str, Any]:
        """Return the code as it stands in a file, without its width."""
        if self._kind.choice() == "variational":
            return {
                "kind": "variational",
                "beta": self._beta.content(),
                "warm_up_epochs": self._warm_up.value(),
            }
        return {
            "kind": "dense",
            "activation": self._activation.choice(),
            "l1": self._l1.content(),
        }

    def show_code(self, code: CodeSpec) -> None:
        """Show a code, its options folded."""
        self._show_parts(code)
        self.set_open(False)

    def chain(self) -> list[QWidget]:
        """Return the fields in the order in which Tab visits them."""
        options = [self._l1, self._beta, self._warm_up]
        return [self._kind, self._activation, *super().chain(), *options]

    def _show_parts(self, code: CodeSpec) -> None:
        self._kind.choose(code.kind)
        if isinstance(code, VariationalCode):
            self._beta.show_number(code.beta)
            self._warm_up.show_number(code.warm_up_epochs)
        else:
            self._activation.choose(code.activation)
            self._l1.show_number(code.l1)
        self._show_kind()

    def _show_kind(self) -> None:
        kind = self._kind.choice()
        self._activation.setVisible(kind == "dense")
        for of_kind, names in _FIELDS.items():
            for name in names:
                self._options.set_field_visible(name, of_kind == kind)
        self._tell_options()

    def _tell_options(self) -> None:
        words: list[str] = []
        if self._kind.choice() == "variational":
            words.append(f"β {self._beta.text()}")
            if self._warm_up.value():
                words.append(f"warm-up over {self._warm_up.value()} epochs")
        elif self._l1.content() != 0:
            words.append(f"L1 penalty {self._l1.text()}")
        self._summarise(words)

    @Slot()
    def _take_kind(self) -> None:
        self._show_kind()
        self.edited.emit()

    @Slot()
    def _take(self) -> None:
        self._tell_options()
        self.edited.emit()
