"""One compiled training program: an epoch's steps without Python between them.

``model.fit`` spends most of a small model's time in Python between steps. Here the training
rows live in one tensor, an epoch is a permutation of row numbers, and one ``tf.function`` runs
a ``tf.while_loop`` whose body gathers a batch and calls the model's own ``train_step``: every
Keras optimizer, loss and layer keeps its meaning.
"""

import logging
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aegui.engine.backend import keras, tf
from aegui.engine.compilation import gains_from_xla
from aegui.engine.keys import ProgramKey
from aegui.engine.layers import Sampling
from aegui.engine.models import build_models, make_optimizer
from aegui.engine.seeds import generators, initialise
from aegui.records import FloatArray
from aegui.specs import ExperimentSpec, stages

logger = logging.getLogger(__name__)

# Numbers in the widest layer for one slice of the test rows, which is one call: some 15 ms here.
_SLICE_VALUES = 8_000_000
_SLICE_ROWS = 16_384
# The same for one part of a slice, which a core's cache should hold.
_PART_VALUES = 1_000_000


@dataclass(frozen=True)
class Score:
    """A model's mean loss over some rows, its KL part in nats, and Σ|x − x̂| of each row."""

    loss: float
    kl: float | None
    row_errors: FloatArray


class Program:
    """A model with its compiled steps, reused for every run that has the same key.

    Each compiled program keeps 6 to 12 MB for good, so a run does not make a new one: it starts
    by ``reset``, which puts fresh weights into the old variables.
    """

    def __init__(self, key: ProgramKey) -> None:
        self.key = key
        self.full_steps, self._remainder = divmod(key.rows, key.batch)
        self.steps = self.full_steps + (self._remainder > 0)
        self._models = build_models(key.architecture, key.row)
        self.model = self._models.autoencoder
        self.model.compile(
            optimizer=make_optimizer(key.architecture.optimizer),
            loss=key.architecture.loss,
            jit_compile=False,
        )
        self._sampling = next(
            (layer for layer in self._models.encoder.layers if isinstance(layer, Sampling)), None
        )
        self._build_variables()
        self._compile(with_xla=gains_from_xla(key.architecture))

    def _build_variables(self) -> None:
        # What `fit` would create at its first step; inside the loop no variable can be made.
        rows = np.zeros((2, self.key.row.features), np.float32)
        self.model.optimizer.build(self.model.trainable_variables)
        self.model.compute_loss(x=rows, y=rows, y_pred=self.model(rows))
        self.model.reset_metrics()

    def _compile(self, *, with_xla: bool) -> None:
        self._uses_xla = with_xla
        steps = {"full": self._full_batches, "rest": self._rest_batch, "score": self._score}
        self._compiled = {
            name: tf.function(step, jit_compile=with_xla, autograph=False)
            for name, step in steps.items()
        }

    def _call(self, name: str, *arguments: tf.Tensor) -> Any:
        try:
            return self._compiled[name](*arguments)
        except (tf.errors.InvalidArgumentError, tf.errors.UnimplementedError):
            if not self._uses_xla:
                raise
            # XLA refuses before it does a step, so nothing is done twice.
            logger.warning("XLA is missing here; training as a plain graph", exc_info=True)
            self._compile(with_xla=False)
            return self._compiled[name](*arguments)

    def reset(self, seed: int, learning_rate: float) -> None:
        """Begin a run: fresh weights from ``seed``, an optimizer without memory."""
        initialise(self._models, seed)
        for variable in self.model.optimizer.variables:
            variable.assign(tf.zeros(variable.shape, variable.dtype))
        self.learning_rate = learning_rate
        self.model.reset_metrics()

    def start_epoch(self, beta: float | None = None) -> None:
        """Begin to average the loss anew; ``beta`` weighs the KL of a variational model."""
        self.model.reset_metrics()
        self.set_beta(beta)

    def set_beta(self, beta: float | None) -> None:
        """Weigh the KL of a variational model from the next step on."""
        if self._sampling is not None and beta is not None:
            self._sampling.beta.assign(beta)

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
            self._call("full", data, order, tf.constant(first), tf.constant(full))
        if self._remainder and first + count == self.steps:
            self._call("rest", data, order)

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
        self.model.train_step((batch, batch))

    @property
    def loss(self) -> float:
        """Mean training loss over the epoch's steps so far; NaN once a step's was."""
        return float(self.model.get_metrics_result()["loss"])

    @property
    def kl(self) -> float | None:
        """Mean KL in nats over the epoch's steps so far; None unless variational."""
        return None if self._sampling is None else float(self._sampling.kl.result())

    def kl_in_loss(self, kl: float) -> float:
        """Return the part of the loss that a KL in nats makes at the present β."""
        if self._sampling is None:
            return 0.0
        return float(self._sampling.beta) * kl / float(self._sampling.kl_scale)

    def evaluate(self, rows: tf.Tensor) -> Score:
        """Score ``rows``, (rows, features), with the weights as they are."""
        if self._sampling is not None:
            self._sampling.val_kl.reset_state()
        size = self._slice_of(len(rows))
        total, errors = 0.0, np.empty(len(rows), np.float32)
        for start in range(0, len(rows), size):
            loss, error = self._call("score", rows[start : start + size])
            total += float(loss) * len(error)
            errors[start : start + size] = error
        errors.flags.writeable = False
        kl = None if self._sampling is None else float(self._sampling.val_kl.result())
        return Score(total / len(rows), kl, errors)

    @cached_property
    def _widest(self) -> int:
        return max(stage.size for stage in stages(self.key.architecture, self.key.row).all)

    def _slice_of(self, rows: int) -> int:
        """Return how many of ``rows`` to score at a time: equal slices, for one program serves."""
        largest = min(_SLICE_ROWS, max(1, _SLICE_VALUES // self._widest))
        fewest = -(-rows // largest)
        return -(-rows // (_equal_parts(rows, fewest) or fewest))

    def _score(self, rows: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Return the mean loss of a slice of rows and each one's error, part by part."""
        count, features = rows.shape
        fewest = -(-count * self._widest // _PART_VALUES)
        parts = _equal_parts(count, fewest) or 1

        def score_part(place: tf.Tensor, loss: tf.Tensor, errors: Any) -> tuple[Any, ...]:
            part = tf.slice(rows, [place * (count // parts), 0], [count // parts, features])
            rebuilt = self.model(part, training=False)
            loss += self.model.compute_loss(x=part, y=part, y_pred=rebuilt, training=False)
            error = tf.reduce_sum(tf.abs(part - rebuilt), axis=-1)
            return place + 1, loss, errors.write(place, error)

        errors = tf.TensorArray(tf.float32, parts, element_shape=[count // parts])
        _, loss, errors = tf.while_loop(
            lambda place, *_: place < parts,
            score_part,
            [tf.constant(0), tf.constant(0.0), errors],
            parallel_iterations=1,
        )
        return loss / parts, errors.concat()

    @property
    def learning_rate(self) -> float:
        """The optimizer's learning rate."""
        return float(self.model.optimizer.learning_rate)

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        self.model.optimizer.learning_rate = value

    def weights(self) -> tuple[FloatArray, ...]:
        """Return copies of the weights as they are now, in Keras' order, read-only."""
        return tuple(frozen_copy(weight) for weight in self.model.weights)

    def variables(self) -> dict[str, keras.Variable]:
        """Return everything that a step reads or changes, by names that outlive the process."""
        groups = {
            "weight": self.model.weights,
            "optimizer": self.model.optimizer.variables,
            "metric": [variable for metric in self.model.metrics for variable in metric.variables],
        }
        named = {
            f"{group}_{place:03}": variable
            for group, variables in groups.items()
            for place, variable in enumerate(variables)
        }
        states = generators(self._models)
        return named | {f"generator_{name}": state for name, state in states.items()}


def _equal_parts(rows: int, fewest: int) -> int | None:
    """Return the smallest number of equal parts, from ``fewest`` up to four times as many."""
    return next((count for count in range(fewest, 4 * fewest) if rows % count == 0), None)


def frozen_copy(variable: keras.Variable) -> NDArray[Any]:
    """Return a variable's value as a read-only array of its own."""
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
