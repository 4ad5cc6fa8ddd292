"""The layers of an autoencoder as a list of rows."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from aegui.specs import ArchitectureSpec, DenseLayer, LayerSpec
from aegui.ui.forms import label
from aegui.ui.icons import icon
from aegui.ui.panels.fields import Choice, IntField
from aegui.ui.theme import DARK, Theme

ACTIVATIONS = {name: name for name in ("sigmoid", "relu", "tanh", "elu", "gelu", "linear")}
_MOST_WIDTH = 16_384
_BUTTONS = {"up": "Move up", "down": "Move down", "close": "Remove this layer"}


class LayerRow(QWidget):
    """One layer: what it is, its width and activation, and buttons to move or remove it."""

    edited = Signal()
    moved = Signal(int)
    removed = Signal()

    def __init__(self, role: str, *, is_code: bool = False, is_free: bool = True) -> None:
        super().__init__()
        self._name = label(role, "code" if is_code else "muted")
        self._name.setFixedWidth(42)
        self._width = IntField(1, _MOST_WIDTH)
        self._width.setFixedWidth(50)
        self._width.setAccessibleName(f"Width, {role.lower()} layer")
        self._width.setVisible(is_free)
        self._fixed = QLabel()
        self._fixed.setFixedWidth(50)
        self._fixed.setVisible(not is_free)
        self._activation = Choice(ACTIVATIONS)
        self._activation.setAccessibleName(f"Activation, {role.lower()} layer")
        self._buttons = {name: self._button(name) for name in _BUTTONS}

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._name)
        layout.addWidget(self._width)
        layout.addWidget(self._fixed)
        layout.addWidget(self._activation, 1)
        for button in self._buttons.values():
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            button.setVisible(is_free)
            layout.addWidget(button)

        self._width.valueChanged.connect(self.edited)
        self._activation.activated.connect(self.edited)
        self._buttons["up"].clicked.connect(lambda: self.moved.emit(-1))
        self._buttons["down"].clicked.connect(lambda: self.moved.emit(1))
        self._buttons["close"].clicked.connect(self.removed)

    def layer(self) -> dict[str, Any]:
        """Return the layer as it stands in a file."""
        return {
            "kind": "dense",
            "width": self._width.value(),
            "activation": self._activation.choice(),
        }

    def show_layer(self, layer: LayerSpec) -> None:
        """Show a layer."""
        self._width.blockSignals(True)
        self._width.setValue(layer.width)
        self._width.blockSignals(False)
        self._fixed.setText(f" {layer.width}")
        self._activation.choose(layer.activation)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for name, button in self._buttons.items():
            button.setIcon(icon(name, theme.muted))

    @staticmethod
    def _button(name: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "quiet")
        button.setToolTip(_BUTTONS[name])
        button.setAccessibleName(_BUTTONS[name])
        button.setFixedSize(18, 22)
        return button


class LayerSection(QWidget):
    """The hidden layers of one half, in the order in which data pass through them."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[LayerRow] = []
        self._theme = DARK
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)

    def layers(self) -> list[dict[str, Any]]:
        """Return the layers as they stand in a file."""
        return [row.layer() for row in self._rows]

    def show_layers(self, layers: tuple[LayerSpec, ...]) -> None:
        """Show layers, keeping the rows there are, so that a field that is edited stays."""
        while len(self._rows) > len(layers):
            row = self._rows.pop()
            row.hide()
            row.deleteLater()
        while len(self._rows) < len(layers):
            self._add_row()
        for row, layer in zip(self._rows, layers, strict=True):
            row.show_layer(layer)
        self.setVisible(bool(layers))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for row in self._rows:
            row.set_theme(theme)

    def _add_row(self) -> None:
        row = LayerRow("Dense")
        row.set_theme(self._theme)
        row.edited.connect(self.edited)
        row.moved.connect(lambda by: self._move(row, by))
        row.removed.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._layout.addWidget(row)

    def _move(self, row: LayerRow, by: int) -> None:
        place = self._rows.index(row)
        other = place + by
        if 0 <= other < len(self._rows):
            layers = [DenseLayer.model_validate(entry) for entry in self.layers()]
            layers[place], layers[other] = layers[other], layers[place]
            self.show_layers(tuple(layers))
            self.edited.emit()

    def _remove(self, row: LayerRow) -> None:
        layers = [DenseLayer.model_validate(entry) for entry in self.layers()]
        del layers[self._rows.index(row)]
        self.show_layers(tuple(layers))
        self.edited.emit()


class LayerList(QWidget):
    """Encoder's hidden layers, the code, decoder's hidden layers, the output."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._encoder = LayerSection()
        self._code = LayerRow("Code", is_code=True, is_free=False)
        self._decoder = LayerSection()
        self._output = LayerRow("Output", is_free=False)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self._encoder, self._code, self._decoder, self._output):
            layout.addWidget(part)
            part.edited.connect(self.edited)

    def show_architecture(self, architecture: ArchitectureSpec, features: int) -> None:
        """Show all layers; a mirrored decoder's are shown and cannot be edited."""
        self._encoder.show_layers(architecture.encoder)
        self._code.show_layer(architecture.code)
        self._decoder.show_layers(architecture.decoder_layers)
        self._decoder.setEnabled(not architecture.mirrored)
        output = DenseLayer(width=features, activation=architecture.output_activation)
        self._output.show_layer(output)

    def encoder(self) -> list[dict[str, Any]]:
        """Return the encoder's hidden layers as they stand in a file."""
        return self._encoder.layers()

    def decoder(self) -> list[dict[str, Any]]:
        """Return the decoder's hidden layers as they stand in a file."""
        return self._decoder.layers()

    def code_activation(self) -> str:
        """Return the activation of the code."""
        return str(self._code.layer()["activation"])

    def output_activation(self) -> str:
        """Return the activation of the output."""
        return str(self._output.layer()["activation"])

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for part in (self._encoder, self._code, self._decoder, self._output):
            part.set_theme(theme)
