"""Thousands of marks, copied from the few that are drawn."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter, QPixmap
from shiboken6 import Shiboken

Fragments = NDArray[np.float64]
"""One row of ten numbers to a mark, as Qt's ``PixmapFragment`` has them."""

_X, _Y, _SOURCE_LEFT, _SOURCE_TOP, _WIDTH, _HEIGHT, _SCALE_X, _SCALE_Y, _ROTATION, _ALPHA = range(
    10
)


def make_fragments(
    marks: NDArray[np.intp], side: int, ratio: float, opacity: float = 1.0
) -> Fragments:
    """Say which square of a sheet each mark is copied from.

    Parameters
    ----------
    marks
        The places on the sheet, (n,).
    side
        The width of a square of the sheet, in pixels of the screen.
    ratio
        Pixels of the screen to one of the widget.

    Returns
    -------
    Fragments
        (n, 10), not placed yet.
    """
    fragments = np.zeros((len(marks), 10))
    fragments[:, _SOURCE_LEFT] = marks * side
    fragments[:, _WIDTH] = fragments[:, _HEIGHT] = side
    fragments[:, _SCALE_X] = fragments[:, _SCALE_Y] = 1 / ratio
    fragments[:, _ALPHA] = opacity
    return fragments


def draw_fragments(
    painter: QPainter,
    fragments: Fragments,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    sheet: QPixmap,
) -> None:
    """Copy marks from ``sheet`` to around (x, y), (n,) each, in their order.

    The places are written into ``fragments``. Qt wants an array of its structures, and the rows
    are just that: no Python object is made for any of them.
    """
    if not len(fragments):
        return
    fragments[:, _X], fragments[:, _Y] = x, y
    first = Shiboken.wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment)
    if not isinstance(first, QPainter.PixmapFragment):
        raise TypeError("Qt takes no array of fragments")
    painter.drawPixmapFragments(first, len(fragments), sheet)
