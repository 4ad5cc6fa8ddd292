"""Which rows of a file's blocks are learned, and which of them test."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from aegui.records import IndexArray


@dataclass(frozen=True, eq=False)
class Blocks:
    """A file's rows in blocks of ``size``, the last one shorter.

    The first ``used[i]`` rows of block i that are complete count, and are numbered through all
    blocks; ``tests`` are the numbers of those that test, and ``sample`` of some that train, both
    in order.
    """

    rows: int
    size: int
    used: IndexArray
    tests: IndexArray
    sample: IndexArray

    @cached_property
    def _edges(self) -> IndexArray:
        """The number of each block's first row, and the count of all rows."""
        return np.concatenate([[0], np.cumsum(self.used)])

    @property
    def train_counts(self) -> IndexArray:
        """How many rows of each block train, (blocks,)."""
        tests: IndexArray = np.diff(np.searchsorted(self.tests, self._edges))
        return self.used - tests

    def span(self, block: int) -> tuple[int, int]:
        """Return the first row of a block in the file, and the one after its last."""
        return block * self.size, min((block + 1) * self.size, self.rows)

    def split(
        self, block: int, is_whole: NDArray[np.bool_]
    ) -> tuple[IndexArray, IndexArray, IndexArray]:
        """Return which rows of a block train, which of these are in the sample, and which test.

        Parameters
        ----------
        is_whole
            Which of the block's rows are complete.
        """
        places = np.flatnonzero(is_whole)[: self.used[block]]
        first, end = self._edges[block : block + 2]
        tests, sample = (
            numbers[slice(*np.searchsorted(numbers, (first, end)))] - first
            for numbers in (self.tests, self.sample)
        )
        trains = np.ones(len(places), bool)
        trains[tests] = False
        return places[trains], places[sample], places[tests]


def used_rows(complete: IndexArray, wanted: int | None, seed: int) -> IndexArray:
    """Return how many rows of each block are used, if ``wanted`` of all complete ones are.

    Whole blocks are taken, spread over the file by chance, and a part of one.
    """
    if wanted is None or wanted >= complete.sum():
        return complete
    order = np.random.default_rng(seed).permutation(len(complete))
    left = wanted - np.concatenate([[0], np.cumsum(complete[order])[:-1]])
    used = np.empty_like(complete)
    used[order] = np.clip(left, 0, complete[order])
    return used


def drawn(rows: int, tests: int, sample: int, seed: int) -> tuple[IndexArray, IndexArray]:
    """Return the numbers of rows to test with, and of others, both in order and spread over all.

    One is drawn from each of equal stretches: a file may be sorted.
    """
    chance = np.random.default_rng(seed)
    count = min(rows, tests + sample)
    edges = np.arange(count + 1) * rows // count
    found = edges[:-1] + (chance.random(count) * np.diff(edges)).astype(np.intp)
    is_test = np.zeros(count, bool)
    is_test[chance.permutation(count)[:tests]] = True
    return found[is_test], found[~is_test]
