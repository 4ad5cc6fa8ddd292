"""Range, mean and spread of columns whose values come part by part."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Moments:
    """Of each column: count, least, largest and mean value, and Σ(x − mean)², each (columns,)."""

    count: Numbers
    low: Numbers
    high: Numbers
    mean: Numbers
    squares: Numbers

    @classmethod
    def of_nothing(cls, columns: int) -> "Moments":
        """Return those of so many columns without a value."""
        nothing = np.zeros(columns)
        return cls(nothing, nothing + np.inf, nothing - np.inf, nothing, nothing)

    @classmethod
    def of(cls, values: Numbers) -> "Moments":
        """Return those of values, (rows, columns), NaN where one is missing."""
        is_there = ~np.isnan(values)
        if is_there.all():
            return cls._of_whole(values)
        count = is_there.sum(axis=0).astype(np.float64)
        with np.errstate(over="ignore", invalid="ignore"):
            mean = np.where(is_there, values, 0.0).sum(axis=0) / np.maximum(count, 1)
            apart = np.where(is_there, values - mean, 0.0)
            squares = np.square(apart, out=apart).sum(axis=0)
        low = np.fmin.reduce(values, axis=0, initial=np.inf)
        high = np.fmax.reduce(values, axis=0, initial=-np.inf)
        return cls(count, low, high, mean, squares)

    @classmethod
    def _of_whole(cls, values: Numbers) -> "Moments":
        with np.errstate(over="ignore", invalid="ignore"):
            mean = values.mean(axis=0)
            squares = np.square(values - mean).sum(axis=0)
        count = np.full(values.shape[1], float(len(values)))
        return cls(count, values.min(axis=0), values.max(axis=0), mean, squares)

    def with_others(self, other: "Moments") -> "Moments":
        """Return those of both.

        Source: T. F. Chan, G. H. Golub, R. J. LeVeque, "Updating formulae and a pairwise
        algorithm for computing sample variances", 1979.
        """
        count = self.count + other.count
        with np.errstate(over="ignore", invalid="ignore"):
            apart = other.mean - self.mean
            share = other.count / np.maximum(count, 1)
            mean = self.mean + apart * share
            squares = self.squares + other.squares + apart * apart * self.count * share
        return Moments(
            count,
            np.minimum(self.low, other.low),
            np.maximum(self.high, other.high),
            mean,
            squares,
        )

    def of_column(self, place: int) -> "Moments":
        """Return those of a single column, (1,) each."""
        one = slice(place, place + 1)
        return Moments(
            self.count[one], self.low[one], self.high[one], self.mean[one], self.squares[one]
        )

    def together(self) -> "Moments":
        """Return those of all columns taken as one."""
        count = self.count.sum(keepdims=True)
        mean = (self.count * self.mean).sum(keepdims=True) / np.maximum(count, 1)
        between = self.count * np.square(self.mean - mean)
        squares = (self.squares + between).sum(keepdims=True)
        return Moments(
            count, self.low.min(keepdims=True), self.high.max(keepdims=True), mean, squares
        )

    @property
    def spread(self) -> Numbers:
        """Standard deviation of each column."""
        with np.errstate(invalid="ignore"):
            return np.asarray(np.sqrt(self.squares / np.maximum(self.count, 1)))
