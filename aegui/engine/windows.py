"""Training rows for an epoch's steps: all of them at once, or window after window of a file."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from aegui.data import Dataset, RowStream
from aegui.data.memory import empty_rows
from aegui.engine.backend import tf
from aegui.engine.epochs import block_order, row_order, window_order, window_parts
from aegui.engine.program import Program
from aegui.engine.tensors import tensor_of
from aegui.records import FloatArray
from aegui.specs import ExperimentSpec

_Read = tuple[FloatArray, np.ndarray]
_Ahead = tuple[tuple[int, int], Future[_Read]]


@dataclass(frozen=True, eq=False)
class Window:
    """Rows that are in memory together, for steps from ``first`` to before ``end`` of an epoch.

    ``data`` are the rows, (rows, features); ``order``, (rows,) int32, is that in which the steps
    take them.
    """

    data: tf.Tensor
    order: tf.Tensor
    first: int
    end: int


class Windows(Protocol):
    """The windows of a run's epochs."""

    def of_epoch(self, epoch: int, step: int) -> Iterator[Window]:
        """Yield an epoch's windows from the one with ``step`` on; one is gone with the next.

        Raises ``DataError`` where rows cannot be read any more.
        """
        ...

    def close(self) -> None:
        """Let go of what is read ahead."""
        ...


def windows_of(experiment: ExperimentSpec, dataset: Dataset, program: Program) -> Windows:
    """Return the windows of a run on a dataset."""
    if dataset.stream is not None:
        return _FileWindows(experiment, dataset.stream, program)
    return _OneWindow(experiment, dataset, program)


class _OneWindow:
    """All rows, in memory."""

    def __init__(self, experiment: ExperimentSpec, dataset: Dataset, program: Program) -> None:
        self._experiment = experiment
        self._rows = tensor_of(dataset.train)
        self._steps = program.steps

    def of_epoch(self, epoch: int, _step: int) -> Iterator[Window]:
        order = tf.constant(row_order(self._experiment, epoch))
        yield Window(self._rows, order, 0, self._steps)

    def close(self) -> None:
        """Have nothing to let go of."""


class _FileWindows:
    """Rows of a file: while one window is learned, a thread reads the next into another array."""

    def __init__(self, experiment: ExperimentSpec, stream: RowStream, program: Program) -> None:
        self._experiment, self._stream = experiment, stream
        self._counts = stream.counts
        self._held, self._steps = program.key.held, program.steps
        self._steps_each = program.key.held // program.key.batch
        features = program.key.row.features
        self._buffers = [empty_rows(self._held, features) for _ in range(2)]
        # A window's ends lie within blocks, which are not read again for the next one.
        self._edge = empty_rows(int(self._counts.max()), features)
        self._edge_block: int | None = None
        self._ahead: _Ahead | None = None
        self._closing = threading.Event()
        self._reader = ThreadPoolExecutor(1, "aegui-rows")

    def of_epoch(self, epoch: int, step: int) -> Iterator[Window]:
        last = (self._steps - 1) // self._steps_each
        for number in range(step // self._steps_each, last + 1):
            data, order = self._take(epoch, number)
            if number < last:
                self._read_ahead(epoch, number + 1)
            elif epoch < self._experiment.training.epochs:
                self._read_ahead(epoch + 1, 0)
            first = number * self._steps_each
            end = min(first + self._steps_each, self._steps)
            yield Window(tensor_of(data), tf.constant(order), first, end)

    def close(self) -> None:
        self._closing.set()
        self._reader.shutdown(cancel_futures=True)

    def _take(self, epoch: int, number: int) -> _Read:
        """Return a window's rows and their order, once they are read."""
        ahead = self._ahead
        if ahead is None or ahead[0] != (epoch, number):
            ahead = self._read_ahead(epoch, number)
        return ahead[1].result()

    def _read_ahead(self, epoch: int, number: int) -> _Ahead:
        """Have the thread read a window into the array that is not learned from."""
        self._buffers.reverse()
        read = self._reader.submit(self._read, self._buffers[0], epoch, number)
        self._ahead = (epoch, number), read
        return self._ahead

    def _read(self, buffer: FloatArray, epoch: int, number: int) -> _Read:
        order = block_order(self._experiment, epoch, len(self._counts))
        start = number * self._held
        place = 0
        for block, first, end in window_parts(self._counts, order, start, start + self._held):
            if self._closing.is_set():
                break
            part = buffer[place : place + end - first]
            if end - first == self._counts[block]:
                self._stream.read_into(part, block)
            else:
                part[...] = self._edge_rows(block)[first:end]
            place += len(part)
        return buffer, window_order(self._experiment, epoch, number, place, self._held)

    def _edge_rows(self, block: int) -> FloatArray:
        """Return the rows of a block of which only some are in a window."""
        rows = self._edge[: self._counts[block]]
        if block != self._edge_block:
            self._edge_block = None
            self._stream.read_into(rows, block)
            self._edge_block = block
        return rows
