"""A trained autoencoder as the rest of the program sees it: arrays in, arrays out."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
IndexArray = NDArray[np.intp]


class TrainedModel(Protocol):
    """An autoencoder with fixed weights. It never changes, so threads may share it."""

    @property
    def weights(self) -> tuple[FloatArray, ...]:
        """The weights in Keras' order, as read-only arrays."""
        ...

    def encode(self, rows: FloatArray) -> FloatArray:
        """Return the codes, (rows, code width), of rows (rows, features)."""
        ...

    def decode(self, codes: FloatArray) -> FloatArray:
        """Return the rows, (rows, features), that codes (rows, code width) stand for."""
        ...

    def activations(self, rows: FloatArray) -> tuple[FloatArray, ...]:
        """Return what each stage after the input says to ``rows`` (rows, features).

        The stages are those of ``aegui.specs.stages``; each answer is (rows, *its shape).
        """
        ...

    def reconstruct(self, rows: FloatArray) -> FloatArray:
        """Return decode(encode(rows)), of the shape of ``rows``: (rows, features)."""
        ...
