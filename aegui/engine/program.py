"""One compiled training program: an epoch's steps without Python between them.

``model.fit`` spends most of a small model's time in Python between steps. Here the training
rows live in one tensor, all or a window of them, an epoch is a permutation of row numbers, and
one ``tf.function`` runs a ``tf.while_loop`` whose body gathers a batch and calls the model's own
``train_step``: every Keras optimizer, loss and layer keeps its meaning.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aegui.engine.backend import keras, tf
from aegui.engine.compilation import CompiledFunctions, gains_from_xla
from aegui.engine.keys import ProgramKey
from aegui.engine.layers import Sampling
from aegui.engine.models import build_models, make_optimizer
from aegui.engine.scoring import Score, Scorer
from aegui.engine.seeds import generators, initialise
from aegui.engine.tensors import blank_tensor
from aegui.records import FloatArray
from aegui.specs import stages


class Program:
    """A model with its compiled steps, reused for every run that has the same key.

    Each compiled program keeps 6 to 12 MB for good, so a run does not make a new one: it starts
    by ``reset``, which puts fresh weights into the old variables.
    """

    def __init__(self, key: ProgramKey) -> None:
        self.key = key
        self.lease = threading.Lock()
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
        widest = max(stage.size for stage in stages(key.architecture, key.row).all)
        self._scorer = Scorer(self.model, self._sampling, widest)
        self.functions = CompiledFunctions(
            {
                "full": partial(self._batches, key.batch),
                "rest": partial(self._batches, self._remainder),
                "score": self._scorer.score_slice,
            },
            with_xla=gains_from_xla(key.architecture),
        )

    def _build_variables(self) -> None:
        # What `fit` would create at its first step; inside the loop no variable can be made.
        rows = np.zeros((2, self.key.row.features), np.float32)
        self.model.optimizer.build(self.model.trainable_variables)
        self.model.compute_loss(x=rows, y=rows, y_pred=self.model(rows))
        self.model.reset_metrics()

    def compile(self, test_rows: int) -> None:
        """Compile all that a training with ``test_rows`` needs, without a step and without data.

        Graphs are made in Python, one after the other; XLA compiles those that are ready
        meanwhile. (Two kinds of steps do not compile side by side: each holds the weights.)
        """
        features = self.key.row.features
        data, order = blank_tensor(self.key.held, features), tf.range(self.key.held)
        nothing = (data, order, tf.constant(0), tf.constant(0))
        scored = (
            tf.zeros([test_rows, features]),
            tf.constant(0),
            self._scorer.slice_rows(test_rows),
        )
        with ThreadPoolExecutor(1, "aegui-compile") as other:
            steps = []
            for kind in ("full", "rest") if self._remainder else ("full",):
                self.functions.trace(kind, *nothing)
                steps.append(other.submit(self.functions.call, kind, *nothing))
            self.functions.trace("score", *scored)
            self.functions.call("score", *scored)
            for made in steps:
                made.result()

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

    def run_steps(
        self, data: tf.Tensor, order: tf.Tensor, first: int, count: int, before: int = 0
    ) -> None:
        """Do ``count`` steps of the epoch from step ``first`` on.

        Parameters
        ----------
        data
            The training rows that are held, (held, features), float32.
        order
            Their numbers in the order in which the epoch takes them, (held,), int32.
        before
            Steps of the epoch before the first that takes rows out of ``data``.
        """
        full = min(first + count, self.full_steps) - first
        if full > 0:
            begin = tf.constant(first - before)
            self.functions.call("full", data, order, begin, tf.constant(full))
        if self._remainder and first + count == self.steps:
            last = tf.constant(self.full_steps - before)
            self.functions.call("rest", data, order, last, tf.constant(1))

    def _batches(
        self, size: int, data: tf.Tensor, order: tf.Tensor, first: tf.Tensor, count: tf.Tensor
    ) -> Any:
        """Do ``count`` steps of ``size`` rows each, from step ``first`` on."""

        def step(index: tf.Tensor) -> tf.Tensor:
            batch = tf.gather(data, tf.slice(order, [index * self.key.batch], [size]))
            self.model.train_step((batch, batch))
            return index + 1

        end = first + count
        return tf.while_loop(lambda index: index < end, step, [first])

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

    def evaluate(self, rows: tf.Tensor, between: Callable[[], None] = lambda: None) -> Score:
        """Score ``rows``, (rows, features), with the weights as they are.

        ``between`` is called between two slices of them: it may wait, and changes nothing.
        """
        return self._scorer.evaluate(partial(self.functions.call, "score"), rows, between)

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


def frozen_copy(variable: keras.Variable) -> NDArray[Any]:
    """Return a variable's value as a read-only array of its own."""
    array = np.array(variable)
    array.flags.writeable = False
    return array
