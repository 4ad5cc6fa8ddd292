"""The shape of an autoencoder: layers, code, loss and optimizer."""

from typing import Literal, Self

from pydantic import model_validator

from aegui.specs.base import Spec
from aegui.specs.layers import (
    Activation,
    CodeSpec,
    ConvLayer,
    CorruptionSpec,
    DenseCode,
    Layers,
    LayerSpec,
    VariationalCode,
)
from aegui.specs.optimizers import AdamSpec, OptimizerSpec

Loss = Literal["binary_crossentropy", "mean_squared_error", "mean_absolute_error"]


class ArchitectureSpec(Spec):
    """Hidden layers, the code between them, and an output as wide as the data.

    ``decoder`` holds the decoder's own hidden layers, or None to mirror the encoder's.
    Convolutions come first in an encoder and last in a decoder. ``corruption`` damages the input
    while training; the target stays clean (a denoising autoencoder).
    """

    encoder: Layers = ()
    code: CodeSpec = DenseCode()
    decoder: Layers | None = None
    output_activation: Activation = "sigmoid"
    loss: Loss = "binary_crossentropy"
    optimizer: OptimizerSpec = AdamSpec()
    corruption: CorruptionSpec | None = None

    @model_validator(mode="after")
    def _convolutions_see_pictures(self) -> Self:
        if _kinds(self.encoder) != sorted(_kinds(self.encoder)):
            raise ValueError("the encoder's convolutions must come before its dense layers")
        if self.decoder is not None and _kinds(self.decoder)[::-1] != sorted(_kinds(self.decoder)):
            raise ValueError("the decoder's convolutions must come after its dense layers")
        return self

    @property
    def mirrored(self) -> bool:
        """Whether the decoder follows the encoder."""
        return self.decoder is None

    @property
    def decoder_layers(self) -> tuple[LayerSpec, ...]:
        """The decoder's hidden layers, between code and output."""
        return self.encoder[::-1] if self.decoder is None else self.decoder

    @property
    def is_convolutional(self) -> bool:
        """Whether any layer is a convolution."""
        return any(isinstance(x, ConvLayer) for x in (*self.encoder, *self.decoder_layers))

    @property
    def is_variational(self) -> bool:
        """Whether the code is drawn from a distribution."""
        return isinstance(self.code, VariationalCode)


def _kinds(layers: tuple[LayerSpec, ...]) -> list[str]:
    """Return the kinds in words that sort as they must stand in an encoder."""
    return [layer.kind for layer in layers]
