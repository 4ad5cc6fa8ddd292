"""A trained model of Dense layers used with NumPy alone.

A digit takes a twentieth of a millisecond this way, a third through TensorFlow; there is nothing
to compile, nothing shared with a training under way, and no TensorFlow to wait for: drawing with
the pretrained model begins with the window.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from aegui.records import FloatArray, TrainedModel
from aegui.specs import ArchitectureSpec, DenseLayer, LayerSpec, RowShape, VariationalCode

# Added by Keras' BatchNormalization to the variance.
_EPSILON = np.float32(1e-3)

_Step = Callable[[FloatArray], FloatArray]


def _elu(x: FloatArray) -> FloatArray:
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


# By their names in Keras. gelu is not among them: NumPy has no error function.
_ACTIVATIONS: dict[str, _Step] = {
    # 1 / (1 + exp(−x)) without an exponential that overflows.
    "sigmoid": lambda x: np.float32(0.5) + np.float32(0.5) * np.tanh(np.float32(0.5) * x),
    "relu": lambda x: np.maximum(x, 0),
    "tanh": np.tanh,
    "elu": _elu,
    "linear": lambda x: x,
}


def is_plain(architecture: ArchitectureSpec) -> bool:
    """Tell whether NumPy has all that an architecture's layers do outside training."""
    layers = (*architecture.encoder, *architecture.decoder_layers)
    names = {layer.activation for layer in layers} | {architecture.output_activation}
    if not isinstance(architecture.code, VariationalCode):
        names.add(architecture.code.activation)
    return all(isinstance(layer, DenseLayer) for layer in layers) and names <= set(_ACTIVATIONS)


def trained_model(
    architecture: ArchitectureSpec, row: RowShape, weights: Sequence[FloatArray]
) -> TrainedModel:
    """Return a model that uses ``weights``, given in Keras' order.

    It brings in TensorFlow only where the architecture is not plain.
    """
    if is_plain(architecture):
        return PlainModel(architecture, weights)
    from aegui.engine.inference import WeightedModel

    return WeightedModel(architecture, row, tuple(weights))


class PlainModel:
    """A ``TrainedModel`` of a plain architecture. Threads may share it."""

    def __init__(self, architecture: ArchitectureSpec, weights: Sequence[FloatArray]) -> None:
        self._weights = tuple(weights)
        left = iter(self._weights)
        self._encoder = [*_hidden(architecture.encoder, left), _code(architecture, left)]
        self._decoder = [
            *_hidden(architecture.decoder_layers, left),
            _dense(left, architecture.output_activation),
        ]

    @property
    def weights(self) -> tuple[FloatArray, ...]:
        """The weights in Keras' order, read-only."""
        return self._weights

    def encode(self, rows: FloatArray) -> FloatArray:
        """Return the codes, (rows, code width), of rows (rows, features)."""
        return _through(self._encoder, rows)

    def decode(self, codes: FloatArray) -> FloatArray:
        """Return the rows, (rows, features), that codes (rows, code width) stand for."""
        return _through(self._decoder, codes)

    def reconstruct(self, rows: FloatArray) -> FloatArray:
        """Return decode(encode(rows)), (rows, features)."""
        return self.decode(self.encode(rows))

    def activations(self, rows: FloatArray) -> tuple[FloatArray, ...]:
        """Return what each stage after the input says to rows, (rows, *its shape)."""
        said = []
        for step in (*self._encoder, *self._decoder):
            rows = _through([step], rows)
            said.append(rows)
        return tuple(said)


def _through(steps: Sequence[_Step], rows: FloatArray) -> FloatArray:
    # A model that went astray has numbers that overflow; that is its answer.
    with np.errstate(over="ignore", invalid="ignore"):
        for step in steps:
            rows = step(rows)
    return rows


def _hidden(layers: Sequence[LayerSpec], weights: Iterator[FloatArray]) -> Iterator[_Step]:
    """Yield a step for each layer, the normalisation that comes after it included."""
    for layer in layers:
        dense = _dense(weights, layer.activation)
        yield _normed(dense, _norm(weights)) if layer.batch_norm else dense


def _code(architecture: ArchitectureSpec, weights: Iterator[FloatArray]) -> _Step:
    if not isinstance(architecture.code, VariationalCode):
        return _dense(weights, architecture.code.activation)
    mean = _dense(weights, "linear")
    for _unused in ("kernel", "bias", "β"):
        # Outside training a code is its mean; the log-variance and β say nothing.
        next(weights)
    return mean


def _dense(weights: Iterator[FloatArray], activation: str) -> _Step:
    kernel, bias = next(weights), next(weights)
    activate = _ACTIVATIONS[activation]
    return lambda rows: activate(rows @ kernel + bias)


def _normed(dense: _Step, norm: _Step) -> _Step:
    """Return a layer with its normalisation as one step: a stage of the architecture."""
    return lambda rows: norm(dense(rows))


def _norm(weights: Iterator[FloatArray]) -> _Step:
    scale, offset, mean, variance = (next(weights) for _ in range(4))
    factor = scale / np.sqrt(variance + _EPSILON)
    return lambda rows: (rows - mean) * factor + offset
