"""Keras models from an architecture."""

from dataclasses import dataclass
from math import prod
from typing import Any, assert_never

from aegui.engine.backend import keras
from aegui.engine.layers import Masking, Sampling
from aegui.specs import (
    AdamSpec,
    AdamWSpec,
    ArchitectureSpec,
    ConvLayer,
    CorruptionSpec,
    DenseLayer,
    GaussianCorruption,
    LayerSpec,
    MaskingCorruption,
    OptimizerSpec,
    RmspropSpec,
    RowShape,
    SgdSpec,
    VariationalCode,
)
from aegui.specs.stages import decoder_field, image_field


@dataclass(frozen=True)
class Models:
    """Three Keras models that share their weights: ``autoencoder`` is ``decoder(encoder(x))``."""

    autoencoder: keras.Model
    encoder: keras.Model
    decoder: keras.Model


def build_models(architecture: ArchitectureSpec, row: RowShape) -> Models:
    """Build the three models for rows of a shape; ``initialise`` gives them their weights."""
    encoder = _encoder(architecture, row)
    decoder = _decoder(architecture, row)
    rows = keras.Input((row.features,), name="rows")
    autoencoder = keras.Model(rows, decoder(encoder(rows)), name="autoencoder")
    return Models(autoencoder, encoder, decoder)


def _encoder(architecture: ArchitectureSpec, row: RowShape) -> keras.Model:
    start = keras.Input((row.features,), name="encoder_input")
    tensor = start if architecture.corruption is None else _corrupt(architecture.corruption, start)
    layers = architecture.encoder
    if any(isinstance(layer, ConvLayer) for layer in layers):
        tensor = keras.layers.Reshape(image_field(row), name="encoder_image")(tensor)
    is_flat = tensor is start or len(tensor.shape) == 2
    for place, layer in enumerate(layers, start=1):
        if isinstance(layer, DenseLayer) and not is_flat:
            tensor, is_flat = keras.layers.Flatten(name="encoder_flat")(tensor), True
        tensor = _hidden(f"encoder_{place}", layer, tensor, up=False)
    if not is_flat:
        tensor = keras.layers.Flatten(name="encoder_flat")(tensor)
    return keras.Model(start, _code(architecture, row, tensor), name="encoder")


def _code(architecture: ArchitectureSpec, row: RowShape, tensor: Any) -> Any:
    code = architecture.code
    if isinstance(code, VariationalCode):
        mean = keras.layers.Dense(code.width, name="code_mean")(tensor)
        log_variance = keras.layers.Dense(code.width, name="code_log_variance")(tensor)
        sampling = Sampling(code.beta, kl_scale=row.features, name="code")
        return sampling([mean, log_variance])
    price = keras.regularizers.L1(code.l1) if code.l1 else None
    dense = keras.layers.Dense(
        code.width, activation=code.activation, activity_regularizer=price, name="code"
    )
    return dense(tensor)


def _decoder(architecture: ArchitectureSpec, row: RowShape) -> keras.Model:
    start = keras.Input((architecture.code.width,), name="decoder_input")
    layers = architecture.decoder_layers
    tensor = start
    for place, layer in enumerate(layers, start=1):
        if isinstance(layer, DenseLayer):
            tensor = _hidden(f"decoder_{place}", layer, tensor, up=False)
    field = decoder_field(layers, image_field(row))
    if field is None:
        output = keras.layers.Dense(
            row.features, activation=architecture.output_activation, name="output"
        )
        return keras.Model(start, output(tensor), name="decoder")
    unfold = keras.layers.Dense(prod(field), activation="relu", name="decoder_unfold")
    tensor = keras.layers.Reshape(field, name="decoder_image")(unfold(tensor))
    for place, layer in enumerate(layers, start=1):
        if isinstance(layer, ConvLayer):
            tensor = _hidden(f"decoder_{place}", layer, tensor, up=True)
    output = keras.layers.Conv2D(
        1, 3, padding="same", activation=architecture.output_activation, name="output"
    )
    picture = _cut(output(tensor), image_field(row))
    flat = keras.layers.Reshape((row.features,), name="decoder_row")(picture)
    return keras.Model(start, flat, name="decoder")


def _cut(picture: Any, field: tuple[int, ...]) -> Any:
    """Cut off what strides that do not divide the sides have added at the right and below."""
    below, right = picture.shape[1] - field[0], picture.shape[2] - field[1]
    if below == right == 0:
        return picture
    return keras.layers.Cropping2D(((0, below), (0, right)), name="decoder_cut")(picture)


def _hidden(name: str, layer: LayerSpec, tensor: Any, *, up: bool) -> Any:
    if isinstance(layer, DenseLayer):
        tensor = keras.layers.Dense(layer.width, activation=layer.activation, name=name)(tensor)
    else:
        kind = keras.layers.Conv2DTranspose if up else keras.layers.Conv2D
        convolution = kind(
            layer.filters,
            layer.kernel_size,
            strides=layer.stride,
            padding="same",
            activation=layer.activation,
            name=name,
        )
        tensor = convolution(tensor)
    if layer.batch_norm:
        tensor = keras.layers.BatchNormalization(name=f"{name}_norm")(tensor)
    if layer.dropout:
        tensor = keras.layers.Dropout(layer.dropout, seed=0, name=f"{name}_dropout")(tensor)
    return tensor


def _corrupt(corruption: CorruptionSpec, tensor: Any) -> Any:
    match corruption:
        case GaussianCorruption():
            return keras.layers.GaussianNoise(corruption.stddev, seed=0, name="corruption")(tensor)
        case MaskingCorruption():
            return Masking(corruption.share, name="corruption")(tensor)
        case _:
            assert_never(corruption)


def make_optimizer(spec: OptimizerSpec) -> keras.optimizers.Optimizer:
    """Return the Keras optimizer that a spec describes."""
    settings = spec.model_dump(exclude={"kind"})
    match spec:
        case AdamSpec():
            return keras.optimizers.Adam(**settings)
        case SgdSpec():
            return keras.optimizers.SGD(**settings)
        case RmspropSpec():
            return keras.optimizers.RMSprop(**settings)
        case AdamWSpec():
            return keras.optimizers.AdamW(**settings)
        case _:
            assert_never(spec)
