"""Where tiles go."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSizeF

EDGE = 3

_LEAST_GAP = 5
_MOST_GAP = 28
_LINE_GAP = 12
_LEAST_SIDE = 12.0


@dataclass(frozen=True)
class Places:
    """An arrangement of ``count`` tiles, in pixels.

    ``side`` is the width of a picture, ``size`` that of a tile, ``pitch`` from one tile to the
    next.
    """

    count: int
    columns: int
    side: float
    size: QSizeF
    pitch: QSizeF

    @property
    def lines(self) -> int:
        """Number of lines of tiles."""
        return math.ceil(self.count / self.columns)

    @property
    def height(self) -> int:
        """Height of all lines."""
        if not self.count:
            return 2 * EDGE
        return round((self.lines - 1) * self.pitch.height() + self.size.height()) + 2 * EDGE

    def top(self, line: int) -> float:
        """Return where a line of tiles begins."""
        return EDGE + line * self.pitch.height()

    def corner(self, number: int) -> QPointF:
        """Return the top left corner of a tile."""
        line, column = divmod(number, self.columns)
        return QPointF(EDGE + column * self.pitch.width(), self.top(line))


def arrange(
    count: int, room: float, side: float, size_for: Callable[[float], QSizeF], *, wrap: bool
) -> Places:
    """Spread tiles evenly over the width that there is.

    Parameters
    ----------
    count
        How many tiles.
    room
        The width in pixels.
    side
        The width wanted for a picture, in pixels.
    size_for
        Returns the size of a whole tile for the width of its picture.
    wrap
        Whether tiles that do not fit go into the next line; otherwise all are made smaller
        until they fit into one.
    """
    room -= 2 * EDGE
    if not wrap and count:
        # Whole pixels: a tile's width is rounded, and ten times half a pixel would be cut off.
        fitting = math.floor((room + _LEAST_GAP) / count - _LEAST_GAP)
        side = max(min(side, side * fitting / size_for(side).width()), _LEAST_SIDE)
    size = size_for(side)
    fits = max(int((room + _LEAST_GAP) // (size.width() + _LEAST_GAP)), 1)
    columns = fits if wrap else max(count, 1)
    gap = (room - columns * size.width()) // max(columns - 1, 1)
    gap = min(max(gap, _LEAST_GAP), _MOST_GAP)
    pitch = QSizeF(size.width() + gap, size.height() + _LINE_GAP)
    return Places(count, columns, side, size, pitch)
