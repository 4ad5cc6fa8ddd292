"""Where title and rows of a plot's key stand: under each other in a box, side by side in a band."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF

_BETWEEN = 16.0
_FRAME = 4.0


@dataclass(frozen=True)
class KeyPlaces:
    """The places of a key's parts, in pixels from its top left corner, and the size of all."""

    title: QRectF
    rows: tuple[QRectF, ...]
    size: QSizeF


def box_places(count: int, cell: float, line: float, margin: float) -> KeyPlaces:
    """Return the places of a box: the title, below it ``count`` rows ``cell`` pixels wide.

    ``line`` is the height of a row, ``margin`` what is kept free at the left and the right.
    """
    title, *rows = (QRectF(margin, _FRAME + line * k, cell, line) for k in range(count + 1))
    size = QSizeF(cell + 2 * margin, line * (count + 1) + 2 * _FRAME)
    return KeyPlaces(title, tuple(rows), size)


def band_places(count: int, cell: float, line: float, title: float, width: float) -> KeyPlaces:
    """Return the places of a band ``width`` pixels wide: rows in columns, in few lines.

    The title, ``title`` pixels wide, stands before the rows, or above them where that takes fewer
    lines in all.
    """
    step = cell + _BETWEEN
    beside = _columns(count, step, width - title)
    above = max(_columns(count, step, width + _BETWEEN), 1)
    is_above = beside == 0 or math.ceil(count / beside) > math.ceil(count / above) + 1
    columns = above if is_above else beside
    left, top = (0.0, line) if is_above else (title + _BETWEEN, 0.0)
    rows = tuple(
        QRectF(left + step * (k % columns), top + line * (k // columns), cell, line)
        for k in range(count)
    )
    height = top + line * math.ceil(count / columns) + _FRAME
    return KeyPlaces(QRectF(0, 0, title, line), rows, QSizeF(width, height))


def _columns(count: int, step: float, width: float) -> int:
    """Return how many columns fit: none, one, two or all, so that pairs stay together."""
    fitting = int(width // step)
    return count if fitting >= count else min(fitting, 2)
