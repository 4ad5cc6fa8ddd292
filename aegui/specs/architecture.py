"""The shape of an autoencoder: layers, loss and optimizer."""

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from aegui.specs.base import Fraction, LearningRate, Spec, Width

Activation = Literal["sigmoid", "relu", "tanh", "elu", "gelu", "linear"]
Loss = Literal["binary_crossentropy", "mean_squared_error", "mean_absolute_error"]

MAX_LAYERS = 16


class DenseLayer(Spec):
    """A fully connected layer."""

    kind: Literal["dense"] = "dense"
    width: Width = 32
    activation: Activation = "relu"


# Files carry `kind` already; with the second kind of layer this becomes a union
# discriminated on it (pydantic takes no discriminator for a union of one).
LayerSpec = DenseLayer
Layers = Annotated[tuple[LayerSpec, ...], Field(max_length=MAX_LAYERS)]


class AdamSpec(Spec):
    """Adam (Kingma & Ba, 2015)."""

    kind: Literal["adam"] = "adam"
    learning_rate: LearningRate = 0.001
    beta_1: Fraction = 0.9
    beta_2: Fraction = 0.999


class SgdSpec(Spec):
    """Stochastic gradient descent with momentum."""

    kind: Literal["sgd"] = "sgd"
    learning_rate: LearningRate = 0.01
    momentum: Fraction = 0.9


class RmspropSpec(Spec):
    """RMSprop (Tieleman & Hinton, 2012)."""

    kind: Literal["rmsprop"] = "rmsprop"
    learning_rate: LearningRate = 0.001
    rho: Fraction = 0.9


class AdamWSpec(Spec):
    """Adam with decoupled weight decay (Loshchilov & Hutter, 2019)."""

    kind: Literal["adamw"] = "adamw"
    learning_rate: LearningRate = 0.001
    weight_decay: Fraction = 0.004
    beta_1: Fraction = 0.9
    beta_2: Fraction = 0.999


OptimizerSpec = Annotated[AdamSpec | SgdSpec | RmspropSpec | AdamWSpec, Field(discriminator="kind")]


class ArchitectureSpec(Spec):
    """Hidden layers, the code between them, and an output as wide as the data.

    ``decoder`` holds the decoder's own hidden layers, or None to mirror the encoder's.
    """

    encoder: Layers = ()
    code: LayerSpec = DenseLayer()
    decoder: Layers | None = None
    output_activation: Activation = "sigmoid"
    loss: Loss = "binary_crossentropy"
    optimizer: OptimizerSpec = AdamSpec()

    @property
    def mirrored(self) -> bool:
        """Whether the decoder follows the encoder."""
        return self.decoder is None

    @property
    def decoder_layers(self) -> tuple[LayerSpec, ...]:
        """The decoder's hidden layers, between code and output."""
        return self.encoder[::-1] if self.decoder is None else self.decoder

    def widths(self, features: int) -> tuple[int, ...]:
        """Return the width of every stage for rows of ``features`` numbers, input to output."""
        encoder = [layer.width for layer in self.encoder]
        decoder = [layer.width for layer in self.decoder_layers]
        return (features, *encoder, self.code.width, *decoder, features)

    def parameters(self, features: int) -> int:
        """Return the number of trainable numbers: a kernel and a bias for each layer."""
        return sum((wide + 1) * narrow for wide, narrow in pairwise(self.widths(features)))

    def summary(self, features: int) -> str:
        """Return the widths as people write them: ``784–32–784``."""
        return "–".join(str(width) for width in self.widths(features))
