"""Which points the curves of a run's history have."""

import math
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from aegui.records import EpochRecord, History
from aegui.ui.views.ranges import Range

# Epoch 0 is left to run out of the picture when it is this many times as far off as the rest.
_FAR_OFF = 10.0
_SETTLED_EPOCHS = 3

Points = NDArray[np.float64]
Value = Callable[[EpochRecord], float | None]


def is_variational(history: History) -> bool:
    """Tell whether the loss has a KL part, which is drawn apart."""
    return any(record.val_reconstruction is not None for record in history)


def training_value(record: EpochRecord) -> float | None:
    """Return the training loss of an epoch, without the KL part of a variational model."""
    return record.loss if record.val_reconstruction is None else record.reconstruction


def validation_value(record: EpochRecord) -> float | None:
    """Return the validation loss of an epoch, without the KL part of a variational model."""
    return record.val_loss if record.val_reconstruction is None else record.val_reconstruction


def middle(record: EpochRecord) -> float:
    """Return where the middle of an epoch's steps lies on the axis of epochs."""
    return record.position - record.fraction / 2


def training_points(records: Iterable[EpochRecord], value: Value = training_value) -> Points:
    """Return (points, 2): a mean over an epoch is drawn at the middle of what it is over."""
    return finite_points((middle(record), value(record)) for record in records)


def validation_points(records: Iterable[EpochRecord], value: Value = validation_value) -> Points:
    """Return (points, 2), each at its epoch's end."""
    return finite_points((record.position, value(record)) for record in records)


def finite_points(pairs: Iterable[tuple[float, float | None]]) -> Points:
    """Return the pairs whose second number can be drawn, (points, 2)."""
    kept = [(x, y) for x, y in pairs if y is not None and math.isfinite(y)]
    return np.asarray(kept, dtype=np.float64).reshape(-1, 2)


def positive(points: Points) -> Points:
    """Return the points that a logarithmic axis has a place for."""
    return points[points[:, 1] > 0]


def needed_range(training: Points, validation: Points, *, log: bool) -> Range | None:
    """Return the least and the greatest value that the axis needs room for, if there are any.

    On a linear axis that of epoch 0 is not among them where it is far off.
    """
    values = np.concatenate([training[:, 1], validation[:, 1]])
    later = validation[validation[:, 0] > 0]
    rest = np.concatenate([training[:, 1], later[:, 1]])
    if not log and later.size and later[-1, 0] >= _SETTLED_EPOCHS:
        room = rest.max() + _FAR_OFF * np.ptp(rest)
        values = np.concatenate([rest, values[values <= room]])
    if log:
        values = np.log10(values)
    return (float(values.min()), float(values.max())) if values.size else None
