"""The units of a code one by one: the range that each uses, and how its values are spread."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aegui.records import FloatArray

MOST_UNITS = 64
"""Of wider codes some units are left out."""
_ENDS = (1, 99)
_BINS = 24


@dataclass(frozen=True, eq=False)
class CodeUnits:
    """What units do over many rows.

    ``numbers`` are the units, (u,), counted from 0, in their order. ``low`` and ``high``, (u,),
    are the 1st and 99th percentile of their values, ``counts``, (u, bins), how many values lie
    in each part of that range. ``width`` is how many units there are in all.
    """

    numbers: NDArray[np.intp]
    low: FloatArray
    high: FloatArray
    counts: NDArray[np.intp]
    width: int


def describe_units(codes: FloatArray, most: int = MOST_UNITS) -> CodeUnits:
    """Describe the units of codes, (n, k); of more than ``most`` those whose values vary most.

    Codes with something in them that is not a number are passed over.
    """
    codes = _usable(codes)
    width = codes.shape[1]
    numbers = np.arange(width)
    if width > most:
        spread = codes.std(axis=0) if len(codes) else np.zeros(width)
        numbers = np.sort(np.argsort(-spread, kind="stable")[:most])
    if not len(codes):
        nothing = np.zeros(len(numbers), np.float32)
        return CodeUnits(numbers, nothing, nothing, np.zeros((len(numbers), _BINS), np.intp), width)
    low, high = np.percentile(codes[:, numbers], _ENDS, axis=0).astype(np.float32)
    counts = [
        np.histogram(codes[:, number], _BINS, (a, b) if b > a else (a - 0.5, a + 0.5))[0]
        for number, a, b in zip(numbers, low, high, strict=True)
    ]
    return CodeUnits(numbers, low, high, np.array(counts), width)


def random_code(codes: FloatArray, random: np.random.Generator) -> FloatArray:
    """Return a code, (1, k), each unit's value taken from another of ``codes`` (n, k).

    So each unit is as it often is, and only their company is new. Codes with something in them
    that is not a number are passed over.

    Raises
    ------
    ValueError
        No code is left.
    """
    codes = _usable(codes)
    if not len(codes):
        raise ValueError("there is no code to draw from: none is made of numbers alone")
    rows = random.integers(0, len(codes), codes.shape[1])
    return np.asarray(codes[rows, np.arange(codes.shape[1])].reshape(1, -1))


def morph(start: FloatArray, end: FloatArray, steps: int) -> FloatArray:
    """Return ``steps`` codes, (steps, k), on the straight line from one, (k,), to another."""
    share = np.linspace(0, 1, steps, dtype=np.float32).reshape(-1, 1)
    return np.asarray((1 - share) * start + share * end, dtype=np.float32)


def _usable(codes: FloatArray) -> FloatArray:
    return codes[np.isfinite(codes).all(axis=1)]
