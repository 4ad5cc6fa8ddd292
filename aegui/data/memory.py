"""Memory for rows, placed so that TensorFlow can read them where they are."""

import numpy as np

from aegui.records import FloatArray

ALIGNMENT = 64
"""Bytes; TensorFlow and XLA read an array in place only if it begins at a multiple of them."""


def empty_rows(count: int, features: int) -> FloatArray:
    """Return an aligned float32 array (count, features) whose values are not set.

    NumPy itself puts large arrays 16 bytes behind the beginning of a page.
    """
    size = count * features * np.dtype(np.float32).itemsize
    block = np.empty(size + ALIGNMENT, np.uint8)
    start = -block.ctypes.data % ALIGNMENT
    return block[start : start + size].view(np.float32).reshape(count, features)
