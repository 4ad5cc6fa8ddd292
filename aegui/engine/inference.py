"""Using a model: one compiled function for each direction, fed with the weights to use."""

import threading
from pathlib import Path
from typing import Any

import numpy as np

from aegui.engine.backend import keras, tf
from aegui.engine.models import Models, build_models, make_optimizer
from aegui.engine.seeds import initialise
from aegui.engine.taps import tapped
from aegui.records import FloatArray
from aegui.specs import ArchitectureSpec, ExperimentSpec, RowShape


class _Functions:
    """Encode, decode and reconstruct of one architecture, with weights as arguments.

    A call costs a third of a millisecond where ``model.predict`` takes fifty, and no training
    under way can change what it sees.
    """

    def __init__(self, architecture: ArchitectureSpec, row: RowShape) -> None:
        models = build_models(architecture, row)
        self._models, self._architecture = models, architecture
        weights = [tf.TensorSpec(weight.shape, tf.float32) for weight in models.autoencoder.weights]
        rows = tf.TensorSpec([None, row.features], tf.float32)
        codes = tf.TensorSpec([None, architecture.code.width], tf.float32)
        self._signature = [weights, rows]
        self._lock = threading.Lock()
        self._activate: Any = None
        self.encode = _stateless(models, models.encoder, [weights, rows])
        self.decode = _stateless(models, models.decoder, [weights, codes])
        self.reconstruct = _stateless(models, models.autoencoder, [weights, rows])

    def activate(self, weights: list[tf.Tensor], rows: FloatArray) -> list[tf.Tensor]:
        """Return what each stage says; most models are never asked, so it is made when one is."""
        with self._lock:
            if self._activate is None:
                model = tapped(self._models, self._architecture)
                self._activate = _stateless(self._models, model, self._signature)
        return list(self._activate(weights, rows))


def _stateless(models: Models, model: keras.Model, signature: list[Any]) -> Any:
    places = {id(weight): place for place, weight in enumerate(models.autoencoder.weights)}

    def values(variables: list[Any], weights: list[tf.Tensor]) -> list[Any]:
        # Random layers' generators are variables and not weights; outside training they rest.
        known = ((variable, places.get(id(variable))) for variable in variables)
        return [variable if place is None else weights[place] for variable, place in known]

    def call(weights: list[tf.Tensor], rows: tf.Tensor) -> tf.Tensor:
        outputs, _ = model.stateless_call(
            values(model.trainable_variables, weights),
            values(model.non_trainable_variables, weights),
            rows,
            training=False,
        )
        return outputs

    return tf.function(call, autograph=False, input_signature=signature)


class _FunctionsCache:
    """One set of functions for each architecture; asked for from several threads.

    None is dropped: the graphs would stay in the process, and new ones be added to them.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[tuple[ArchitectureSpec, RowShape], _Functions] = {}

    def get(self, architecture: ArchitectureSpec, row: RowShape) -> _Functions:
        plain = ArchitectureSpec(
            encoder=architecture.encoder,
            code=architecture.code,
            decoder=architecture.decoder_layers,
            output_activation=architecture.output_activation,
        )
        with self._lock:
            if (plain, row) not in self._made:
                self._made[plain, row] = _Functions(plain, row)
            return self._made[plain, row]


_cache = _FunctionsCache()


class WeightedModel:
    """A ``TrainedModel``: an architecture with fixed weights. Threads may share it."""

    def __init__(
        self, architecture: ArchitectureSpec, row: RowShape, weights: tuple[FloatArray, ...]
    ) -> None:
        self._functions = _cache.get(architecture, row)
        self._features, self._width = row.features, architecture.code.width
        self._weights = weights
        self._tensors = [tf.constant(weight) for weight in weights]

    @property
    def weights(self) -> tuple[FloatArray, ...]:
        """The weights in Keras' order, read-only."""
        return self._weights

    def encode(self, rows: FloatArray) -> FloatArray:
        """Return the codes, (rows, code width), of rows (rows, features)."""
        return np.array(self._functions.encode(self._tensors, _table(rows, self._features)))

    def decode(self, codes: FloatArray) -> FloatArray:
        """Return the rows, (rows, features), that codes (rows, code width) stand for."""
        return np.array(self._functions.decode(self._tensors, _table(codes, self._width)))

    def reconstruct(self, rows: FloatArray) -> FloatArray:
        """Return decode(encode(rows)), (rows, features)."""
        return np.array(self._functions.reconstruct(self._tensors, _table(rows, self._features)))

    def activations(self, rows: FloatArray) -> tuple[FloatArray, ...]:
        """Return what each stage after the input says to rows, (rows, *its shape)."""
        table = _table(rows, self._features)
        return tuple(np.array(said) for said in self._functions.activate(self._tensors, table))


def _table(rows: FloatArray, width: int) -> FloatArray:
    """Return rows that a function can take; raises ``ValueError`` for others.

    A ``tf.function`` whose very first call does not fit keeps a lock, and every call after that,
    a training's included, waits for ever.
    """
    if rows.ndim != 2 or rows.shape[1] != width:
        raise ValueError(f"the model takes rows of {width} numbers, not {rows.shape}")
    return rows


def save_keras(experiment: ExperimentSpec, weights: tuple[FloatArray, ...], path: Path) -> None:
    """Write the autoencoder as a ``.keras`` file, compiled, so that it can be trained on.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    architecture = experiment.architecture
    models = build_models(architecture, experiment.dataset.row_shape)
    initialise(models, experiment.training.seed)
    models.autoencoder.set_weights(weights)
    models.autoencoder.compile(
        optimizer=make_optimizer(architecture.optimizer), loss=architecture.loss
    )
    models.autoencoder.optimizer.build(models.autoencoder.trainable_variables)
    models.autoencoder.save(path)
