"""Strokes as data: what the hand did, smoothed, and the way back and forth through it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from aegui.records import FloatArray
from aegui.ui.views.draw.steps import Steps

NEUTRAL_PRESSURE = 0.5

# The curve is cut into straight parts that stray from it by no more than this, and are no longer
# than that: a short part touches few pixels.
_FLATNESS = 0.0005
_LONGEST = 0.1


class Point(NamedTuple):
    """Where the pen was, in units of the canvas' side, and how hard it pressed, 0 to 1."""

    x: float
    y: float
    pressure: float = NEUTRAL_PRESSURE


class Disc(NamedTuple):
    """The mark of a round brush at one place, in units of the canvas' side."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Stroke:
    """One movement of the pen. ``width`` is the brush's at neutral pressure.

    ``erases`` tells that it takes ink away.

    The line is a chain of parabolas that run from the middle between two points to the middle
    between the next two, so that it has no corners and a new point changes nothing before it.
    """

    points: tuple[Point, ...]
    width: float
    erases: bool = False

    def with_point(self, point: Point) -> "Stroke":
        """Return the stroke, one point longer."""
        return replace(self, points=(*self.points, point))

    def pieces(self) -> Iterator[list[Disc]]:
        """Yield the whole line as runs of discs; ink covers the way from each disc to the next."""
        for number in range(len(self.points)):
            yield self.piece(number)
        yield self.end()

    def piece(self, number: int) -> list[Disc]:
        """Return the part of the line that point ``number`` brought."""
        if number == 0:
            return [self._disc(self.points[0])]
        return self._curve(self._knot(number - 1), self.points[number - 1], self._knot(number))

    def end(self) -> list[Disc]:
        """Return the part from the last parabola to where the pen was lifted."""
        last = len(self.points) - 1
        return [self._disc(self._knot(last)), self._disc(self.points[last])]

    def _knot(self, number: int) -> Point:
        here = self.points[number]
        if number == 0:
            return here
        before = self.points[number - 1]
        return Point(*((a + b) / 2 for a, b in zip(before, here, strict=True)))

    def _curve(self, start: Point, control: Point, stop: Point) -> list[Disc]:
        bend = math.hypot(start.x - 2 * control.x + stop.x, start.y - 2 * control.y + stop.y)
        length = math.dist(start[:2], control[:2]) + math.dist(control[:2], stop[:2])
        parts = max(1, math.ceil(math.sqrt(bend / (4 * _FLATNESS))), math.ceil(length / _LONGEST))
        return [self._disc(_between(start, control, stop, k / parts)) for k in range(parts + 1)]

    def _disc(self, point: Point) -> Disc:
        return Disc(point.x, point.y, self.width / 2 * (NEUTRAL_PRESSURE + point.pressure))


def _between(start: Point, control: Point, stop: Point, t: float) -> Point:
    """Return the point of a parabola at ``t`` from 0 to 1."""
    weights = ((1 - t) ** 2, 2 * t * (1 - t), t**2)
    values = zip(start, control, stop, strict=True)
    return Point(*(sum(w * v for w, v in zip(weights, axis, strict=True)) for axis in values))


@dataclass(frozen=True, eq=False)
class Stamp:
    """A picture over the whole canvas, (height, width), 0 for the ground and 1 for full ink."""

    pixels: FloatArray


Mark = Stroke | Stamp


class Drawing:
    """The finished marks, with undo and redo; clearing is a step like any other."""

    def __init__(self) -> None:
        self._steps: Steps[tuple[Mark, ...]] = Steps(())

    @property
    def strokes(self) -> tuple[Mark, ...]:
        """The marks that are to be seen, oldest first."""
        return self._steps.now

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._steps.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back and nothing was drawn since."""
        return self._steps.can_redo

    def add(self, stroke: Stroke) -> None:
        """Take in a finished stroke."""
        self._steps.step((*self.strokes, stroke))

    def put(self, stamp: Stamp) -> None:
        """Put a picture in the place of all that was drawn."""
        self._steps.step((stamp,))

    def clear(self) -> None:
        """Take every stroke away."""
        if self.strokes:
            self._steps.step(())

    def undo(self) -> None:
        """Take back the last step, if there is one."""
        self._steps.undo()

    def redo(self) -> None:
        """Do again what was taken back last, if anything was."""
        self._steps.redo()
