"""What is looked at after an epoch: some rows, their codes and their reconstructions."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aegui.data import Dataset
from aegui.records import FloatArray, TrainedModel
from aegui.specs import Loss

# Keras keeps probabilities this far from 0 and 1 before it takes logarithms.
_EPSILON = 1e-7
# Fewer rows than this tell nothing about how things vary from row to row.
_FEWEST_ROWS = 20
# Deviations from independence, in standard deviations of what chance makes. Measured on 500 rows:
# noise of 2, 8, 32 and 784 features, six seeds each, −1.8 to 1.7; sinusoids 3 800; digits 2 300.
_CHANCE = 5.0


@dataclass(frozen=True, eq=False)
class Evidence:
    """``codes`` (k, code width) and ``reconstructions`` (k, features) of ``rows`` (k, features)."""

    codes: FloatArray
    reconstructions: FloatArray
    rows: FloatArray

    @cached_property
    def is_enough(self) -> bool:
        """Whether there are rows enough, and differences between them, to judge by."""
        return len(self.rows) >= _FEWEST_ROWS and self._spread > 0

    @cached_property
    def kept_variance(self) -> float:
        """Variance of the reconstructions over the rows, as a share of the rows' own."""
        return float(self.reconstructions.var(axis=0, dtype=np.float64).sum()) / self._spread

    @cached_property
    def distance_from_mean(self) -> float:
        """|mean reconstruction − mean row|², as a share of the rows' variance."""
        difference = self.reconstructions.mean(axis=0) - self.rows.mean(axis=0)
        return float(np.square(difference, dtype=np.float64).sum()) / self._spread

    @cached_property
    def explained(self) -> float:
        """Share of the rows' variance that the reconstructions explain; 0 for the mean row."""
        squares = np.square(self.rows - self.reconstructions, dtype=np.float64).sum(axis=1)
        return 1.0 - float(squares.mean()) / self._spread

    @cached_property
    def has_pattern(self) -> bool:
        """Whether the numbers of a row depend on each other, as far as correlations tell.

        The sum of the squared correlations r² of all pairs of p features is compared with what
        chance makes of independent ones over n + 1 rows: its mean is p (p − 1) / 2n, its variance
        p (p − 1) (n − 1) / (n² (n + 2)) (J. R. Schott, "Testing for complete independence in high
        dimensions", Biometrika 92, 2005).
        """
        rows = self.rows.astype(np.float64)
        spread = rows.std(axis=0)
        rows = (rows - rows.mean(axis=0))[:, spread > 0] / spread[spread > 0]
        count, p = rows.shape
        n = count - 1
        if p < 2 or n < 2:
            return False
        # Σ r² over all pairs, both ways and with themselves: of the smaller of the two products.
        product = rows @ rows.T if p > count else rows.T @ rows
        squares = (np.square(product / count).sum() - p) / 2
        deviation = np.sqrt(p * (p - 1) * (n - 1) / (n * n * (n + 2)))
        return bool(squares - p * (p - 1) / (2 * n) > _CHANCE * deviation)

    def loss(self, kind: Loss) -> float:
        """Return the loss of the reconstructions, penalties left out."""
        return mean_loss(kind, self.rows, self.reconstructions)

    def loss_of_mean(self, kind: Loss) -> float:
        """Return the loss of the mean row, given for every row."""
        return mean_loss(kind, self.rows, np.broadcast_to(self.rows.mean(axis=0), self.rows.shape))

    def loss_of_copy(self, kind: Loss) -> float:
        """Return the loss of the rows themselves: cross-entropy's least is not 0."""
        return mean_loss(kind, self.rows, self.rows)

    @cached_property
    def _spread(self) -> float:
        return float(self.rows.var(axis=0, dtype=np.float64).sum())


def gather_evidence(dataset: Dataset, model: TrainedModel, count: int = 500) -> Evidence:
    """Return what a model makes of the first ``count`` test rows."""
    rows = dataset.test[:count]
    codes = model.encode(rows)
    return Evidence(codes, model.decode(codes), rows)


def mean_loss(kind: Loss, rows: FloatArray, guesses: FloatArray) -> float:
    """Return a loss by Keras' definition, averaged over rows and features, both (k, features)."""
    if kind == "mean_squared_error":
        return float(np.square(rows - guesses).mean(dtype=np.float64))
    if kind == "mean_absolute_error":
        return float(np.abs(rows - guesses).mean(dtype=np.float64))
    chance = np.clip(guesses, _EPSILON, 1 - _EPSILON)
    entropy = rows * np.log(chance) + (1 - rows) * np.log1p(-chance)
    return -float(entropy.mean(dtype=np.float64))
