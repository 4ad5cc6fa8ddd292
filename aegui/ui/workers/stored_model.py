"""The model of a run that was read from disk."""

from functools import cached_property
from typing import TYPE_CHECKING

from aegui.records import FloatArray
from aegui.runs import StoredRun

if TYPE_CHECKING:
    from aegui.engine.inference import WeightedModel


class StoredModel:
    """A ``TrainedModel`` whose first use brings in TensorFlow: use it on a worker's thread."""

    def __init__(self, run: StoredRun) -> None:
        self._run = run

    @property
    def weights(self) -> tuple[FloatArray, ...]:
        """The weights in Keras' order, read-only."""
        return self._run.weights

    @cached_property
    def _model(self) -> "WeightedModel":
        from aegui.engine.inference import WeightedModel

        experiment = self._run.card.experiment
        return WeightedModel(
            experiment.architecture, experiment.dataset.row_shape, self._run.weights
        )

    def encode(self, rows: FloatArray) -> FloatArray:
        """Return the codes, (rows, code width), of rows (rows, features)."""
        return self._model.encode(rows)

    def decode(self, codes: FloatArray) -> FloatArray:
        """Return the rows, (rows, features), that codes (rows, code width) stand for."""
        return self._model.decode(codes)

    def activations(self, rows: FloatArray) -> tuple[FloatArray, ...]:
        """Return what each stage after the input says to rows, (rows, *its shape)."""
        return self._model.activations(rows)

    def reconstruct(self, rows: FloatArray) -> FloatArray:
        """Return decode(encode(rows)), (rows, features)."""
        return self._model.reconstruct(rows)
