"""The errors of answers that take no training, as lines across the histogram."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from aegui.records import Baselines
from aegui.ui.theme import Theme
from aegui.ui.views.text import small_font

_GAP = 5.0
_PAD = 3.0


@dataclass(frozen=True)
class BaselineMark:
    """A line at an error, with its label."""

    name: str
    error: float
    style: Qt.PenStyle


def baseline_marks(baselines: Baselines | None) -> tuple[BaselineMark, ...]:
    """Return the marks of a run's baselines: the training mean's, dashed, and PCA's."""
    if baselines is None:
        return ()
    mean = BaselineMark(baselines.mean_name, baselines.mean.mean, Qt.PenStyle.DashLine)
    if baselines.pca is None:
        return (mean,)
    pca = BaselineMark(f"PCA of {baselines.pca_width}", baselines.pca.mean, Qt.PenStyle.SolidLine)
    return mean, pca


def baselines_in_words(baselines: Baselines | None) -> str:
    """Return what the marks stand for, a line each."""
    if baselines is None:
        return ""
    mean, pca = baselines.mean, baselines.pca
    name = baselines.mean_name
    lines = [f"Always answering the {name}: error {mean.mean:.2f}, σ = {mean.std:.2f}"]
    if pca is not None:
        of_sample = " of that sample" if baselines.sampled else ""
        lines.append(
            f"PCA{of_sample} with {baselines.pca_width} components, clipped to the data's range: "
            f"error {pca.mean:.2f}, σ = {pca.std:.2f}"
        )
    return "\n".join(lines)


class BaselineLines(QGraphicsItem):
    """A line from top to bottom for each mark; one beyond the axis has an arrow at that edge.

    The labels stand below each other, under the histogram's own line of text.
    """

    def __init__(self, box: pg.ViewBox, theme: Theme) -> None:
        super().__init__(box)
        self._box = box
        self._theme = theme
        self._marks: Sequence[BaselineMark] = ()
        self.setZValue(50)
        box.sigRangeChanged.connect(self._follow)
        box.sigResized.connect(self._follow)

    @property
    def marks(self) -> Sequence[BaselineMark]:
        """What is shown."""
        return self._marks

    @property
    def texts(self) -> list[str]:
        """What the labels say."""
        return [self._text(mark) for mark in self._marks]

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        self.update()

    def set_marks(self, marks: Sequence[BaselineMark]) -> None:
        """Show these marks."""
        self._marks = tuple(marks)
        self.update()

    def across(self, mark: BaselineMark) -> float:
        """Return where a mark's line lies, in pixels of the view box."""
        return float(self._box.mapFromView(QPointF(mark.error, 0.0)).x())

    def boundingRect(self) -> QRectF:
        """Return all of the view box."""
        return QRectF(self._box.rect())

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw the lines, then the labels over them."""
        painter.setFont(small_font(self._theme))
        for mark in self._marks:
            if not self._beyond(mark):
                x = round(self.across(mark)) + 0.5
                painter.setPen(QPen(QColor(self._theme.text), self._theme.scale, mark.style))
                painter.drawLine(QPointF(x, self._top()), QPointF(x, self.boundingRect().bottom()))
        for row, mark in enumerate(self._marks):
            self._paint_label(painter, mark, self.label_area(row))

    def label_area(self, row: int) -> QRectF:
        """Return where the label of a mark stands: beside its line, away from the other one."""
        metrics = QFontMetricsF(small_font(self._theme))
        area, mark = self.boundingRect(), self._marks[row]
        width = metrics.horizontalAdvance(self._text(mark)) + 2 * _PAD
        x = min(max(self.across(mark), area.left()), area.right())
        is_first = len(self._marks) > 1 and mark is min(self._marks, key=lambda m: m.error)
        left = x - _GAP - width if is_first else x + _GAP
        # In a narrow plot it rather stands across its own line than far from it.
        left = min(left, area.right() - width)
        top = self._top() + row * (metrics.height() + 2)
        return QRectF(max(left, area.left()), top, width, metrics.height())

    def _paint_label(self, painter: QPainter, mark: BaselineMark, area: QRectF) -> None:
        # On ground of its own: bars may reach up to it.
        painter.fillRect(area, QColor(self._theme.surface))
        painter.setPen(QColor(self._theme.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._text(mark))

    def _text(self, mark: BaselineMark) -> str:
        words = f"{mark.name}: {mark.error:.2f}"
        beyond = self._beyond(mark)
        if beyond < 0:
            return f"← {words}"
        return f"{words} →" if beyond > 0 else words

    def _beyond(self, mark: BaselineMark) -> int:
        """Return −1 or 1 for a mark left or right of the axis, 0 for one on it."""
        low, high = self._box.viewRange()[0]
        return int(mark.error > high) - int(mark.error < low)

    def _top(self) -> float:
        return self.boundingRect().top() + QFontMetricsF(small_font(self._theme)).height() + 4

    def _follow(self) -> None:
        self.prepareGeometryChange()
        self.update()
