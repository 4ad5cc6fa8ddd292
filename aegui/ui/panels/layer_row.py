"""One hidden layer as a row."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from aegui.ui.forms import Form
from aegui.ui.panels.fields import Choice, FloatField, IntField
from aegui.ui.panels.option_row import NUMBER_WIDTH, OptionRow
from aegui.ui.panels.row_button import RowButton
from aegui.ui.theme import Theme

ACTIVATIONS = {name: name for name in ("sigmoid", "relu", "tanh", "elu", "gelu", "linear")}

_NAMES = {"dense": "Dense", "conv": "Conv"}
_NUMBERS = {"dense": ("width", "Width", 16_384), "conv": ("filters", "Filters", 512)}


@dataclass(frozen=True)
class RowState:
    """What a row holds, right or wrong, as it would stand in a file; and whether it is open."""

    layer: dict[str, Any]
    is_open: bool = False

    @property
    def kind(self) -> str:
        """``dense`` or ``conv``."""
        return str(self.layer["kind"])


class LayerRow(OptionRow):
    """A layer's kind, width or filters, activation, options, and buttons to move or remove it."""

    moved = Signal(int)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__("Dense", "muted", Form(label_width=46))
        self._kind = "dense"
        self._number = IntField(1, 16_384)
        self._number.setFixedWidth(NUMBER_WIDTH)
        self._activation = Choice(ACTIVATIONS)
        self._up = RowButton("up", "Move up")
        self._down = RowButton("down", "Move down")
        self._close = RowButton("close", "Remove this layer")
        self._kernel, self._stride = IntField(1, 11), IntField(1, 4)
        self._dropout, self._norm = FloatField(), QCheckBox()
        for field in (self._kernel, self._stride, self._dropout):
            field.setMinimumWidth(34)

        self._lay_out()

        for number in (self._number, self._kernel, self._stride):
            number.valueChanged.connect(self._take)
        self._activation.activated.connect(self._take)
        self._dropout.edited.connect(self._take)
        self._norm.clicked.connect(self._take)
        self._up.clicked.connect(lambda: self.moved.emit(-1))
        self._down.clicked.connect(lambda: self.moved.emit(1))
        self._close.clicked.connect(self.removed)

    def _lay_out(self) -> None:
        self.line.addWidget(self._number)
        self.line.addWidget(self._activation, 1)
        for button in (self._up, self._down, self._close):
            self.line.addWidget(button)
        self._end_line()
        self._options.add_pair(
            ("kernel_size", "Kernel", self._kernel), ("stride", "Stride", self._stride)
        )
        self._options.add_pair(
            ("dropout", "Dropout", self._dropout), ("batch_norm", "Batch norm", self._norm)
        )
        self._kernel.setToolTip("Height and width of a filter, in pixels")
        self._stride.setToolTip("How many pixels a filter moves: 2 halves the sides")
        self._dropout.setToolTip("Share of the layer's output set to 0 while training")
        self._norm.setToolTip("Batch normalisation: each number centred and scaled over a batch")

    def state(self) -> RowState:
        """Return what the row holds."""
        number, _, _ = _NUMBERS[self._kind]
        layer: dict[str, Any] = {"kind": self._kind, number: self._number.value()}
        if self._kind == "conv":
            layer |= {"kernel_size": self._kernel.value(), "stride": self._stride.value()}
        layer |= {
            "activation": self._activation.choice(),
            "batch_norm": self._norm.isChecked(),
            "dropout": self._dropout.content(),
        }
        return RowState(layer, self.is_open)

    def show_state(self, state: RowState) -> None:
        """Show what ``state`` returned, or a layer as it stands in a file."""
        layer = state.layer
        self._show_kind(state.kind)
        number, _, _ = _NUMBERS[state.kind]
        self._number.show_number(layer[number])
        self._activation.choose(layer["activation"])
        self._kernel.show_number(layer.get("kernel_size", 3))
        self._stride.show_number(layer.get("stride", 2))
        self._dropout.show_content(layer["dropout"])
        self._norm.setChecked(layer["batch_norm"])
        self.set_open(state.is_open)
        self._tell_options()

    def set_movable(self, *, up: bool, down: bool) -> None:
        """Say which ways the layer may move."""
        self._up.setEnabled(up)
        self._down.setEnabled(down)

    def follow(self, by: int) -> None:
        """Take the focus with the layer that moved here."""
        wanted, other = (self._up, self._down) if by < 0 else (self._down, self._up)
        (wanted if wanted.isEnabled() else other).setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        for button in (self._up, self._down, self._close):
            button.set_theme(theme)

    def chain(self) -> list[QWidget]:
        """Return the fields in the order in which Tab visits them."""
        buttons = [self._up, self._down, self._close, *super().chain()]
        options = [self._kernel, self._stride, self._dropout, self._norm]
        return [self._number, self._activation, *buttons, *options]

    def _show_kind(self, kind: str) -> None:
        if kind != self._kind or not self._number.accessibleName():
            self._kind = kind
            _, word, most = _NUMBERS[kind]
            was_blocked = self._number.blockSignals(True)
            self._number.setMaximum(most)
            self._number.blockSignals(was_blocked)
            self._number.setAccessibleName(f"{word}, {kind} layer")
            self._number.setToolTip(word)
            self._activation.setAccessibleName(f"Activation, {kind} layer")
            self.name.setText(_NAMES[kind])
        for option in ("kernel_size", "stride"):
            self._options.set_field_visible(option, kind == "conv")

    def _tell_options(self) -> None:
        """Say in words what is not as usual."""
        kernel, stride = self._kernel.value(), self._stride.value()
        words = {
            f"{kernel} × {kernel}": self._kind == "conv" and kernel != 3,
            f"stride {stride}": self._kind == "conv" and stride != 2,
            f"dropout {self._dropout.text()}": self._dropout.content() != 0,
            "batch norm": self._norm.isChecked(),
        }
        self._summarise([word for word, is_said in words.items() if is_said])

    @Slot()
    def _take(self) -> None:
        self._tell_options()
        self.edited.emit()
