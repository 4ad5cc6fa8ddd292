"""Rows made by a random generator. The first rows do not depend on how many are made."""

import numpy as np

from aegui.data.dataset import Dataset
from aegui.data.memory import empty_rows
from aegui.records import FloatArray
from aegui.specs import NoiseSpec, SinusoidsSpec

# Rows of sinusoids made at a time: keeps the working memory small beside the result.
_BLOCK = 65_536


def noise_rows(spec: NoiseSpec, count: int) -> FloatArray:
    """Return the first ``count`` rows, (count, features), uniform in [low, high)."""
    rows = empty_rows(count, spec.features)
    np.random.default_rng(spec.seed).random(dtype=np.float32, out=rows)
    if (spec.low, spec.high) != (0.0, 1.0):
        rows *= np.float32(spec.high - spec.low)
        rows += np.float32(spec.low)
    return rows


def sinusoid_rows(spec: SinusoidsSpec, count: int) -> FloatArray:
    """Return the first ``count`` rows, (count, features): sin² from a random phase on, half a turn.

    sin²(φ + t) is ½ − ½ cos 2φ cos 2t + ½ sin 2φ sin 2t, so all rows are one product of a
    (count, 3) and a (3, features) matrix: two sines a row instead of one for every number.
    """
    phases = np.random.default_rng(spec.seed).random(count) * (2 * np.pi)
    t = np.linspace(0.0, np.pi, spec.features)
    waves = np.stack([np.ones_like(t), np.cos(2 * t), np.sin(2 * t)]).astype(np.float32) / 2
    rows = empty_rows(count, spec.features)
    for start in range(0, count, _BLOCK):
        angle = 2 * phases[start : start + _BLOCK]
        weights = np.stack([np.ones_like(angle), -np.cos(angle), np.sin(angle)], axis=1)
        block = rows[start : start + _BLOCK]
        np.matmul(weights.astype(np.float32), waves, out=block)
        np.clip(block, 0.0, 1.0, out=block)
    return rows


def make_generated(spec: NoiseSpec | SinusoidsSpec) -> Dataset:
    """Make the rows and split them.

    Rows are independent of each other, so the last ones are as random a test set as any, and
    both parts are views of one array: a million rows are never copied.
    """
    if isinstance(spec, NoiseSpec):
        rows, scaling = noise_rows(spec, spec.rows), f"uniform in [{spec.low:g}, {spec.high:g})"
    else:
        rows, scaling = sinusoid_rows(spec, spec.rows), "sin², in [0, 1]"
    return Dataset(
        train=rows[: spec.train_rows],
        test=rows[spec.train_rows :],
        value_range=spec.value_range,
        scaling=scaling,
        noun="row",
    )
