"""Keras models from an architecture."""

from dataclasses import dataclass
from typing import assert_never

import numpy as np

from aegui.engine.backend import keras
from aegui.specs import (
    AdamSpec,
    AdamWSpec,
    ArchitectureSpec,
    DenseLayer,
    OptimizerSpec,
    RmspropSpec,
    SgdSpec,
)


@dataclass(frozen=True)
class Models:
    """Three Keras models that share their weights: ``autoencoder`` is ``decoder(encoder(x))``."""

    autoencoder: keras.Model
    encoder: keras.Model
    decoder: keras.Model


def build_models(architecture: ArchitectureSpec, features: int, seed: int) -> Models:
    """Build the three models for rows of ``features`` numbers, initialised from ``seed``.

    Every initialiser gets a seed of its own, derived from ``seed`` and the layer's place, so
    nothing else that draws random numbers can change the weights.
    """
    code_width = architecture.code.width
    encoder = _stack("encoder", features, (*architecture.encoder, architecture.code))
    output = DenseLayer(width=features, activation=architecture.output_activation)
    decoder = _stack("decoder", code_width, (*architecture.decoder_layers, output))
    rows = keras.Input((features,), name="rows")
    autoencoder = keras.Model(rows, decoder(encoder(rows)), name="autoencoder")
    models = Models(autoencoder, encoder, decoder)
    initialise(models, seed)
    return models


def _stack(name: str, width: int, layers: tuple[DenseLayer, ...]) -> keras.Model:
    start = keras.Input((width,), name=f"{name}_input")
    tensor = start
    for place, layer in enumerate(layers, start=1):
        dense = keras.layers.Dense(layer.width, activation=layer.activation, name=f"{name}_{place}")
        tensor = dense(tensor)
    return keras.Model(start, tensor, name=name)


def initialise(models: Models, seed: int) -> None:
    """Give every layer fresh weights in place: what Keras' Dense begins with, from our seeds."""
    layers = [
        layer
        for half in (models.encoder, models.decoder)
        for layer in half.layers
        if isinstance(layer, keras.layers.Dense)
    ]
    for place, layer in enumerate(layers):
        layer.kernel_initializer = keras.initializers.GlorotUniform(seed=layer_seed(seed, place))
        layer.kernel.assign(layer.kernel_initializer(layer.kernel.shape))
        layer.bias.assign(np.zeros(layer.bias.shape, np.float32))


def layer_seed(run_seed: int, place: int) -> int:
    """Return the seed of the layer at ``place``, counted from the input."""
    state = np.random.SeedSequence([run_seed, place]).generate_state(1)[0]
    return int(state) & 0x7FFF_FFFF


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
