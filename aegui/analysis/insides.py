"""The weights of a model as pictures, in the order of their use, and what excites a unit."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from aegui.records import FloatArray
from aegui.specs import ArchitectureSpec, RowShape
from aegui.specs.stages import Stage, Stages, stages

SLICE = 1000
"""Rows that are heard at once: what convolutions say to more would fill the memory."""
_BEST = 24


@dataclass(frozen=True, eq=False)
class UnitPictures:
    """The units of one layer, most used first.

    ``name`` is the layer's, for people. ``numbers``, (u,), are the units, from 0; ``use``, (u,),
    is the standard deviation over rows of what each says. ``pictures``, (u, h, w), are the
    weights that a unit has to the pixels; their sign matters. ``best``, (u, m), are the numbers
    of the rows that excite each most, ``reach``, (u, m), how much; they are of the first ``rows``
    test rows. ``is_kernel`` tells that the pictures are a convolution's own and not the size of a
    row.
    """

    name: str
    numbers: NDArray[np.intp]
    use: FloatArray
    pictures: FloatArray
    best: NDArray[np.intp]
    reach: FloatArray
    rows: int
    is_kernel: bool = False


def hear_units(
    activate: Callable[[FloatArray], tuple[FloatArray, ...]], rows: FloatArray
) -> tuple[FloatArray, ...]:
    """Return what the units of each stage after the input say to rows, (rows, units).

    Of a convolution's channel it is what it says where it says most. ``activate`` returns what each
    stage says to some rows, (rows, *its shape).
    """
    parts = [
        [_per_unit(said) for said in activate(rows[start : start + SLICE])]
        for start in range(0, len(rows), SLICE)
    ]
    return tuple(np.concatenate(stage) for stage in zip(*parts, strict=True))


def look_inside(
    architecture: ArchitectureSpec,
    row: RowShape,
    weights: tuple[FloatArray, ...],
    said: tuple[FloatArray, ...],
) -> tuple[UnitPictures, ...]:
    """Return the layers whose weights are pictures.

    The first Dense layer looks at the pixels, and the last one paints them; a convolution's
    filters are small pictures themselves, those of its inputs side by side.

    Parameters
    ----------
    architecture, row
        What the model is, and of what rows.
    weights
        Its weights in Keras' order.
    said
        What the units of each stage after the input say to the first test rows, (rows, units).
    """
    all_stages = stages(architecture, row)
    found = []
    for place, kernel in _kernels(all_stages.all, weights).items():
        is_output = place == len(all_stages.all) - 1
        pictures = _pictures(kernel, row, place, all_stages)
        if pictures is None:
            continue
        # What paints the output are the units of the layer before it.
        values = said[place - 2] if is_output else said[place - 1]
        name = _name(place, all_stages.code_place, len(all_stages.all))
        found.append(_sorted(name, values, pictures, is_kernel=kernel.ndim == 4))
    return tuple(found)


def _kernels(
    all_stages: tuple[Stage, ...], weights: tuple[FloatArray, ...]
) -> dict[int, FloatArray]:
    """Return the kernel of each stage that has weights; of a variational code, the mean's."""
    kernels, at = {}, 0
    for place, stage in enumerate(all_stages):
        if stage.weights:
            kernels[place] = weights[at]
        at += len(stage.weights)
    return kernels


def _pictures(
    kernel: FloatArray, row: RowShape, place: int, all_stages: Stages
) -> FloatArray | None:
    """Return (units, h, w), or None where the weights of a unit are no picture."""
    shape = row.image_shape or (1, row.features)
    if kernel.ndim == 4:
        # Upwards, Keras has a kernel's own channels before those that it is given.
        is_down = place < all_stages.code_place
        return _mosaics(kernel if is_down else kernel.transpose(0, 1, 3, 2))
    if place == len(all_stages.all) - 1:
        return kernel.reshape(-1, *shape)
    if place == 1:
        return np.ascontiguousarray(kernel.T).reshape(-1, *shape)
    return None


def _mosaics(kernel: FloatArray) -> FloatArray:
    """Return for each filter of (h, w, inputs, filters) the kernels of its inputs side by side."""
    height, width, inputs, filters = kernel.shape
    across = ceil(sqrt(inputs))
    down = ceil(inputs / across)
    padded = np.zeros((filters, down * across, height, width), np.float32)
    padded[:, :inputs] = kernel.transpose(3, 2, 0, 1)
    sheet = padded.reshape(filters, down, across, height, width).transpose(0, 1, 3, 2, 4)
    return sheet.reshape(filters, down * height, across * width)


def _per_unit(said: FloatArray) -> FloatArray:
    """Return (rows, units): of a convolution's channel what it says where it says most."""
    return said if said.ndim == 2 else said.max(axis=tuple(range(1, said.ndim - 1)))


def _name(place: int, code_place: int, count: int) -> str:
    if place == count - 1:
        return "Output"
    if place == code_place:
        return "Code"
    if place < code_place:
        return f"Encoder {place}"
    return f"Decoder {place - code_place}"


def _sorted(
    name: str, values: FloatArray, pictures: FloatArray, *, is_kernel: bool
) -> UnitPictures:
    values = np.nan_to_num(values)
    use = values.std(axis=0)
    order = np.argsort(-use, kind="stable")
    best = np.argsort(-values, axis=0, kind="stable")[:_BEST].T
    reach = np.take_along_axis(values.T, best, axis=1)
    return UnitPictures(
        name, order, use[order], pictures[order], best[order], reach[order], len(values), is_kernel
    )


CELLS = 28
"""Numbers that are left of a stage for a small drawing of it."""


def summarise(rows: FloatArray, activations: tuple[FloatArray, ...]) -> FloatArray:
    """Return how active the parts of each stage are for one row, (stages, CELLS), 0 to 1.

    A stage with more numbers than ``CELLS`` is cut into so many stretches, of a picture its lines
    of pixels, and each is the mean of its absolute values; one with fewer has NaN in the places
    that are left. Each stage is measured by its own largest.

    Parameters
    ----------
    rows
        The row, (1, features): the first stage.
    activations
        What each further stage says to it, (1, *its shape).
    """
    return np.array([_cells(stage) for stage in (rows, *activations)], np.float32)


def _cells(stage: FloatArray) -> FloatArray:
    # Of a convolution, a stretch is a part of its channels rather than of the picture.
    last = stage.max(axis=(1, 2)) if stage.ndim == 4 else stage
    numbers = np.abs(np.nan_to_num(last)).reshape(-1)
    cells = np.full(CELLS, np.nan, np.float32)
    parts = np.array_split(numbers, min(CELLS, len(numbers)))
    cells[: len(parts)] = [part.mean() for part in parts]
    top = np.nanmax(cells)
    return cells / top if top > 0 else cells
