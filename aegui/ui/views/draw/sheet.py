"""Strokes as pixels: a sheet of ink that grows disc by disc."""

import math
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from aegui.records import FloatArray
from aegui.ui.views.draw.strokes import Disc, Mark, Stamp

Grey = NDArray[np.uint8]


class Sheet:
    """A square of ``side`` × ``side`` pixels, 0 for the ground and 255 for full ink.

    Each pixel holds the largest coverage that any part of a stroke gave it. Painting with a
    QPainter would add up the soft edges where parts overlap and make them hard.
    """

    def __init__(self, side: int) -> None:
        self.pixels: Grey = np.zeros((side, side), dtype=np.uint8)
        self._side = side
        # None where it is not known: looking at all pixels takes a while.
        self._has_ink: bool | None = False
        self._centres = np.arange(side, dtype=np.float32) + np.float32(0.5)

    def ink(self) -> FloatArray:
        """Return the ink as (side, side) in [0, 1]."""
        return np.multiply(self.pixels, np.float32(1 / 255), dtype=np.float32)

    @property
    def is_blank(self) -> bool:
        """Whether there is no ink at all."""
        if self._has_ink is None:
            self._has_ink = bool(self.pixels.any())
        return not self._has_ink

    def add(self, discs: list[Disc], *, erases: bool = False) -> QRectF:
        """Ink, or clean, the way from each disc to the next.

        Returns the part touched, in units of the side.
        """
        for before, after in pairwise(discs if len(discs) > 1 else discs * 2):
            self._go(before, after, erases=erases)
        return _bounds(discs, 2 / self._side)

    def stamp(self, stamp: Stamp) -> None:
        """Ink a picture, each of its pixels as a square of the sheet's."""
        height, width = stamp.pixels.shape
        places = np.arange(self._side)
        large = stamp.pixels[places[:, None] * height // self._side, places * width // self._side]
        levels = np.clip(np.nan_to_num(large), 0.0, 1.0) * 255 + 0.5
        np.maximum(self.pixels, levels.astype(np.uint8), out=self.pixels)
        self._has_ink = None

    def redraw(self, marks: Iterable[Mark]) -> None:
        """Begin anew with these marks."""
        self.pixels.fill(0)
        self._has_ink = False
        for mark in marks:
            if isinstance(mark, Stamp):
                self.stamp(mark)
                continue
            for discs in mark.pieces():
                self.add(discs, erases=mark.erases)

    def _go(self, before: Disc, after: Disc, *, erases: bool) -> None:
        x, y, radius = (value * self._side for value in before)
        dx, dy, swelling = (value * self._side for value in (_minus(after, before)))
        reach = max(radius, radius + swelling) + 1
        columns = self._span(min(x, x + dx) - reach, max(x, x + dx) + reach)
        rows = self._span(min(y, y + dy) - reach, max(y, y + dy) + reach)
        across = self._centres[columns][None, :] - np.float32(x)
        down = self._centres[rows][:, None] - np.float32(y)
        along = (across * np.float32(dx) + down * np.float32(dy)) / np.float32(
            max(dx * dx + dy * dy, 1e-12)
        )
        np.clip(along, 0.0, 1.0, out=along)
        distance = np.hypot(across - along * np.float32(dx), down - along * np.float32(dy))
        covered = (along * np.float32(swelling) + np.float32(radius + 0.5)) - distance
        coverage = np.clip(covered, 0.0, 1.0) * np.float32(255) + np.float32(0.5)
        part = self.pixels[rows, columns]
        if erases:
            np.minimum(part, 255 - coverage.astype(np.uint8), out=part)
            self._has_ink = None
        else:
            np.maximum(part, coverage.astype(np.uint8), out=part)
            self._has_ink = self._has_ink or bool(part.any())

    def _span(self, first: float, last: float) -> slice:
        start = min(max(math.floor(first), 0), self._side)
        return slice(start, min(max(math.ceil(last), start), self._side))


def _minus(after: Disc, before: Disc) -> tuple[float, float, float]:
    return after.x - before.x, after.y - before.y, after.radius - before.radius


def _bounds(discs: list[Disc], margin: float) -> QRectF:
    reach = max(disc.radius for disc in discs) + margin
    left = min(disc.x for disc in discs) - reach
    top = min(disc.y for disc in discs) - reach
    right = max(disc.x for disc in discs) + reach
    bottom = max(disc.y for disc in discs) + reach
    return QRectF(left, top, right - left, bottom - top)
