"""An axis whose ticks are few, round and always written."""

import math

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsSceneResizeEvent

# Half a label may stand beyond the end of the axis.
_OVERHANG = 24
_LOG_STEPS = ((1.0,), (1.0, 3.0), (1.0, 2.0, 5.0), (1.0, 2.0, 3.0, 5.0, 7.0))


class PlotAxis(pg.AxisItem):
    """A pyqtgraph axis with a faint grid, no line and no minor ticks.

    Parameters
    ----------
    orientation
        ``left`` or ``bottom``.
    whole
        Whether values are whole numbers, so that no tick may stand between two.
    """

    def __init__(self, orientation: str, *, whole: bool = False) -> None:
        super().__init__(orientation)
        self._whole = whole
        self.enableAutoSIPrefix(False)
        self.setStyle(maxTickLevel=0, tickLength=0, tickAlpha=255, tickTextOffset=6)
        self.setGrid(255)

    def boundingRect(self) -> QRectF:
        """Return the area that grid and labels take up, in pixels of the axis."""
        return super().boundingRect().adjusted(-_OVERHANG, -_OVERHANG, _OVERHANG, _OVERHANG)

    def resizeEvent(self, event: QGraphicsSceneResizeEvent | None = None) -> None:
        """Put the label in the middle; one longer than the axis would run into other things."""
        super().resizeEvent(event)
        room = self.height() if self.orientation in ("left", "right") else self.width()
        fits = self.label.boundingRect().width() <= room + _OVERHANG
        self.label.setVisible(bool(self.labelText) and fits)

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """Return the distance between ticks and where they begin."""
        levels = super().tickSpacing(low, high, size)
        if self._whole:
            return [(max(1.0, spacing), offset) for spacing, offset in levels]
        return levels

    def tickValues(
        self, low: float, high: float, size: float
    ) -> list[tuple[float | None, list[float]]]:
        """Return where ticks stand; on a logarithmic axis these are powers of ten."""
        if not self.logMode:
            return super().tickValues(low, high, size)
        for steps in _LOG_STEPS:
            ticks = _log_ticks(low, high, steps)
            if len(ticks) >= 4:
                return [(None, ticks)]
        return [(None, self._even_ticks(low, high, size))]

    def logTickStrings(
        self,
        values: list[float],
        _scale: float,
        _spacing: float | None,
    ) -> list[str]:
        """Return what is written at ticks given as powers of ten."""
        return [f"{10.0**value:.6g}" for value in values]

    def _even_ticks(self, low: float, high: float, size: float) -> list[float]:
        """Return ticks at round, evenly spaced numbers, for less than a decade or two."""
        start, end = 10.0**low, 10.0**high
        step, _ = super().tickSpacing(start, end, size)[0]
        first, last = math.ceil(start / step), math.floor(end / step)
        return [math.log10(k * step) for k in range(max(first, 1), last + 1)]


def _log_ticks(low: float, high: float, steps: tuple[float, ...]) -> list[float]:
    decades = range(math.floor(low), math.ceil(high) + 1)
    ticks = [decade + math.log10(step) for decade in decades for step in steps]
    inside = [tick for tick in ticks if low <= tick <= high]
    thinning = math.ceil(len(inside) / 8)
    return inside[::thinning] if thinning else inside
