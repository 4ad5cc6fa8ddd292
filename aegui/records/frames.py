"""What the views show of an epoch, small enough to keep every one of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aegui.records.model import FloatArray, TrainedModel


@dataclass(frozen=True, eq=False)
class Histogram:
    """Counts of errors between ``edges``, with what describes all of them.

    ``edges`` has one number more than ``counts``; ``mean`` and ``std`` (of the whole
    population) are 0 when ``n``, the number of errors, is 0.
    """

    edges: NDArray[np.float64]
    counts: NDArray[np.intp]
    mean: float
    std: float
    n: int


@dataclass(frozen=True, eq=False)
class EpochFrame:
    """An epoch's picture: reconstructions of the strip's rows, their errors, all rows' errors.

    ``strip`` is (rows, features), float16; ``strip_errors`` is (rows,); ``position`` is the
    epoch's end on the axis of epochs.
    """

    position: float
    strip: NDArray[np.float16]
    strip_errors: FloatArray
    histogram: Histogram


@dataclass(frozen=True, eq=False)
class EpochSnapshot:
    """What the views draw at an epoch's end.

    ``row_errors`` is Σ|x − x̂| of every test row, by the model as it was then.
    """

    epoch: int
    frame: EpochFrame
    row_errors: FloatArray
    model: TrainedModel


@dataclass(frozen=True, eq=False)
class ChunkSnapshot:
    """What the views draw inside an epoch: the strip, and a point of the training loss."""

    position: float
    loss: float
    strip: FloatArray
    strip_errors: FloatArray
    model: TrainedModel
