"""The histogram of errors to choose in: a click or a brush over bars, a threshold to drag."""

from functools import cached_property

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from aegui.analysis.histogram import bar_span
from aegui.records import Histogram
from aegui.ui.theme import Theme
from aegui.ui.views.error_histogram import ErrorHistogram
from aegui.ui.views.errors.histogram_marks import HistogramMarks, Span
from aegui.ui.views.focus import is_escape

# So many pixels beside the threshold's line still take hold of it.
_REACH = 7
_LEFT = Qt.MouseButton.LeftButton


class BrushHistogram(ErrorHistogram):
    """Bars of which whole ones are chosen, beside each other.

    The arrows choose the next bar, with Shift one more; Escape chooses none.
    """

    span_chosen = Signal(object)
    """The person chose the errors from … to, a pair of numbers, or None for all."""
    threshold_moved = Signal(float)
    """The person moved the threshold to this error."""

    # Where the brush began and where it is now, by the number of the bar. The constructor that
    # this class inherits shows a histogram without bars already.
    _brush: tuple[int, int] | None = None

    def __init__(self) -> None:
        super().__init__()
        self._is_dragging_line = False
        self.viewport().setMouseTracking(True)

    @property
    def span(self) -> Span | None:
        """The errors chosen, if any are."""
        return self._marks.span

    @property
    def threshold(self) -> float | None:
        """The error at which the threshold is, if there is one."""
        return self._marks.threshold

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        super().set_theme(theme)
        self._marks.set_theme(theme)

    def set_span(self, span: Span | None) -> None:
        """Mark these errors as chosen, without telling."""
        self._brush = None
        self._marks.set_span(span)

    def set_threshold(self, threshold: float | None) -> None:
        """Put the threshold at an error, without telling."""
        self._marks.set_threshold(threshold)

    def show_histogram(self, histogram: Histogram) -> None:
        """Show how errors are spread; what is chosen stays, also where bars are others now."""
        super().show_histogram(histogram)
        if self._brush is not None and self.span is not None:
            # A hand may be brushing at this moment: it goes on from the same end.
            is_back = self._brush[0] > self._brush[1]
            first, last = self._bars_of(self.span)
            self._brush = (last, first) if is_back else (first, last)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the threshold, or begin to brush."""
        if event.button() != _LEFT or not self._histogram.n:
            super().mousePressEvent(event)
            return
        if self._is_at_line(event.position()):
            self._is_dragging_line = True
            return
        bar = self._bar_at(event.position())
        was = self.span
        # A second click on the only bar that is chosen lets it go.
        self._brush = (bar, bar)
        if was == self._span_of(bar, bar):
            self._brush = None
            self._choose(None)
        else:
            self._choose(self._span_of(bar, bar))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second of two quick clicks as what it is."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held, or show that it can be taken hold of."""
        if self._is_dragging_line:
            low, high = self.plotItem.vb.viewRange()[0]
            threshold = min(max(self._error_at(event.position()), low), high)
            self._marks.set_threshold(threshold)
            self.threshold_moved.emit(threshold)
        elif self._brush is not None and event.buttons() & _LEFT:
            bar = self._bar_at(event.position())
            if bar != self._brush[1]:
                self._brush = (self._brush[0], bar)
                self._choose(self._span_of(*self._brush))
        else:
            near = self._is_at_line(event.position())
            shape = Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.CrossCursor
            self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._is_dragging_line = False
        super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window's shortcuts while errors are chosen."""
        if is_escape(event) and self.span is not None:
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose bars with the arrows, none with Escape."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._histogram.n:
            is_more = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(step, is_more=is_more)
        elif event.key() == Qt.Key.Key_Escape and self.span is not None:
            self._brush = None
            self._choose(None)
        else:
            event.ignore()

    @cached_property
    def _marks(self) -> HistogramMarks:
        # The constructor that this class inherits sets a theme and needs them.
        return HistogramMarks(self.plotItem.vb, self._theme)

    def _step(self, step: int, *, is_more: bool) -> None:
        counts = self._histogram.counts
        if self._brush is None and self.span is None:
            start = end = int(counts.argmax())
        else:
            first, last = self._brush or self._bars_of(self.span or (0.0, 0.0))
            end = min(max(last + step, 0), len(counts) - 1)
            start = first if is_more else end
        self._brush = (start, end)
        self._choose(self._span_of(start, end))

    def _choose(self, span: Span | None) -> None:
        self._marks.set_span(span)
        self.span_chosen.emit(span)

    def _span_of(self, start: int, end: int) -> Span:
        return bar_span(self._histogram, min(start, end), max(start, end))

    def _bars_of(self, span: Span) -> tuple[int, int]:
        """Return the bars that a range of errors covers now."""
        edges, most = self._histogram.edges, len(self._histogram.counts) - 1
        first = int(np.searchsorted(edges, span[0], "right")) - 1
        last = int(np.searchsorted(edges, span[1], "left")) - 1
        return min(max(first, 0), most), min(max(last, 0), most)

    def _bar_at(self, place: QPointF) -> int:
        error, edges = self._error_at(place), self._histogram.edges
        bar = int(np.searchsorted(edges, error, "right")) - 1
        return min(max(bar, 0), len(edges) - 2)

    def _error_at(self, place: QPointF) -> float:
        scene = self.mapToScene(place.toPoint())
        return float(self.plotItem.vb.mapSceneToView(scene).x())

    def _is_at_line(self, place: QPointF) -> bool:
        if self.threshold is None:
            return False
        in_box = self.plotItem.vb.mapFromScene(self.mapToScene(place.toPoint()))
        return abs(in_box.x() - self._marks.across(self.threshold)) <= _REACH * self._theme.scale
