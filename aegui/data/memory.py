"""Memory for rows: how much there is, and where TensorFlow can read them in place."""

import numpy as np
import psutil

from aegui.records import FloatArray

FLOAT_BYTES = np.dtype(np.float32).itemsize

ALIGNMENT = 64
"""Bytes; TensorFlow and XLA read an array in place only if it begins at a multiple of them."""


def empty_rows(count: int, features: int) -> FloatArray:
    """Return an aligned float32 array (count, features) whose values are not set.

    NumPy itself puts large arrays 16 bytes behind the beginning of a page.
    """
    size = count * features * FLOAT_BYTES
    block = np.empty(size + ALIGNMENT, np.uint8)
    start = -block.ctypes.data % ALIGNMENT
    return block[start : start + size].view(np.float32).reshape(count, features)


def free_memory() -> int:
    """Return how many bytes programs can have without others being put aside."""
    return int(psutil.virtual_memory().available)
