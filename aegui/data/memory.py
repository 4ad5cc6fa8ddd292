"""Memory for rows: how much there is, and where TensorFlow can read them in place."""

import sys
from pathlib import Path

import numpy as np
import psutil

from aegui.records import FloatArray

FLOAT_BYTES = np.dtype(np.float32).itemsize

_GROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")

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
    """Return how many bytes this process may still ask for without others being put aside.

    Of Linux its limits count too: that of its control group (of a container), and that of its
    data (``ulimit -d``).
    """
    own = psutil.Process().memory_info()
    free = psutil.virtual_memory().available
    if sys.platform == "linux":
        import resource

        most, _ = resource.getrlimit(resource.RLIMIT_DATA)
        if most != resource.RLIM_INFINITY:
            free = min(free, most - own.data)
        group = _GROUP_LIMIT.read_text(encoding="ascii") if _GROUP_LIMIT.exists() else "max"
        if group.strip().isdecimal():
            free = min(free, int(group) - own.rss)
    return max(0, int(free))
