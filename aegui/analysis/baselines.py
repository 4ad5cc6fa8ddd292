"""What a model's errors are measured against: the training mean, PCA, and the loss' floor."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aegui.data import Dataset
from aegui.records import Baselines, ErrorFigures, FloatArray
from aegui.specs import ExperimentSpec
from aegui.specs.architecture import Loss

__all__ = ["Baselines", "compute_baselines", "loss_floor"]

# PCA is fitted on as many of the first training rows as have about this many numbers.
_MOST_NUMBERS = 8_000_000
# Numbers taken at a time: more would each time be memory that the system has to find first,
# which made the floor of MNIST take 0.7 s where it takes 0.1.
_BLOCK = 262_144

Rows = NDArray[np.floating[Any]]
Answer = Callable[[Rows], Rows]


def compute_baselines(experiment: ExperimentSpec, dataset: Dataset) -> Baselines:
    """Return the errors of the training mean and of PCA on the test rows, and the loss' floor.

    The error of a row is Σ|x − x̂|, as everywhere. For it the median of each feature would be
    the better constant; the mean is what a network that has learned nothing answers, with
    cross-entropy or squared error. The mean is that of all training rows; where these
    stay in their file, that of the sample that is at hand.

    PCA is scikit-learn's, by the covariance matrix (of more features than rows: by the singular
    values of the rows), in double precision, with as many components
    as the code has numbers, its answers clipped to the data's range. It is fitted on the first
    rows that have eight million numbers: 250 000 of 32 features, 10 204 of MNIST's 60 000. That
    changes a mean error of 7.666 on noise to 7.664, and 44.60 on MNIST (32 components) to 44.84,
    and takes 0.34 instead of 0.80 seconds on noise, 0.70 instead of 1.65 on MNIST.

    Parameters
    ----------
    experiment
        Its code's width and its loss count.
    dataset
        The rows of ``experiment.dataset``.
    """
    mean = dataset.train.mean(axis=0, dtype=np.float64, keepdims=True)
    width = min(experiment.architecture.code.width, dataset.features)
    return Baselines(
        mean=_figures(dataset.test, lambda _rows: mean),
        pca=_pca_figures(dataset, width),
        pca_width=width,
        floor=loss_floor(experiment.architecture.loss, dataset.test),
        sampled=dataset.stream is not None,
    )


def loss_floor(loss: Loss, rows: FloatArray) -> float | None:
    """Return the least mean loss over these rows that any answer has.

    Squared and absolute errors can be 0. The cross-entropy of a value x with an answer p is
    least at p = x, where it is the entropy −x ln x − (1 − x) ln(1 − x); the floor is the mean of
    it. Outside of [0, 1] there is no least one, and the answer is None.

    Parameters
    ----------
    loss
        One of the architecture's.
    rows
        (rows, features), at least one.
    """
    if loss != "binary_crossentropy":
        return 0.0
    total = 0.0
    for block in _blocks(rows):
        if block.min() < 0 or block.max() > 1:
            return None
        total += _entropy(block).sum()
    return float(total / rows.size)


def _entropy(values: Rows) -> Rows:
    # 0 ln 0 counts as 0; the smallest number keeps the logarithm finite and changes nothing else.
    least = np.finfo(np.float64).tiny
    rest = 1 - values
    parts = values * np.log(np.maximum(values, least)) + rest * np.log(np.maximum(rest, least))
    return np.asarray(-parts)


def _pca_figures(dataset: Dataset, width: int) -> ErrorFigures | None:
    sample = dataset.train[: max(_MOST_NUMBERS // dataset.features, 2)].astype(np.float64)
    if len(sample) < 2:
        return None
    from sklearn.decomposition import PCA

    # The covariance matrix of ten thousand features has no end; of so few rows, the rows have.
    is_wide = dataset.features > len(sample)
    solver = "full" if is_wide else "covariance_eigh"
    pca = PCA(min(width, *sample.shape), svd_solver=solver)
    # Of rows that are all the same, the share of variance explained is 0 / 0.
    with np.errstate(invalid="ignore"):
        pca.fit(sample)
    low, high = dataset.value_range

    def answer(rows: Rows) -> Rows:
        return np.asarray(np.clip(pca.inverse_transform(pca.transform(rows)), low, high))

    return _figures(dataset.test, answer)


def _figures(rows: FloatArray, answer: Answer) -> ErrorFigures:
    errors = np.concatenate([np.abs(block - answer(block)).sum(axis=1) for block in _blocks(rows)])
    return ErrorFigures(mean=float(errors.mean()), std=float(errors.std()))


def _blocks(rows: FloatArray) -> Iterator[NDArray[np.float64]]:
    """Yield the rows in double precision, a part at a time: all of them would be large."""
    count = max(_BLOCK // rows.shape[1], 1)
    for start in range(0, len(rows), count):
        yield rows[start : start + count].astype(np.float64)
