"""A map by neighbourhoods: t-SNE, with progress, and a way out of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aegui.analysis.latent_map import fit_map
from aegui.records import FloatArray

if TYPE_CHECKING:
    from sklearn.neighbors import KDTree

# Steps done before a phase, its own steps, exaggeration and momentum: openTSNE's usual ones.
_PHASES = ((0, 250, 12.0, 0.5), (250, 500, 1.0, 0.8))
_STEPS = 750
_EVERY = 10
# Threads that share few rows wait for each other more than they work, all the more where others
# want the cores.
_THREADS, _FEW = 2, 1000
_SMALL = 1e-4
# Of the size that the map begins with.
_JITTER = 0.01
_NEIGHBOURS = 3
_FEWEST = 4
_LARGEST_PERPLEXITY = 30.0

Report = Callable[[float], bool]
"""Is told the share that is done, 0 to 1; answers whether to go on."""


@dataclass(frozen=True, eq=False)
class NeighbourMap:
    """A map that has no formula: ``places``, (n, 2), of ``codes``, (n, k), were searched for.

    A place between rows stands for a mixture of their codes.
    """

    places: FloatArray
    codes: FloatArray
    caption: str
    names: tuple[str, str] = ("", "")
    is_line = False

    def decode_places(self, places: FloatArray) -> FloatArray:
        """Return codes, (m, k), for places (m, 2).

        Each is the mean of the codes of the three nearest rows, weighted by the inverse of
        their squared distance (Shepard, 1968).
        """
        codes = self.codes[self._usable]
        far, nearest = self._known.query(places, k=min(_NEIGHBOURS, len(codes)))
        weights = 1 / (far**2 + 1e-9)
        weights /= weights.sum(axis=1, keepdims=True)
        return np.asarray(np.einsum("mn,mnk->mk", weights, codes[nearest]), np.float32)

    @cached_property
    def _usable(self) -> NDArray[np.bool_]:
        return np.asarray(np.isfinite(np.hstack([self.codes, self.places])).all(axis=1))

    @cached_property
    def _known(self) -> "KDTree":
        # It is asked at every movement of the pointer, and for four hundred places at once.
        from sklearn.neighbors import KDTree

        return KDTree(self.places[self._usable])


def make_tsne(codes: FloatArray, report: Report) -> NeighbourMap | None:
    """Return a t-SNE map (van der Maaten and Hinton, 2008) of codes (n, k); None if called off.

    openTSNE does it, beginning from the principal components. scikit-learn's own can neither
    tell how far it is nor be called off; openTSNE asks ``report`` every ten steps. It runs in
    two threads at most, to leave something to the window.

    Raises
    ------
    ValueError
        Fewer than four codes are numbers, or all of them are the same.
    """
    usable = np.isfinite(codes).all(axis=1)
    numbers = codes[usable]
    if len(numbers) < _FEWEST or not np.ptp(numbers, axis=0).any():
        raise ValueError("t-SNE needs at least four codes, and not all of them the same.")
    found = _search(numbers, report)
    if found is None:
        return None
    places = np.full((len(codes), 2), np.nan, np.float32)
    places[usable] = found
    return NeighbourMap(places, codes, "t-SNE of the codes")


def _search(codes: FloatArray, report: Report) -> FloatArray | None:
    from openTSNE import TSNEEmbedding
    from openTSNE.affinity import PerplexityBasedNN
    from openTSNE.tsne import OptimizationInterrupt

    if not report(0.0):
        return None
    perplexity = min(_LARGEST_PERPLEXITY, (len(codes) - 1) / 3)
    threads = 1 if len(codes) < _FEW else _THREADS
    # The exact search for neighbours is the one that needs no further package.
    affinities = PerplexityBasedNN(
        codes, perplexity=perplexity, method="exact", n_jobs=threads, random_state=0
    )
    # That took a while, and cannot be called off.
    if not report(0.0):
        return None
    embedding = TSNEEmbedding(
        _start(codes), affinities, n_jobs=threads, random_state=0, callbacks_every_iters=_EVERY
    )
    try:
        for begun, count, exaggeration, momentum in _PHASES:
            embedding = embedding.optimize(
                count,
                exaggeration=exaggeration,
                momentum=momentum,
                learning_rate="auto",
                callbacks=_callback(report, begun),
                propagate_exception=True,
            )
    except OptimizationInterrupt:
        return None
    return np.array(embedding, dtype=np.float32)


def _callback(report: Report, begun: int) -> Callable[[int, float, object], bool]:
    """Return what openTSNE calls with the steps of a phase; it answers whether to end."""
    return lambda step, _error, _embedding: not report((begun + step) / _STEPS)


def _start(codes: FloatArray) -> NDArray[np.float64]:
    """Return the principal components, (n, 2), as small as t-SNE wants them to begin with.

    Of codes on a line one component is 0 everywhere: a little chance lets rows pass each other.
    """
    places = fit_map(codes).place(codes).astype(np.float64)
    chance = np.random.default_rng(0).normal(scale=_JITTER, size=places.shape)
    return np.asarray(_SMALL * (places / places.std(axis=0).max() + chance))
