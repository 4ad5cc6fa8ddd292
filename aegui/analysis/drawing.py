"""A drawn picture made into what MNIST's pictures look like.

The recipe is the one by which MNIST was made: the digit is fitted into a box of 20 × 20 pixels
with its proportions kept and grey edges, and the box is placed so that the centre of mass lies in
the middle of 28 × 28 (LeCun, Bottou, Bengio, Haffner: "Gradient-based learning applied to
document recognition", Proceedings of the IEEE 86, 1998, section III A). In the published files
that middle is the pixel with the number 14, rows and columns counted from 0. Pictures of another
size are made in proportion.
"""

from functools import lru_cache

import numpy as np

from aegui.records import FloatArray

FIELD = 28
BOX = 20

# Half of one step of an 8-bit canvas: anything fainter was not drawn.
_FAINTEST = 1 / 512


def normalise_digit(ink: FloatArray, side: int = FIELD) -> FloatArray:
    """Return a drawing as MNIST would hold it.

    Parameters
    ----------
    ink
        The canvas, (height, width) of any size, 0 for the ground and 1 for full ink.
    side
        Height and width of the picture wanted, in pixels.

    Returns
    -------
    FloatArray
        (side, side) in [0, 1]; zeros for an empty canvas.
    """
    field = np.zeros((side, side), dtype=np.float32)
    drawn = _crop(ink)
    if drawn.size == 0:
        return field
    height, width = drawn.shape
    scale = max(1, round(BOX * side / FIELD)) / max(height, width)
    digit = _shrink(drawn, max(1, round(height * scale)), max(1, round(width * scale)))
    top, left = _place(digit, side)
    field[top : top + digit.shape[0], left : left + digit.shape[1]] = digit
    return field


def shrink_raw(ink: FloatArray, side: int = FIELD) -> FloatArray:
    """Return the whole canvas (height, width) as (side, side) by area averaging, nothing moved."""
    return _shrink(ink, side, side)


def _crop(ink: FloatArray) -> FloatArray:
    """Return the part of the canvas inside the ink's bounding box; empty without ink."""
    drawn = ink > _FAINTEST
    rows = np.flatnonzero(drawn.any(axis=1))
    columns = np.flatnonzero(drawn.any(axis=0))
    if rows.size == 0:
        return ink[:0, :0]
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _shrink(ink: FloatArray, height: int, width: int) -> FloatArray:
    """Return ``ink`` as (height, width), each pixel the mean of the area that it covers."""
    rows = _averaging(ink.shape[0], height)
    columns = _averaging(ink.shape[1], width)
    result: FloatArray = np.clip(rows @ ink @ columns.T, 0.0, 1.0, dtype=np.float32)
    return result


@lru_cache(maxsize=64)
def _averaging(length: int, parts: int) -> FloatArray:
    """Return the matrix (parts, length) that averages ``length`` pixels over equal parts."""
    edges = np.linspace(0.0, length, parts + 1)
    pixels = np.arange(length)
    ends = np.minimum(edges[1:, None], pixels + 1)
    starts = np.maximum(edges[:-1, None], pixels)
    weights = np.clip(ends - starts, 0.0, None) * (parts / length)
    result: FloatArray = weights.astype(np.float32)
    result.flags.writeable = False
    return result


def _place(digit: FloatArray, side: int) -> tuple[int, int]:
    """Return the row and the column of the field at which the digit's corner goes."""
    total = float(digit.sum())
    row = float(digit.sum(axis=1) @ np.arange(digit.shape[0])) / total
    column = float(digit.sum(axis=0) @ np.arange(digit.shape[1])) / total
    return _corner(row, digit.shape[0], side), _corner(column, digit.shape[1], side)


def _corner(centre_of_mass: float, length: int, side: int) -> int:
    """Return where the digit starts along one axis, held inside the field."""
    return min(max(round(side // 2 - centre_of_mass), 0), side - length)
