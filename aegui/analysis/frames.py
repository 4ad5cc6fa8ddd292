"""Pictures of epochs, made as a run goes on."""

import numpy as np

from aegui.analysis.corruption import corrupted
from aegui.analysis.histogram import error_histogram
from aegui.analysis.reel import Reel
from aegui.data import Dataset
from aegui.records import (
    ChunkEnd,
    ChunkSnapshot,
    EpochEnd,
    EpochFrame,
    EpochSnapshot,
    FloatArray,
    TrainedModel,
)
from aegui.specs import ExperimentSpec

# The largest number of half precision, in which frames are kept.
_LARGEST = float(np.finfo(np.float16).max)


def strip_inputs(experiment: ExperimentSpec, dataset: Dataset) -> FloatArray:
    """Return what the model is given for the strip, (rows, features): damaged if it denoises."""
    rows = dataset.test[dataset.showcase()]
    corruption = experiment.architecture.corruption
    return rows if corruption is None else corrupted(rows, corruption, experiment.training.seed)


class FrameMaker:
    """Makes the pictures of one run's epochs and keeps them.

    ``earlier`` are those of the run that this one goes on from.
    """

    def __init__(
        self, experiment: ExperimentSpec, dataset: Dataset, earlier: tuple[EpochFrame, ...] = ()
    ) -> None:
        self._originals = dataset.test[dataset.showcase()]
        self._inputs = strip_inputs(experiment, dataset)
        self._reel = Reel(frame for frame in earlier if frame.position.is_integer())

    @property
    def frames(self) -> tuple[EpochFrame, ...]:
        """The frames kept so far, oldest first."""
        return self._reel.frames

    def epoch(self, end: EpochEnd) -> EpochSnapshot:
        """Return what the views show of an epoch, and keep its frame."""
        snapshot = self.snapshot(end)
        self._reel.add(snapshot.frame)
        return snapshot

    def snapshot(self, end: EpochEnd) -> EpochSnapshot:
        """Return what the views show of a model, without keeping it."""
        frame = self._frame(end.record.position, end.model, end.row_errors)
        return EpochSnapshot(end.record.epoch, frame, end.row_errors, end.model)

    def best(self, position: float, model: TrainedModel, row_errors: FloatArray) -> None:
        """Keep the frame of the epoch whose model the run leaves, which a long run has lost."""
        if self._reel.at(position) is None:
            self._reel.put(self._frame(position, model, row_errors))

    def chunk(self, end: ChunkEnd) -> ChunkSnapshot:
        """Return what the views show inside an epoch."""
        strip, errors = self._strip(end.model)
        return ChunkSnapshot(end.position, end.loss, strip, errors, end.model)

    def _frame(self, position: float, model: TrainedModel, row_errors: FloatArray) -> EpochFrame:
        strip, errors = self._strip(model)
        return EpochFrame(
            position=position,
            strip=np.clip(strip, -_LARGEST, _LARGEST).astype(np.float16),
            strip_errors=errors,
            histogram=error_histogram(row_errors),
        )

    def _strip(self, model: TrainedModel) -> tuple[FloatArray, FloatArray]:
        strip = model.reconstruct(self._inputs)
        return strip, np.abs(self._originals - strip).sum(axis=1)
