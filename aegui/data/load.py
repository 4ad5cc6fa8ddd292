"""From a spec to its rows, keeping the last dataset at hand."""

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from aegui.data.dataset import DataError, Dataset
from aegui.data.generated import make_generated, noise_rows, sinusoid_rows
from aegui.data.mnist import make_mnist, mnist_samples
from aegui.records import FloatArray
from aegui.specs import DatasetSpec, FileSpec, MnistSpec, NoiseSpec

if TYPE_CHECKING:
    from aegui.data.files import Watch


class _LastDataset:
    """One dataset: the next run usually wants the same, and two might not fit in memory."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._spec: DatasetSpec | None = None
        self._dataset: Dataset | None = None

    def get(self, spec: DatasetSpec, watch: "Watch | None" = None) -> Dataset:
        with self._lock:
            stream = None if self._dataset is None else self._dataset.stream
            is_lost = stream is not None and not stream.is_current
            if self._dataset is None or is_lost or spec != self._spec:
                self._dataset = None
                self._dataset = _make(spec, watch)
                self._spec = spec
            return self._dataset

    def peek(self, spec: DatasetSpec) -> Dataset | None:
        with self._lock:
            return self._dataset if spec == self._spec else None


_last = _LastDataset()


def load_dataset(spec: DatasetSpec, watch: "Watch | None" = None) -> Dataset:
    """Return the rows that ``spec`` describes; the same object as long as the spec is the same.

    Parameters
    ----------
    watch
        Hears how far the reading of a file is, and may call it off; None to read it to its end.

    Raises
    ------
    DataError
        The data cannot be had; the message names the file or field.
    ReadingStoppedError
        The reading was called off.
    """
    return _last.get(spec, watch)


def load_test_rows(spec: DatasetSpec) -> Dataset:
    """Return the test rows that ``spec`` describes, with a single training row.

    ``load_dataset`` goes on keeping the dataset that it has.

    Raises
    ------
    DataError
        The data cannot be had; the message names the file or field.
    """
    dataset = _last.peek(spec) or _make(spec)
    return replace(
        dataset, train=dataset.train[:1].copy(), test=dataset.test.copy(), train_labels=None
    )


def _make(spec: DatasetSpec, watch: "Watch | None" = None) -> Dataset:
    try:
        match spec:
            case MnistSpec():
                return make_mnist(spec)
            case FileSpec():
                # Most experiments are on other data, and need not wait for its libraries.
                from aegui.data.files import UNWATCHED, make_file_dataset

                return make_file_dataset(spec, watch or UNWATCHED)
            case _:
                return make_generated(spec)
    except MemoryError as error:
        raise DataError(
            f"{spec.rows} rows of {spec.features} numbers do not fit into memory. Take fewer rows."
        ) from error


def preview_rows(spec: DatasetSpec, count: int = 10) -> FloatArray:
    """Return a few rows, (count, features), without making the whole: digits one of each class.

    A file is read whole, and stays at hand; of one whose rows stay there, the first are read.
    Raises ``DataError``.
    """
    if isinstance(spec, FileSpec):
        if spec.streaming is None:
            return load_dataset(spec).train[:count]
        from aegui.data.files import first_of_stream

        return first_of_stream(spec, count)
    if isinstance(spec, MnistSpec):
        return mnist_samples()[:count]
    return noise_rows(spec, count) if isinstance(spec, NoiseSpec) else sinusoid_rows(spec, count)
