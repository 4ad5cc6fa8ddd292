"""The handwritten digits that come with the program."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aegui.data.array_files import ArrayFileError, read_npz
from aegui.data.dataset import DataError, Dataset
from aegui.data.memory import empty_rows
from aegui.places import MissingResourceError, resource
from aegui.records import FloatArray
from aegui.specs import MnistSpec


def make_mnist(spec: MnistSpec) -> Dataset:
    """Read the digits: pixels in [0, 1], 28 × 28 = 784 to a row, with labels.

    Raises
    ------
    DataError
        The bundled file is missing or damaged; the message names it.
    """
    arrays = _read("x_train", "y_train", "x_test", "y_test")
    return Dataset(
        train=_pixels(arrays["x_train"][: spec.rows]),
        test=_pixels(arrays["x_test"]),
        train_labels=arrays["y_train"][: spec.rows],
        test_labels=arrays["y_test"],
        value_range=spec.value_range,
        scaling="pixels divided by 255",
        noun="digit",
        image_shape=spec.image_shape,
    )


def mnist_samples() -> FloatArray:
    """Return one test digit of each class, 0 to 9, as rows (10, 784); raises ``DataError``."""
    arrays = _read("x_test", "y_test")
    _, first = np.unique(arrays["y_test"], return_index=True)
    return _pixels(arrays["x_test"][first])


def _pixels(images: NDArray[np.uint8]) -> FloatArray:
    rows = images.reshape(len(images), -1)
    return np.multiply(rows, np.float32(1 / 255), out=empty_rows(*rows.shape))


def _read(*names: str) -> dict[str, NDArray[np.uint8]]:
    try:
        path = resource("mnist.npz")
    except MissingResourceError as error:
        raise DataError(str(error)) from error
    try:
        arrays = read_npz(path, *names)
    except ArrayFileError as error:
        raise _damaged(path, str(error)) from error
    for name, array in arrays.items():
        wanted = 3 if name.startswith("x") else 1
        if array.dtype != np.uint8 or array.ndim != wanted:
            raise _damaged(path, f"{name} holds {array.dtype} of shape {array.shape}")
    return arrays


def _damaged(path: Path, why: str) -> DataError:
    return DataError(f"{path} is damaged ({why}). Install aegui again to get it back.")
