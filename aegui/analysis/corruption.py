"""What a denoising autoencoder is given: the model's own damage, made outside of it."""

from typing import assert_never

import numpy as np

from aegui.records import FloatArray
from aegui.specs import CorruptionSpec, GaussianCorruption, MaskingCorruption


def corrupted(rows: FloatArray, corruption: CorruptionSpec, seed: int) -> FloatArray:
    """Return rows, (rows, features), damaged as the model damages them while training.

    The random numbers are its own, so that a look at the damage never advances the training's.
    """
    random = np.random.default_rng(seed)
    match corruption:
        case GaussianCorruption():
            noise = random.normal(0.0, corruption.stddev, rows.shape)
            return (rows + noise).astype(np.float32)
        case MaskingCorruption():
            return np.where(random.random(rows.shape) < corruption.share, 0, rows)
        case _:
            assert_never(corruption)
