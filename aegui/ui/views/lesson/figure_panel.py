"""One panel of a figure: its heading, and a plot, pictures or numbers below."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from aegui.records.figures import Mark, Panel, Sheet, Tiles, Words
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.axis import PlotAxis
from aegui.ui.views.lesson.figure_blocks import Heading
from aegui.ui.views.lesson.figure_colours import tone_colour
from aegui.ui.views.lesson.figure_marks import MarkItem, make_item, reach, scaled
from aegui.ui.views.lesson.figure_tiles import SheetBlock, TilesBlock
from aegui.ui.views.text import small_font

_LEFT_WIDTH, _BOTTOM_HEIGHT = 58, 38
_PADDING = 0.04
_BEHIND = -1000


def kind_of(panel: Panel) -> type[Mark] | None:
    """Return what stands alone in a panel, or None for a plot."""
    return next((type(m) for m in panel.marks if isinstance(m, (Tiles, Sheet))), None)


class PanelLayout(pg.GraphicsLayout):
    """A heading above what the panel's kind asks for."""

    def __init__(self, kind: type[Mark] | None) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.layout.setVerticalSpacing(2)
        self.heading = Heading()
        self.body: PanelPlot | TilesBlock | SheetBlock
        if kind is Tiles:
            self.body = TilesBlock()
        elif kind is Sheet:
            self.body = SheetBlock()
        else:
            self.body = PanelPlot()
        self.addItem(self.heading, 0, 0)
        self.addItem(self.body, 1, 0)

    def show_panel(self, panel: Panel, theme: Theme) -> None:
        """Take the numbers of a panel of the same kind."""
        self.heading.set_theme(theme)
        self.heading.show_marks(panel.title, panel.marks)
        if isinstance(self.body, PanelPlot):
            self.body.show_panel(panel, theme)
            return
        self.body.set_theme(theme)
        for mark in panel.marks:
            if isinstance(self.body, TilesBlock) and isinstance(mark, Tiles):
                self.body.show_tiles(mark)
            elif isinstance(self.body, SheetBlock) and isinstance(mark, Sheet):
                self.body.show_sheet(mark)


class PanelPlot(pg.PlotItem):
    """Marks over shared axes; items are kept as long as a mark of their kind is in their place."""

    def __init__(self) -> None:
        self._bottom, self._left = PlotAxis("bottom"), PlotAxis("left")
        axes = {"bottom": self._bottom, "left": self._left}
        # The menu would be a form of 80 widgets for each panel, and is not used.
        super().__init__(axisItems=axes, enableMenu=False)
        self._theme = DARK
        self._marks: list[tuple[type[Mark], MarkItem]] = []
        self._words: list[tuple[Words, QGraphicsSimpleTextItem]] = []
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.vb.disableAutoRange()
        for axis in (self._bottom, self._left):
            axis.setZValue(_BEHIND)
        self.setContentsMargins(0, 4, 14, 0)
        self.vb.sigResized.connect(self._place_words)

    def show_panel(self, panel: Panel, theme: Theme) -> None:
        """Take the numbers of a panel and the colours of a theme."""
        self._theme = theme
        self._show_axes(panel)
        plotted: list[Mark] = [mark for mark in panel.marks if not isinstance(mark, Words)]
        self._keep_items(plotted)
        for mark, (_, item) in zip(plotted, self._marks, strict=True):
            item.show(mark, theme, log_y=panel.log_y)
        self._show_words([mark for mark in panel.marks if isinstance(mark, Words)])
        self._show_range(panel)

    def _keep_items(self, marks: list[Mark]) -> None:
        """Keep the items that still have their mark, take others away, make what is new."""
        same = 0
        while same < min(len(marks), len(self._marks)) and self._marks[same][0] is type(
            marks[same]
        ):
            same += 1
        for _, item in self._marks[same:]:
            for part in item.parts:
                self.removeItem(part)
        del self._marks[same:]
        for mark in marks[same:]:
            made = make_item(mark)
            for part in made.parts:
                self.addItem(part)
            self._marks.append((type(mark), made))

    def _show_axes(self, panel: Panel) -> None:
        theme = self._theme
        self._left.setWidth(theme.px(_LEFT_WIDTH))
        self._bottom.setHeight(theme.px(_BOTTOM_HEIGHT))
        font = small_font(theme)
        for axis, text in ((self._bottom, panel.x_label), (self._left, panel.y_label)):
            axis.setPen(None)
            axis.setTickPen(pg.mkPen(theme.grid))
            axis.setTextPen(pg.mkPen(theme.muted))
            axis.setTickFont(font)
            axis.setLabel(text, color=theme.muted, **{"font-size": f"{font.pixelSize()}px"})
            axis.label.setFont(font)
        self._left.setLogMode(x=False, y=panel.log_y)
        self._bottom.setTicks([list(panel.x_ticks)] if panel.x_ticks else None)
        self.vb.setAspectLocked(panel.square)

    def _show_words(self, words: list[Words]) -> None:
        while len(self._words) > len(words):
            _, item = self._words.pop()
            self.scene().removeItem(item)
        items = [item for _, item in self._words]
        items += [QGraphicsSimpleTextItem(self.vb) for _ in range(len(words) - len(items))]
        self._words = list(zip(words, items, strict=True))
        for mark, item in self._words:
            item.setText(mark.text)
            item.setFont(small_font(self._theme))
            item.setBrush(tone_colour(self._theme, mark.tone))
        self._place_words()

    @Slot()
    def _place_words(self) -> None:
        area = self.vb.rect()
        for mark, item in self._words:
            box = item.boundingRect()
            x = min(mark.x * area.width(), area.width() - box.width() - 4)
            y = min(mark.y * area.height(), area.height() - box.height() - 2)
            item.setPos(max(x, 2.0), max(y, 2.0))

    def _show_range(self, panel: Panel) -> None:
        reaches = [reach(mark) for mark in panel.marks]
        xs = [values for x, _ in reaches for values in x]
        ys = [scaled(values, log_y=panel.log_y) for _, y in reaches for values in y]
        self.vb.setXRange(*_range(xs), padding=_PADDING)
        self.vb.setYRange(*_range(ys), padding=_PADDING)


def _range(values: list[np.ndarray]) -> tuple[float, float]:
    every = np.concatenate(values) if values else np.zeros(0)
    every = every[np.isfinite(every)]
    if not every.size:
        return 0.0, 1.0
    low, high = float(every.min()), float(every.max())
    if high - low < 1e-12:
        return low - 0.5, high + 0.5
    return low, high
