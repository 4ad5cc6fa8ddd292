"""What an autoencoder is built of: layers, the code between them, and damage to the input."""

from typing import Annotated, Literal

from pydantic import Field

from aegui.specs.base import Fraction, Spec, Width

Activation = Literal["sigmoid", "relu", "tanh", "elu", "gelu", "linear"]

MAX_LAYERS = 16


class DenseLayer(Spec):
    """A fully connected layer; batch normalisation and dropout, if any, come after it."""

    kind: Literal["dense"] = "dense"
    width: Width = 32
    activation: Activation = "relu"
    batch_norm: bool = False
    dropout: Fraction = 0.0


class ConvLayer(Spec):
    """A convolution over a picture: down by ``stride`` in an encoder, up by it in a decoder."""

    kind: Literal["conv"] = "conv"
    filters: Annotated[int, Field(ge=1, le=512)] = 16
    kernel_size: Annotated[int, Field(ge=1, le=11)] = 3
    stride: Annotated[int, Field(ge=1, le=4)] = 2
    activation: Activation = "relu"
    batch_norm: bool = False
    dropout: Fraction = 0.0


LayerSpec = Annotated[DenseLayer | ConvLayer, Field(discriminator="kind")]
Layers = Annotated[tuple[LayerSpec, ...], Field(max_length=MAX_LAYERS)]


class DenseCode(Spec):
    """A code that is a dense layer's output; ``l1`` is the price of each unit's activity."""

    kind: Literal["dense"] = "dense"
    width: Width = 32
    activation: Activation = "relu"
    l1: Annotated[float, Field(ge=0, le=1)] = 0.0


class VariationalCode(Spec):
    """A code drawn from a normal distribution that the encoder gives for each row.

    ``beta`` weighs the divergence from a standard normal; it grows from 0 to its full weight
    over the first ``warm_up_epochs``.
    """

    kind: Literal["variational"] = "variational"
    width: Width = 2
    beta: Annotated[float, Field(ge=0, le=1000)] = 1.0
    warm_up_epochs: Annotated[int, Field(ge=0, le=100_000)] = 0

    def beta_in(self, epoch: int) -> float:
        """Return the weight of the divergence in an epoch, counted from 1."""
        if self.warm_up_epochs == 0:
            return self.beta
        return self.beta * min(1.0, epoch / self.warm_up_epochs)


CodeSpec = Annotated[DenseCode | VariationalCode, Field(discriminator="kind")]


class GaussianCorruption(Spec):
    """Normal noise added to the input while training."""

    kind: Literal["gaussian"] = "gaussian"
    stddev: Annotated[float, Field(gt=0, le=10)] = 0.3


class MaskingCorruption(Spec):
    """A random share of the input set to zero while training."""

    kind: Literal["masking"] = "masking"
    share: Annotated[float, Field(gt=0, lt=1)] = 0.5


CorruptionSpec = Annotated[GaussianCorruption | MaskingCorruption, Field(discriminator="kind")]
