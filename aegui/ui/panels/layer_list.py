"""The layers of an autoencoder as a list of rows."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aegui.specs import ArchitectureSpec, ConvLayer, DenseLayer, LayerSpec, Problem
from aegui.ui.forms import Message, label, within
from aegui.ui.panels.code_row import CodeRow
from aegui.ui.panels.fields import Choice
from aegui.ui.panels.layer_row import ACTIVATIONS
from aegui.ui.panels.layer_section import LayerSection
from aegui.ui.panels.option_row import GAP, NAME_WIDTH, NUMBER_WIDTH
from aegui.ui.theme import Theme

_BUTTONS_WIDTH = 4 * 18 + 3 * GAP


class OutputRow(QWidget):
    """The output: as wide as the data, with an activation to choose."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        name = label("Output", "muted")
        name.setFixedWidth(NAME_WIDTH)
        self._features = label()
        self._features.setFixedWidth(NUMBER_WIDTH)
        self._features.setIndent(7)
        self.activation = Choice(ACTIVATIONS)
        self.activation.setAccessibleName("Activation, output layer")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(name)
        line.addWidget(self._features)
        line.addWidget(self.activation, 1)
        # Its fields stand below those of the other layers, which have buttons at their end.
        line.addSpacing(_BUTTONS_WIDTH)

        self.activation.activated.connect(self.edited)

    def show_features(self, features: int) -> None:
        """Say how wide the output is."""
        self._features.setText(str(features))


class LayerList(QWidget):
    """Encoder's hidden layers, the code, decoder's hidden layers, the output.

    Tab comes here from the field ``before``.
    """

    edited = Signal()

    def __init__(self, before: QWidget) -> None:
        super().__init__()
        self._before = before
        self._encoder, self._decoder = LayerSection(), LayerSection()
        self._code = CodeRow()
        self._output = OutputRow()
        self._encoder_message = Message("architecture.encoder")
        self._output_message = Message("architecture.output_activation")

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self._encoder, self._encoder_message, self._code, self._decoder):
            layout.addWidget(part)
        layout.addWidget(self._output)
        layout.addWidget(self._output_message)

        for section in (self._encoder, self._decoder):
            section.edited.connect(self.edited)
            section.rows_changed.connect(self._order_tabs)
        self._code.edited.connect(self.edited)
        self._output.edited.connect(self.edited)

    def show_architecture(self, architecture: ArchitectureSpec) -> None:
        """Show all layers, their options folded."""
        self._encoder.show_layers(architecture.encoder)
        self._code.show_code(architecture.code)
        self._output.activation.choose(architecture.output_activation)
        self.show_decoder(architecture)

    def show_decoder(self, architecture: ArchitectureSpec) -> None:
        """Show the decoder's layers; a mirrored decoder's cannot be edited."""
        self._decoder.show_layers(architecture.decoder_layers)
        self.set_mirrored(architecture.mirrored)

    def set_mirrored(self, is_mirrored: bool) -> None:
        """Let the decoder be edited, or only looked at."""
        self._decoder.setEnabled(not is_mirrored)

    def show_features(self, features: int) -> None:
        """Say how wide the output is."""
        self._output.show_features(features)

    def add(self, half: str, layer: LayerSpec) -> None:
        """Add a layer beside the code, or where its kind may stand nearest to it."""
        section = self._encoder if half == "encoder" else self._decoder
        kinds = [entry["kind"] for entry in section.layers()]
        # Convolutions come first in an encoder and last in a decoder.
        if half == "encoder":
            place = kinds.count("conv") if isinstance(layer, ConvLayer) else len(kinds)
        else:
            place = 0 if isinstance(layer, DenseLayer) else kinds.count("dense")
        section.insert(place, layer)

    def content(self) -> dict[str, Any]:
        """Return layers, code and output activation as they stand in a file."""
        return {
            "encoder": self._encoder.layers(),
            "code": self._code.content(),
            "decoder": self._decoder.layers(),
            "output_activation": self._output.activation.choice(),
        }

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Say problems beside the layers that they name; return the others."""
        rest = self._encoder.show_problems("architecture.encoder", problems)
        rest = self._decoder.show_problems("architecture.decoder", rest)
        rest = self._encoder_message.show_problems(rest)
        rest = self._output_message.show_problems(rest)
        mine, rest = within("architecture.code", rest)
        self._code.show_problems(mine)
        return rest

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for part in (self._encoder, self._code, self._decoder):
            part.set_theme(theme)

    @Slot()
    def _order_tabs(self) -> None:
        """Let Tab visit rows where they stand, not in the order in which they were made."""
        fields = [
            self._before,
            *self._encoder.chain(),
            *self._code.chain(),
            *self._decoder.chain(),
            self._output.activation,
        ]
        for before, after in pairwise(fields):
            QWidget.setTabOrder(before, after)
