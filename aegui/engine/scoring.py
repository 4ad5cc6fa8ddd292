"""What a model makes of rows that it does not learn from: its loss and each row's error."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from aegui.engine.backend import keras, tf
from aegui.engine.layers import Sampling
from aegui.records import FloatArray

# Numbers in the widest layer for one slice of the rows, which is one call: some 15 ms here.
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


class Scorer:
    """Scores rows slice by slice, so that a training can pause before it is through with all."""

    def __init__(self, model: keras.Model, sampling: Sampling | None, widest: int) -> None:
        self._model = model
        self._sampling = sampling
        self._widest = widest

    def evaluate(
        self, score: Callable[..., Any], rows: tf.Tensor, between: Callable[[], None]
    ) -> Score:
        """Score ``rows``, (rows, features).

        Parameters
        ----------
        score
            ``score_slice`` in its compiled form.
        between
            Called between two slices.
        """
        if self._sampling is not None:
            self._sampling.val_kl.reset_state()
        count = len(rows)
        size = self.slice_rows(count)
        total, errors = 0.0, np.empty(count, np.float32)
        for start in range(0, count, size):
            if start:
                between()
            loss, error = score(rows, tf.constant(start), min(size, count - start))
            total += float(loss) * len(error)
            errors[start : start + size] = error
        errors.flags.writeable = False
        kl = None if self._sampling is None else float(self._sampling.val_kl.result())
        return Score(total / count, kl, errors)

    def slice_rows(self, rows: int) -> int:
        """Return how many of ``rows`` to score at a time: equal slices, for one graph serves."""
        largest = min(_SLICE_ROWS, max(1, _SLICE_VALUES // self._widest))
        fewest = -(-rows // largest)
        return -(-rows // (_equal_parts(rows, fewest) or fewest))

    def score_slice(self, rows: tf.Tensor, start: tf.Tensor, count: int) -> tuple[Any, Any]:
        """Return the mean loss of ``count`` rows from ``start`` on, and the error of each.

        They are taken part by part out of where they lie: a copy of them all would cost as much
        as what is done with them.
        """
        parts = _equal_parts(count, -(-count * self._widest // _PART_VALUES)) or 1
        size = count // parts

        def score_part(
            place: tf.Tensor, first: tf.Tensor, loss: tf.Tensor, errors: Any
        ) -> tuple[Any, ...]:
            part = tf.slice(rows, [first, 0], [size, rows.shape[1]])
            rebuilt = self._model(part, training=False)
            loss += self._loss(part, rebuilt)
            error = tf.reduce_sum(tf.abs(part - rebuilt), axis=-1)
            return place + 1, first + size, loss, errors.write(place, error)

        errors = tf.TensorArray(tf.float32, parts, element_shape=[size])
        # XLA would compile anew for each ``start``, were the loop not to change it.
        *_, loss, errors = tf.while_loop(
            lambda place, *_: place < parts,
            score_part,
            [tf.constant(0), start, tf.constant(0.0), errors],
            parallel_iterations=1,
        )
        return loss / parts, errors.concat()

    def _loss(self, rows: tf.Tensor, rebuilt: tf.Tensor) -> tf.Tensor:
        """Return what ``compute_loss`` does; for a sigmoid's cross-entropy in fewer operations.

        Keras takes that from what went into the sigmoid, too, and ends with log1p, which costs
        as much as the model itself. The plain logarithm is off by less than 6e-8 for a number.
        """
        logits = getattr(rebuilt, "_keras_logits", None)
        if self._model.loss != "binary_crossentropy" or logits is None:
            return self._model.compute_loss(x=rows, y=rows, y_pred=rebuilt, training=False)
        entropy = tf.nn.relu(logits) - logits * rows + tf.math.log(1 + tf.exp(-tf.abs(logits)))
        return tf.add_n([tf.reduce_mean(entropy), *self._model.losses])


def _equal_parts(rows: int, fewest: int) -> int | None:
    """Return the smallest number of equal parts, from ``fewest`` up to four times as many."""
    return next((count for count in range(fewest, 4 * fewest) if rows % count == 0), None)
