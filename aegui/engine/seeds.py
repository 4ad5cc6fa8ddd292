"""Where the random numbers of a model come from: the run's seed and a layer's place, only.

Process-wide seeding breaks as soon as anything else draws a number; here every initialiser and
every random layer has a seed of its own.
"""

from collections.abc import Iterator

import numpy as np

from aegui.engine.backend import keras
from aegui.engine.models import Models


def layer_seed(run_seed: int, place: int) -> int:
    """Return the seed of the layer at ``place``, counted from the input."""
    state = np.random.SeedSequence([run_seed, place]).generate_state(1)[0]
    return int(state) & 0x7FFF_FFFF


def initialise(models: Models, seed: int) -> None:
    """Give every layer the weights that Keras begins with, in place, from our seeds."""
    for place, layer in enumerate(_layers(models)):
        own = layer_seed(seed, place)
        if isinstance(layer, keras.layers.BatchNormalization):
            _fill(layer.gamma, 1.0)
            _fill(layer.beta, 0.0)
            _fill(layer.moving_mean, 0.0)
            _fill(layer.moving_variance, 1.0)
        elif hasattr(layer, "kernel"):
            layer.kernel_initializer = keras.initializers.GlorotUniform(seed=own)
            layer.kernel.assign(layer.kernel_initializer(layer.kernel.shape))
            _fill(layer.bias, 0.0)
        elif hasattr(layer, "seed_generator"):
            layer.seed_generator.state.assign(np.array([own, 0], np.uint32))


def generators(models: Models) -> dict[str, keras.Variable]:
    """Return the states of the random layers' generators, by layer name.

    Their variables' own paths change when a model is loaded; names do not.
    """
    return {
        layer.name: layer.seed_generator.state
        for layer in _layers(models)
        if hasattr(layer, "seed_generator")
    }


def _layers(models: Models) -> Iterator[keras.layers.Layer]:
    yield from models.encoder.layers
    yield from models.decoder.layers


def _fill(variable: keras.Variable, value: float) -> None:
    variable.assign(np.full(variable.shape, value, np.float32))
