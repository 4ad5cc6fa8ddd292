"""The second panel: the shape of the autoencoder."""

from typing import Any

from pydantic import TypeAdapter
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton

from aegui.specs import (
    AdamSpec,
    AdamWSpec,
    ArchitectureSpec,
    DenseLayer,
    OptimizerSpec,
    RmspropSpec,
    SgdSpec,
)
from aegui.specs.architecture import MAX_LAYERS
from aegui.ui.forms import Form, label
from aegui.ui.icons import icon
from aegui.ui.panels.code_size import CodeSize
from aegui.ui.panels.fields import Choice, FloatField, grouped
from aegui.ui.panels.funnel import Funnel
from aegui.ui.panels.layer_list import LayerList
from aegui.ui.panels.spec_panel import SpecPanel
from aegui.ui.theme import Theme

_LOSSES = {
    "binary_crossentropy": "Binary cross-entropy",
    "mean_squared_error": "Mean squared error",
    "mean_absolute_error": "Mean absolute error",
}
_OPTIMIZERS = {"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop", "adamw": "AdamW"}
_FRESH: dict[str, OptimizerSpec] = {
    "adam": AdamSpec(),
    "sgd": SgdSpec(),
    "rmsprop": RmspropSpec(),
    "adamw": AdamWSpec(),
}
# The one setting beside the learning rate that people turn.
_SECOND = {"sgd": "momentum", "rmsprop": "rho", "adamw": "weight_decay"}
_NAMES = {"momentum": "Momentum", "rho": "Rho", "weight_decay": "Decay"}


class ArchitecturePanel(SpecPanel[ArchitectureSpec]):
    """Edits an ``ArchitectureSpec`` for rows of as many features as it is told."""

    def __init__(self) -> None:
        super().__init__("Architecture", 2, "architecture", TypeAdapter(ArchitectureSpec))
        self._features = 784
        self._optimizer_spec: OptimizerSpec = AdamSpec()
        self._funnel = Funnel()
        self._code_size = CodeSize()
        self._list = LayerList()
        self._list_messages = Form()
        self._add_encoder = QPushButton("Encoder")
        self._add_decoder = QPushButton("Decoder")
        for button, half in ((self._add_encoder, "encoder"), (self._add_decoder, "decoder")):
            button.setProperty("role", "dashed")
            button.setToolTip(f"Add a layer to the {half}")
            button.setAccessibleName(f"Add a layer to the {half}")
        self._mirror = QCheckBox("Decoder mirrors the encoder")
        self._loss, self._optimizer = Choice(_LOSSES), Choice(_OPTIMIZERS)
        self._rate = FloatField()
        self._seconds = {name: FloatField() for name in _NAMES}
        self._settings = Form(label_width=76)
        self._words = label("", "muted", wrap=True)

        self._lay_out()

        self._code_size.edited.connect(self._edited)
        self._list.edited.connect(self._edited)
        self._add_encoder.clicked.connect(lambda: self._add_layer("encoder"))
        self._add_decoder.clicked.connect(lambda: self._add_layer("decoder"))
        self._mirror.toggled.connect(self._edited)
        self._loss.activated.connect(self._edited)
        self._optimizer.activated.connect(self._take_optimizer)
        for field in (self._rate, *self._seconds.values()):
            field.edited.connect(self._edited)

    def _lay_out(self) -> None:
        self._list_messages.add_message("architecture.code.width")
        self._list_messages.add_message("architecture.output_activation")
        self._settings.add_field("architecture.loss", "Loss", self._loss)
        self._settings.add_field("architecture.optimizer", "Optimizer", self._optimizer)
        self._settings.add_field(
            "architecture.optimizer.learning_rate", "Learning rate", self._rate
        )
        for name, field in self._seconds.items():
            self._settings.add_field(f"architecture.optimizer.{name}", _NAMES[name], field)
        adding = QHBoxLayout()
        adding.setSpacing(8)
        adding.addWidget(self._add_encoder, 1)
        adding.addWidget(self._add_decoder, 1)
        self.body.setSpacing(6)
        self.body.addWidget(self._funnel)
        self.body.addWidget(self._code_size)
        self.body.addWidget(self._list)
        self.body.addWidget(self._list_messages)
        self.body.addLayout(adding)
        for widget in (self._mirror, self._settings, self._words, self._rest):
            self.body.addWidget(widget)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._funnel.set_theme(theme)
        self._list.set_theme(theme)
        for button in (self._add_encoder, self._add_decoder):
            button.setIcon(icon("plus", theme.link, disabled=theme.muted))

    def set_features(self, features: int) -> None:
        """Show the architecture for rows of ``features`` numbers."""
        if features != self._features:
            self._features = features
            if self._value is not None:
                self._refresh()

    @Slot()
    def _take_optimizer(self) -> None:
        self._optimizer_spec = _FRESH[self._optimizer.choice()]
        self._show_optimizer()
        self._edited()

    def _add_layer(self, half: str) -> None:
        value = self.value()
        if half == "encoder":
            before = value.encoder[-1].width if value.encoder else self._features
            layer = self._layer_between(before, value.code.width)
            change: dict[str, Any] = {"encoder": (*value.encoder, layer)}
        else:
            after = value.decoder_layers[0].width if value.decoder_layers else self._features
            layer = self._layer_between(after, value.code.width)
            change = {"decoder": (layer, *value.decoder_layers)}
        self._list.show_architecture(value.model_copy(update=change), self._features)
        self._edited()

    @staticmethod
    def _layer_between(wide: int, narrow: int) -> DenseLayer:
        """Return a layer half-way down the funnel, on a scale of ratios."""
        return DenseLayer(width=max(1, round((wide * narrow) ** 0.5)), activation="relu")

    def _fill(self, value: ArchitectureSpec) -> None:
        self._list.show_architecture(value, self._features)
        self._code_size.set_largest(self._features)
        self._code_size.set_value(value.code.width)
        self._mirror.setChecked(value.mirrored)
        self._loss.choose(value.loss)
        self._optimizer_spec = value.optimizer
        self._show_optimizer()

    def _show_optimizer(self) -> None:
        spec = self._optimizer_spec
        self._optimizer.choose(spec.kind)
        self._rate.show_number(spec.learning_rate)
        for name, field in self._seconds.items():
            is_shown = _SECOND.get(spec.kind) == name
            self._settings.set_field_visible(f"architecture.optimizer.{name}", is_shown)
            if is_shown:
                field.show_number(getattr(spec, name))

    def _read(self) -> dict[str, Any]:
        optimizer: dict[str, Any] = self._optimizer_spec.model_dump()
        optimizer["learning_rate"] = self._rate.content()
        second = _SECOND.get(self._optimizer_spec.kind)
        if second is not None:
            optimizer[second] = self._seconds[second].content()
        return {
            "encoder": self._list.encoder(),
            "code": {
                "kind": "dense",
                "width": self._code_size.value(),
                "activation": self._list.code_activation(),
            },
            "decoder": None if self._mirror.isChecked() else self._list.decoder(),
            "output_activation": self._list.output_activation(),
            "loss": self._loss.choice(),
            "optimizer": optimizer,
        }

    def _forms(self) -> list[Form]:
        return [self._list_messages, self._settings]

    def _refresh(self) -> None:
        value = self.value()
        self._code_size.set_largest(self._features)
        self._list.show_architecture(value, self._features)
        self._add_encoder.setEnabled(len(value.encoder) < MAX_LAYERS)
        self._add_decoder.setEnabled(not value.mirrored and len(value.decoder_layers) < MAX_LAYERS)
        self._funnel.show_widths(value.widths(self._features), len(value.encoder) + 1)
        parameters = grouped(value.parameters(self._features))
        ratio = self._features / value.code.width
        self._words.setText(f"{parameters} parameters · {ratio:.3g} : 1 compression")
