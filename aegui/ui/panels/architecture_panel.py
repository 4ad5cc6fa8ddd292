"""The second panel: the shape of the autoencoder."""

from typing import Any

from pydantic import TypeAdapter
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from aegui.specs import (
    ArchitectureSpec,
    ConvLayer,
    DatasetSpec,
    DenseLayer,
    LayerSpec,
    MnistSpec,
    stages,
)
from aegui.specs.layers import MAX_LAYERS
from aegui.specs.presets import find_preset, preset
from aegui.specs.words import LOSSES
from aegui.ui.forms import Form, Message, label
from aegui.ui.panels.add_layer import AddLayer
from aegui.ui.panels.code_size import CodeSize
from aegui.ui.panels.corruption_fields import CorruptionFields
from aegui.ui.panels.fields import Choice, grouped
from aegui.ui.panels.funnel import Funnel
from aegui.ui.panels.layer_list import LayerList
from aegui.ui.panels.model_choice import ModelChoice
from aegui.ui.panels.optimizer_fields import OptimizerFields
from aegui.ui.panels.spec_panel import Answering, SpecPanel
from aegui.ui.theme import Theme


class ArchitecturePanel(SpecPanel[ArchitectureSpec]):
    """Edits an ``ArchitectureSpec`` for the rows of the dataset that it is told."""

    def __init__(self) -> None:
        super().__init__("Architecture", 2, "architecture", TypeAdapter(ArchitectureSpec))
        self._dataset: DatasetSpec = MnistSpec()
        self._model = ModelChoice()
        self.funnel = Funnel()
        self._code_size = CodeSize()
        self._size_message = Message("architecture.code.width")
        self._list = LayerList(self._code_size.last_field)
        self._adding = {half: AddLayer(half) for half in ("encoder", "decoder")}
        self._mirror = QCheckBox("Decoder mirrors the encoder")
        self._settings = Form(label_width=66)
        self._corruption = CorruptionFields(self._settings)
        self._loss = Choice(LOSSES)
        self._settings.add_field("architecture.loss", "Loss", self._loss)
        self._optimizer = OptimizerFields(self._settings)
        self._words = label("", "muted", wrap=True)

        self._lay_out()

        self._model.activated.connect(self._take_model)
        for part in (self._code_size, self._list, self._corruption, self._optimizer):
            part.edited.connect(self._edited)
        for button in self._adding.values():
            button.wanted.connect(self._add_layer)
        self._mirror.toggled.connect(self._edited)
        self._loss.activated.connect(self._edited)

    def _lay_out(self) -> None:
        self.header.addWidget(self._model)
        adding = QHBoxLayout()
        adding.setSpacing(8)
        for button in self._adding.values():
            adding.addWidget(button, 1)
        self.body.setSpacing(6)
        for widget in (self.funnel, self._code_size, self._size_message, self._list):
            self.body.addWidget(widget)
        self.body.addLayout(adding)
        for rest in (self._mirror, self._settings, self._words, self._rest):
            self.body.addWidget(rest)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.funnel.set_theme(theme)
        self._list.set_theme(theme)
        for button in self._adding.values():
            button.set_theme(theme)

    def set_dataset(self, dataset: DatasetSpec) -> None:
        """Show the architecture for the rows of a dataset."""
        if dataset != self._dataset:
            self._dataset = dataset
            if self._value is not None:
                self._refresh()

    @Slot()
    def _take_model(self) -> None:
        """Fill in a known model; the optimizer stays, and what is typed into its fields."""
        self._fill_with(self._fill_model, preset(self._model.choice(), self._dataset))

    @Slot(str, str)
    def _add_layer(self, half: str, kind: str) -> None:
        self._list.add(half, self._new_conv(half) if kind == "conv" else self._new_dense(half))

    def _new_dense(self, half: str) -> LayerSpec:
        """Return a layer half-way down the funnel, on a scale of ratios."""
        way = stages(self.value(), self._dataset.row_shape)
        neighbour = way.all[way.code_place + (-1 if half == "encoder" else 1)].size
        width = round((neighbour * self.value().code.width) ** 0.5)
        return DenseLayer(width=max(1, min(width, 16_384)), activation="relu")

    def _new_conv(self, half: str) -> LayerSpec:
        """Return a convolution with twice the filters of the one before it."""
        value = self.value()
        layers = value.encoder[::-1] if half == "encoder" else value.decoder_layers
        filters = next((layer.filters for layer in layers if isinstance(layer, ConvLayer)), 8)
        return ConvLayer(filters=min(2 * filters, 512), activation="relu")

    def _fill(self, value: ArchitectureSpec) -> None:
        self._fill_model(value)
        self._optimizer.show_optimizer(value.optimizer)

    def _fill_model(self, value: ArchitectureSpec) -> None:
        self._list.show_architecture(value)
        self._code_size.set_largest(self._dataset.features)
        self._code_size.set_value(value.code.width)
        self._mirror.setChecked(value.mirrored)
        self._corruption.show_corruption(value.corruption)
        self._loss.choose(value.loss)

    def _read(self) -> dict[str, Any]:
        content = self._list.content()
        content["code"]["width"] = self._code_size.value()
        if self._mirror.isChecked():
            content["decoder"] = None
        return content | {
            "corruption": self._corruption.content(),
            "loss": self._loss.choice(),
            "optimizer": self._optimizer.content(),
        }

    def _answering(self) -> list[Answering]:
        return [self._size_message, self._list, self._settings]

    def _refresh(self) -> None:
        value, row = self.value(), self._dataset.row_shape
        self._code_size.set_largest(row.features)
        self._list.show_features(row.features)
        # A decoder of its own keeps what is typed into its fields, be it right or wrong.
        if value.mirrored:
            self._list.show_decoder(value)
        self._list.set_mirrored(value.mirrored)
        self._show_choices(value)
        way = stages(value, row)
        self.funnel.show_stages(way)
        ratio = row.features / value.code.width
        self._words.setText(f"{grouped(way.parameters)} parameters · {ratio:.3g} : 1 compression")

    def _show_choices(self, value: ArchitectureSpec) -> None:
        """Offer what the architecture and the data allow."""
        self._model.set_dataset(self._dataset)
        self._model.show_preset(find_preset(value, self._dataset))
        encoder, decoder = self._adding["encoder"], self._adding["decoder"]
        encoder.setEnabled(len(value.encoder) < MAX_LAYERS)
        decoder.setEnabled(not value.mirrored and len(value.decoder_layers) < MAX_LAYERS)
        for button in (encoder, decoder):
            button.set_pictures(self._dataset.image_shape is not None)
