"""Arrays as tensors, without a copy where that can be."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from aegui.data.memory import ALIGNMENT, empty_rows
from aegui.engine.backend import tf
from aegui.records import FloatArray


class _Lent:
    """An array that says it may be written to: TensorFlow takes no other, and writes to none."""

    def __init__(self, rows: FloatArray) -> None:
        address, _ = rows.__array_interface__["data"]
        self.__array_interface__: dict[str, Any] = rows.__array_interface__ | {
            "data": (address, False)
        }
        # Holds the memory as long as the tensor does.
        self._rows = rows


def tensor_of(rows: FloatArray) -> tf.Tensor:
    """Return ``rows``, (rows, features), as a tensor; one that shares its memory if it can.

    A copy of the digits takes a quarter of a second and 180 MB. The rows must not change as
    long as the tensor lives. Rows that are not aligned or not in order are copied.
    """
    if rows.ctypes.data % ALIGNMENT or not rows.flags.c_contiguous or not rows.size:
        return tf.constant(rows)
    return tf.experimental.dlpack.from_dlpack(np.asarray(_Lent(rows)).__dlpack__())


def blank_tensor(count: int, features: int) -> tf.Tensor:
    """Return a tensor of a shape, (count, features), for a call that does not look at it.

    Its memory is asked for and never touched, so that it takes none.
    """
    return tensor_of(empty_rows(count, features))


@contextmanager
def memory_errors() -> Iterator[None]:
    """Raise ``MemoryError`` where TensorFlow has an error of its own for it."""
    try:
        yield
    except tf.errors.ResourceExhaustedError as error:
        raise MemoryError from error
