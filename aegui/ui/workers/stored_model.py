"""The model of a run that was read from disk."""

from functools import cached_property

from aegui.engine.plain import is_plain, trained_model
from aegui.records import FloatArray, TrainedModel
from aegui.runs import StoredRun


class StoredModel:
    """A ``TrainedModel`` whose first use may bring in TensorFlow: use it on a worker's thread."""

    def __init__(self, run: StoredRun) -> None:
        self._run = run

    @property
    def needs_engine(self) -> bool:
        """Whether it can be used only when TensorFlow is in."""
        return not is_plain(self._run.card.experiment.architecture)

    @property
    def weights(self) -> tuple[FloatArray, ...]:
        """The weights in Keras' order, read-only."""
        return self._run.weights

    @cached_property
    def _model(self) -> TrainedModel:
        experiment = self._run.card.experiment
        return trained_model(
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
