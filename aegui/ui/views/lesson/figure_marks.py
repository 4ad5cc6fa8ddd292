"""The marks of a figure as items of a plot. Each item is kept and told new numbers."""

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsItem

from aegui.records.figures import Bars, Curve, Dots, Line, Mark, Numbers, Whiskers
from aegui.ui.theme import Theme
from aegui.ui.views.lesson.figure_colours import cyclic_colours, tone_colour

_WIDTH = 2.0
_MEAN_SIZE = 11
_FILL_ALPHA = 40
# Drawn in place of what has no logarithm.
_LEAST = 1e-9


class MarkItem(Protocol):
    """One mark on a plot: the graphics items that it consists of, and how they follow it."""

    @property
    def parts(self) -> tuple[QGraphicsItem, ...]:
        """The items, to be added to a plot."""
        ...

    def show(self, mark: Any, theme: Theme, *, log_y: bool) -> None:
        """Take the numbers of a mark and the colours of a theme."""
        ...


def scaled(values: Numbers, *, log_y: bool) -> Numbers:
    """Return heights as the axis has them: their powers of ten where it is logarithmic."""
    return np.log10(np.maximum(values, _LEAST)) if log_y else values


class BarsItem:
    """Filled bars, or their skyline alone."""

    def __init__(self) -> None:
        self._bars = pg.BarGraphItem(x0=[0], x1=[0], y0=[0], y1=[0])
        self._skyline = pg.PlotCurveItem()
        self.parts: tuple[QGraphicsItem, ...] = (self._bars, self._skyline)

    def show(self, mark: Bars, theme: Theme, *, log_y: bool) -> None:
        """Take the numbers of a mark and the colours of a theme."""
        colour = tone_colour(theme, mark.tone)
        heights = scaled(mark.heights, log_y=log_y)
        base = np.zeros_like(heights) if mark.base is None else mark.base
        self._bars.setVisible(not mark.outlined)
        self._skyline.setVisible(mark.outlined)
        self._bars.setOpts(
            x0=mark.edges[:-1], x1=mark.edges[1:], y0=base, y1=heights, brush=colour, pen=None
        )
        self._skyline.setData(mark.edges, heights, stepMode="center", fillLevel=0)
        faint = QColor(colour)
        faint.setAlpha(_FILL_ALPHA)
        self._skyline.setPen(pg.mkPen(colour, width=theme.px(_WIDTH)))
        self._skyline.setBrush(faint)


class CurveItem:
    """A line through points."""

    def __init__(self) -> None:
        self._curve = pg.PlotCurveItem()
        self.parts: tuple[QGraphicsItem, ...] = (self._curve,)

    def show(self, mark: Curve, theme: Theme, *, log_y: bool) -> None:
        """Take the numbers of a mark and the colours of a theme."""
        style = Qt.PenStyle.DashLine if mark.dashed else Qt.PenStyle.SolidLine
        colour = tone_colour(theme, mark.tone)
        self._curve.setPen(pg.mkPen(colour, width=theme.px(_WIDTH), style=style))
        self._curve.setData(mark.x, scaled(mark.y, log_y=log_y))


class DotsItem:
    """Points of one colour, or coloured by their place on a circle."""

    def __init__(self) -> None:
        # Cached symbols would be written into an SVG as pictures, one for each point.
        self._dots = pg.ScatterPlotItem(pen=None, useCache=False)
        self.parts: tuple[QGraphicsItem, ...] = (self._dots,)

    def show(self, mark: Dots, theme: Theme, *, log_y: bool) -> None:
        """Take the numbers of a mark and the colours of a theme."""
        brush: Any = pg.mkBrush(tone_colour(theme, mark.tone))
        if mark.around is not None:
            hues = [pg.mkBrush(colour) for colour in cyclic_colours(theme)]
            turns = np.mod(mark.around, 1.0) * len(hues)
            brush = [hues[int(turn) % len(hues)] for turn in turns]
        y = scaled(mark.y, log_y=log_y)
        self._dots.setData(x=mark.x, y=y, size=theme.px(mark.size), brush=brush, pen=None)


class WhiskersItem:
    """A mean as a diamond, with the spread above and below it."""

    def __init__(self) -> None:
        empty = np.zeros(0)
        self._bars = pg.ErrorBarItem(x=empty, y=empty, top=empty, bottom=empty)
        self._means = pg.ScatterPlotItem(symbol="d", pen=None)
        self.parts: tuple[QGraphicsItem, ...] = (self._bars, self._means)

    def show(self, mark: Whiskers, theme: Theme, *, log_y: bool) -> None:
        """Take the numbers of a mark and the colours of a theme."""
        colour = tone_colour(theme, mark.tone)
        y = scaled(mark.y, log_y=log_y)
        top = scaled(mark.y + mark.spread, log_y=log_y) - y
        bottom = y - scaled(mark.y - mark.spread, log_y=log_y)
        pen = pg.mkPen(colour, width=theme.px(_WIDTH))
        size = theme.px(_MEAN_SIZE)
        self._bars.setData(x=mark.x, y=y, top=top, bottom=bottom, pen=pen)
        self._means.setData(x=mark.x, y=y, size=size, brush=pg.mkBrush(colour), pen=None)


class LineItem:
    """A straight line over the whole plot."""

    def __init__(self) -> None:
        self._line = pg.InfiniteLine()
        self.parts: tuple[QGraphicsItem, ...] = (self._line,)

    def show(self, mark: Line, theme: Theme, *, log_y: bool) -> None:
        """Take the numbers of a mark and the colours of a theme."""
        at = scaled(np.array([mark.at]), log_y=log_y and mark.across)
        self._line.setAngle(0 if mark.across else 90)
        self._line.setValue(float(at[0]))
        colour = tone_colour(theme, mark.tone)
        self._line.setPen(pg.mkPen(colour, width=1.5, style=Qt.PenStyle.DashLine))


_ITEMS: dict[type, Callable[[], MarkItem]] = {
    Bars: BarsItem,
    Curve: CurveItem,
    Dots: DotsItem,
    Whiskers: WhiskersItem,
    Line: LineItem,
}


def make_item(mark: Mark) -> MarkItem:
    """Return an item for a mark that is plotted; raises ``ValueError`` for one that is not."""
    kind = _ITEMS.get(type(mark))
    if kind is None:
        raise ValueError(f"a {type(mark).__name__} stands alone in its panel")
    return kind()


def reach(mark: Mark) -> tuple[list[Numbers], list[Numbers]]:
    """Return the places and the heights that a mark wants to have in view."""
    match mark:
        case Bars():
            return [mark.edges], [mark.heights, np.zeros(1)]
        case Curve() | Dots():
            return [mark.x], [mark.y]
        case Whiskers():
            return [mark.x], [mark.y - mark.spread, mark.y + mark.spread]
        case Line():
            at = np.array([mark.at])
            return ([], [at]) if mark.across else ([at], [])
        case _:
            return [], []
