"""One compiled training program: an epoch's steps without Python between them.

``model.fit`` spends most of a small model's time in Python between steps. Here the training
rows live in one tensor, an epoch is a permutation of row numbers, and one ``tf.function`` runs
a ``tf.while_loop`` whose body gathers a batch and calls the model's own ``train_step``: every
Keras optimizer, loss and layer keeps its meaning.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aegui.engine.backend import keras, tf
from aegui.engine.models import build_models, initialise, make_optimizer
from aegui.records import FloatArray
from aegui.specs import ArchitectureSpec, ExperimentSpec

# Numbers in the widest layer for one slice of the test rows: some 30 ms here, and measured
# faster than larger and smaller slices (whole 100 000 × 32: 90 ms, in slices of 16 384: 13 ms).
_EVALUATION_VALUES = 8_000_000
_EVALUATION_ROWS = 16_384


@dataclass(frozen=True)
class ProgramKey:
    """What a program is compiled for: all but the seed, the epochs and the learning rate."""

    architecture: ArchitectureSpec
    features: int
    rows: int
    batch: int

    @classmethod
    def of(cls, experiment: ExperimentSpec) -> "ProgramKey":
        """Return the key of an experiment, its learning rate replaced by a fixed one."""
        architecture = experiment.architecture
        optimizer = architecture.optimizer.model_copy(update={"learning_rate": 1.0})
        return cls(
            architecture=architecture.model_copy(update={"optimizer": optimizer}),
            features=experiment.dataset.features,
            rows=experiment.dataset.train_rows,
            batch=experiment.training.batch_size,
        )


class Program:
    """A model with its compiled steps, reused for every run that has the same key.

    Each compiled program keeps 6 to 12 MB for good, so a run does not make a new one: it starts
    by ``reset``, which puts fresh weights into the old variables.
    """

    def __init__(self, key: ProgramKey) -> None:
        self.key = key
        self.full_steps, self._remainder = divmod(key.rows, key.batch)
        self.steps = self.full_steps + (self._remainder > 0)
        self._models = build_models(key.architecture, key.features, seed=0)
        self._model = self._models.autoencoder
        self._model.compile(
            optimizer=make_optimizer(key.architecture.optimizer),
            loss=key.architecture.loss,
            jit_compile=False,
        )
        self._build_variables()
        # Dense stacks gain from XLA (32–2–32: 0.13 s an epoch of 900 000 rows, 0.6 s without).
        self._run_full = tf.function(self._full_batches, jit_compile=True, autograph=False)
        self._run_rest = tf.function(self._rest_batch, jit_compile=True, autograph=False)
        self._evaluate = tf.function(
            self._score,
            autograph=False,
            input_signature=[tf.TensorSpec([None, key.features], tf.float32)],
        )

    def _build_variables(self) -> None:
        # What `fit` would create at its first step; inside the loop no variable can be made.
        rows = np.zeros((2, self.key.features), np.float32)
        self._model.optimizer.build(self._model.trainable_variables)
        self._model.compute_loss(x=rows, y=rows, y_pred=self._model(rows))
        self._model.reset_metrics()

    def reset(self, seed: int, learning_rate: float) -> None:
        """Begin a run: fresh weights from ``seed``, an optimizer without memory."""
        initialise(self._models, seed)
        optimizer = self._model.optimizer
        for variable in optimizer.variables:
            variable.assign(tf.zeros(variable.shape, variable.dtype))
        optimizer.learning_rate = learning_rate
        self._model.reset_metrics()

    def start_epoch(self) -> None:
        """Begin to average the loss anew."""
        self._model.reset_metrics()

    def run_steps(self, data: tf.Tensor, order: tf.Tensor, first: int, count: int) -> None:
        """Do ``count`` steps of the epoch from step ``first`` on.

        Parameters
        ----------
        data
            Training rows, (rows, features), float32.
        order
            Row numbers in the order in which the epoch takes them, (rows,), int32.
        """
        full = min(first + count, self.full_steps) - first
        if full > 0:
            self._run_full(data, order, tf.constant(first), tf.constant(full))
        if self._remainder and first + count == self.steps:
            self._run_rest(data, order)

    def _full_batches(
        self, data: tf.Tensor, order: tf.Tensor, first: tf.Tensor, count: tf.Tensor
    ) -> Any:
        batch = self.key.batch

        def step(index: tf.Tensor) -> tf.Tensor:
            self._step(data, tf.slice(order, [index * batch], [batch]))
            return index + 1

        end = first + count
        return tf.while_loop(lambda index: index < end, step, [first])

    def _rest_batch(self, data: tf.Tensor, order: tf.Tensor) -> None:
        self._step(data, order[-self._remainder :])

    def _step(self, data: tf.Tensor, rows: tf.Tensor) -> None:
        batch = tf.gather(data, rows)
        self._model.train_step((batch, batch))

    @property
    def loss(self) -> float:
        """Mean training loss over the epoch's steps so far; NaN once a step's was."""
        return float(self._model.get_metrics_result()["loss"])

    def evaluate(self, rows: tf.Tensor) -> tuple[float, FloatArray]:
        """Return the mean loss and, for each row, Σ|x − x̂|, of ``rows`` (rows, features)."""
        widest = max(self.key.architecture.widths(self.key.features))
        size = min(_EVALUATION_ROWS, max(1, _EVALUATION_VALUES // widest))
        total, errors = 0.0, np.empty(len(rows), np.float32)
        for start in range(0, len(rows), size):
            loss, error = self._evaluate(rows[start : start + size])
            total += float(loss) * len(error)
            errors[start : start + size] = error
        return total / len(rows), errors

    def _score(self, rows: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        rebuilt = self._model(rows, training=False)
        loss = self._model.compute_loss(x=rows, y=rows, y_pred=rebuilt, training=False)
        return loss, tf.reduce_sum(tf.abs(rows - rebuilt), axis=-1)

    @property
    def learning_rate(self) -> float:
        """The optimizer's learning rate."""
        return float(self._model.optimizer.learning_rate)

    def weights(self) -> tuple[FloatArray, ...]:
        """Return copies of the weights as they are now, in Keras' order."""
        return tuple(_frozen_copy(weight) for weight in self._model.weights)


def _frozen_copy(variable: keras.Variable) -> NDArray[np.float32]:
    array = np.array(variable)
    array.flags.writeable = False
    return array


_programs: dict[ProgramKey, Program] = {}


def program_for(experiment: ExperimentSpec) -> Program:
    """Return the program of an experiment, made once and kept. Only one run may use it."""
    key = ProgramKey.of(experiment)
    if key not in _programs:
        _programs[key] = Program(key)
    return _programs[key]
