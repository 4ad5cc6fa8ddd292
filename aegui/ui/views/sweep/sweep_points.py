"""A measure of a sweep's trials against the setting that was swept."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent

from aegui.analysis.spread import mean_and_sd
from aegui.specs import JsonScalar
from aegui.sweeps import MEASURES, Measure
from aegui.ui.handing.export import Table
from aegui.ui.theme import Theme
from aegui.ui.views.plot import Plot
from aegui.ui.views.ranges import Range, settled_range
from aegui.ui.views.sweep.sweep_groups import Group

_DOT, _MEAN = 7, 10
_REACH = 12.0
"""Pixels from a dot within which the mouse means it."""
_MANY_DECADES = 1.3
"""Values that span more decades than this are spread out on a logarithmic axis."""


class SweepPoints(Plot):
    """A dot for each trial, and mean ± standard deviation over the seeds of each setting.

    Numbers stand at their place on the axis, other values side by side.
    """

    run_chosen = Signal(Path)
    """A trial's dot was clicked: the folder of its run."""

    def __init__(self) -> None:
        super().__init__("sweep")
        self._groups: list[Group] = []
        self._colours: list[QColor] = []
        self._measure: Measure = MEASURES[0]
        self._log_y = False
        self._log = self._is_log_x = False
        self._held: Range | None = None
        self._dots: list[tuple[QPointF, Path | None, str]] = []
        self._line = pg.PlotDataItem()
        self._bars = pg.PlotDataItem(connect="pairs")
        self._means = pg.PlotDataItem(pen=None, symbol="d", antialias=True)
        self._trials = pg.PlotDataItem(pen=None, symbol="o", antialias=True)
        for item in (self._line, self._bars, self._trials, self._means):
            self.addItem(item)
        self.setAccessibleName("Measure by setting")
        self.setMouseTracking(True)
        self.set_theme(self._theme)
        self.start("", [])

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``; those of the settings come with ``show_groups``."""
        super().set_theme(theme)
        self._line.setPen(pg.mkPen(theme.grid, width=2 * theme.scale))
        self._bars.setPen(pg.mkPen(theme.muted, width=2 * theme.scale))
        self._means.setSymbolSize(theme.px(_MEAN))
        self._means.setSymbolBrush(None)
        self._means.setSymbolPen(pg.mkPen(theme.text, width=1.5 * theme.scale))
        self._trials.setSymbolSize(theme.px(_DOT))
        self._trials.setSymbolPen(pg.mkPen(None))

    def start(self, title: str, settings: Sequence[tuple[str, JsonScalar | None]]) -> None:
        """Begin a sweep over what is called ``title``: no points yet.

        ``settings`` are all that it is going to have, each with its name and value, so that the
        axis need not move.
        """
        self._held = None
        self.set_label("bottom", title)
        self._places = self._choose_places(settings)
        self.show_groups([], [])

    def show_groups(self, groups: Sequence[Group], colours: Sequence[QColor]) -> None:
        """Show the settings that have trials; ``colours`` has one for each of the sweep."""
        self._groups, self._colours = list(groups), list(colours)
        self._draw()

    def set_measure(self, measure: Measure) -> None:
        """Show another measure."""
        self._measure = measure
        self._held = None
        self._draw()

    def set_log(self, log: bool) -> None:
        """Show the measure on a logarithmic axis, or on a linear one."""
        self._log_y = log
        self._held = None
        self._draw()

    def table(self) -> Table:
        """Return mean, standard deviation and number of trials of each setting."""
        rows = [
            (group.name, *mean_and_sd(values), len(values)) for group, values in self._measured()
        ]
        return ("setting", f"{self._measure.name} mean", "sd", "trials"), rows

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the run of the dot that is clicked."""
        found = self._dot_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            folder = found[1]
            if folder is not None:
                self.run_chosen.emit(folder)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what the dot under the mouse stands for."""
        super().mouseMoveEvent(event)
        found = self._dot_at(event.position())
        self.viewport().setCursor(
            Qt.CursorShape.ArrowCursor if found is None else Qt.CursorShape.PointingHandCursor
        )
        self.setToolTip("" if found is None else found[2])

    def place_of(self, number: int) -> QPointF:
        """Return where the dot of the trial with this place among the dots is, in pixels."""
        scene = self.plotItem.vb.mapViewToScene(self._dots[number][0])
        return QPointF(self.mapFromScene(scene))

    def _dot_at(self, place: QPointF) -> tuple[QPointF, Path | None, str] | None:
        scene = self.mapToScene(place.toPoint())
        best, nearest = None, _REACH
        for dot in self._dots:
            apart = self.plotItem.vb.mapViewToScene(dot[0]) - scene
            distance = math.hypot(apart.x(), apart.y())
            if distance <= nearest:
                best, nearest = dot, distance
        return best

    def _measured(self) -> list[tuple[Group, list[float]]]:
        """Return the settings with the measure of each trial that has one."""
        found = []
        for group in self._groups:
            values = [self._measure.of(outcome) for outcome in group.outcomes]
            numbers = [value for value in values if value is not None]
            if numbers:
                found.append((group, numbers))
        return found

    def _draw(self) -> None:
        self.set_label("left", self._measure.title)
        measured = self._measured()
        xs = [self._places[group.place] for group, _ in measured]
        self._log = self._log_y and all(min(values) > 0 for _, values in measured)
        self._set_log_axes()
        self._draw_trials(measured, xs)
        self._draw_means(measured, xs)
        self._settle(measured)

    def _draw_trials(self, measured: list[tuple[Group, list[float]]], xs: list[float]) -> None:
        self._dots, brushes = [], []
        for (group, _), x in zip(measured, xs, strict=True):
            for outcome in group.outcomes:
                value = self._measure.of(outcome)
                if value is not None:
                    words = f"{group.name}, seed {outcome.seed}: {value:.4g}"
                    words += "\nClick to open its run" if outcome.folder else ""
                    self._dots.append((QPointF(x, self._y(value)), outcome.folder, words))
                    brushes.append(pg.mkBrush(self._colours[group.place]))
        points = [(dot[0].x(), dot[0].y()) for dot in self._dots]
        self._trials.setData(_array(points), symbolBrush=brushes or None)

    def _draw_means(self, measured: list[tuple[Group, list[float]]], xs: list[float]) -> None:
        means, ends = [], []
        for (_, values), x in zip(measured, xs, strict=True):
            mean, sd = mean_and_sd(values)
            # On a logarithmic axis a bar that would reach 0 ends at the smallest value.
            low = mean - sd if not self._log or mean > sd else min(values)
            means.append((x, self._y(mean)))
            ends += [(x, self._y(low)), (x, self._y(mean + sd))]
        has_order = bool(self._groups) and _number(self._groups[0].value) is not None
        self._line.setData(_array(sorted(means) if has_order else []))
        self._means.setData(_array(means))
        self._bars.setData(_array(ends))

    def _choose_places(self, settings: Sequence[tuple[str, JsonScalar | None]]) -> list[float]:
        """Return where the settings stand: numbers at their value or its logarithm."""
        numbers = [_number(value) for _, value in settings]
        known = [number for number in numbers if number is not None]
        self._is_log_x = False
        if len(known) < len(numbers) or not known:
            places = [float(place) for place in range(len(settings))]
            names = [name for name, _ in settings]
            self._bottom.setTicks([list(zip(places, names, strict=True))])
        else:
            self._bottom.setTicks(None)
            least, most = min(known), max(known)
            self._is_log_x = least > 0 and math.log10(most / least) > _MANY_DECADES
            places = [math.log10(number) if self._is_log_x else number for number in known]
        low, high = min(places, default=0.0), max(places, default=1.0)
        span = (high - low) or 1.0
        self.setXRange(low - 0.1 * span, high + 0.1 * span, padding=0)
        return places

    def _settle(self, measured: list[tuple[Group, list[float]]]) -> None:
        ends = [self._y(value) for _, values in measured for value in values]
        _, bars = self._bars.getData()
        ends += [] if bars is None else [float(value) for value in bars]
        if ends:
            self._held = settled_range(self._held, min(ends), max(ends), from_zero=not self._log)
            self.setYRange(*self._held, padding=0)

    def _set_log_axes(self) -> None:
        # Of the axes alone: the points are placed by their logarithms here.
        self._bottom.setLogMode(self._is_log_x)
        self._left.setLogMode(self._log)

    def _y(self, value: float) -> float:
        return math.log10(value) if self._log else value


def _number(value: JsonScalar | None) -> float | None:
    """Return a value as a number, None where it is a word or a switch."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return None


def _array(points: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    return np.array(points, dtype=np.float64).reshape(-1, 2)
