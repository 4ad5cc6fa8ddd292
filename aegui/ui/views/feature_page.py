"""Where in a row the errors are: two heat maps for pictures, bars for rows of numbers."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from aegui.analysis.feature_errors import FeatureErrors
from aegui.data import Dataset
from aegui.ui.export import Table
from aegui.ui.forms import label
from aegui.ui.theme import Theme
from aegui.ui.views.heat_map import HeatMap
from aegui.ui.views.plot import Plot
from aegui.ui.views.ranges import Range, settled_range
from aegui.ui.views.text import grouped

SIZE, BIAS = "mean |x − x̂|", "mean x̂ − x"
_WORKING = "Rebuilding the rows…"


class FeatureBars(Plot):
    """A bar for each feature, and a line for which way the errors go."""

    def __init__(self) -> None:
        super().__init__("errors-by-feature", whole_x=True)
        self._errors: FeatureErrors | None = None
        self._held: Range | None = None
        self._bars = pg.BarGraphItem(x=[], height=[], width=0.8, pen=None)
        self._line = pg.PlotCurveItem()
        self.addItem(self._bars)
        self.addItem(self._line)
        self.setAccessibleName("Errors by feature")

    @property
    def errors(self) -> FeatureErrors | None:
        """What is shown."""
        return self._errors

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        super().set_theme(theme)
        self._bars.setOpts(brush=pg.mkBrush(theme.series[0]))
        self._line.setPen(pg.mkPen(theme.text, width=theme.px(1.5)))

    def start(self) -> None:
        """Begin with other data: no bars yet."""
        self._held = None
        self.set_label("bottom", "Feature")
        self.set_label("left", f"{SIZE} (bars), {BIAS} (line)")
        self.show_errors(None)

    def show_errors(self, errors: FeatureErrors | None) -> None:
        """Show the errors of each feature; the axis moves only when it must."""
        self._errors = errors
        size = np.zeros(0) if errors is None else errors.size
        bias = np.zeros(0) if errors is None else errors.bias
        features = np.arange(1, len(size) + 1)
        self._bars.setOpts(x=features, height=size, width=0.8)
        self._line.setData(features, bias)
        if len(size):
            low, high = min(float(bias.min()), 0.0), float(size.max())
            self._held = settled_range(self._held, low, high, from_zero=True)
            self.setXRange(0.4, len(size) + 0.6, padding=0)
            self.setYRange(*self._held, padding=0)

    def table(self) -> Table:
        """Return what each feature's errors are."""
        errors = self._errors
        if errors is None:
            return ("feature", "error", "bias"), ()
        columns = (range(1, len(errors.size) + 1), errors.size.tolist(), errors.bias.tolist())
        return ("feature", "error", "bias"), list(zip(*columns, strict=True))


class FeaturePage(QWidget):
    """It is told the errors of each feature, of all rows or of those chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._dataset: Dataset | None = None
        self.size_map = HeatMap("error-by-pixel", SIZE, signed=False)
        self.bias_map = HeatMap("bias-by-pixel", BIAS, signed=True)
        self.bars = FeatureBars()
        self._of = label("", "muted")
        self._told = label("", "muted")
        self._told.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._pages = QStackedWidget()
        self._lay_out()
        for heat_map in (self.size_map, self.bias_map):
            heat_map.pixel_told.connect(self._tell)

    @property
    def words(self) -> str:
        """What is said about which rows these are."""
        return self._of.text()

    @property
    def told(self) -> str:
        """What is said of the pixel pointed at."""
        return self._told.text()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        for part in (self.size_map, self.bias_map, self.bars):
            part.set_theme(theme)

    def start(self, dataset: Dataset) -> None:
        """Begin with other data: nothing is known yet."""
        self._dataset = dataset
        self.bars.start()
        for heat_map in (self.size_map, self.bias_map):
            heat_map.show_values(None)
        self._of.setText(_WORKING)
        self._pages.setCurrentIndex(0 if dataset.image_shape is not None else 1)

    def show_errors(self, errors: FeatureErrors) -> None:
        """Show the errors of each feature."""
        dataset = self._dataset
        if dataset is None:
            return
        noun = f"{dataset.noun}{'' if errors.rows == 1 else 's'}"
        self._of.setText(f"mean over {grouped(errors.rows)} test {noun}")
        if dataset.image_shape is None:
            self.bars.show_errors(errors)
        else:
            self.size_map.show_values(errors.size.reshape(dataset.image_shape))
            self.bias_map.show_values(errors.bias.reshape(dataset.image_shape))

    def _lay_out(self) -> None:
        maps = QWidget()
        beside = QHBoxLayout(maps)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(16)
        titles = (f"Error · {SIZE}", f"Direction · {BIAS}: blue too bright, red too dark")
        for title, heat_map in zip(titles, (self.size_map, self.bias_map), strict=True):
            column = QVBoxLayout()
            column.setSpacing(4)
            above = label(title, "muted", wrap=True)
            above.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(above)
            column.addWidget(heat_map, 1)
            beside.addLayout(column, 1)
        self._pages.addWidget(maps)
        self._pages.addWidget(self.bars)
        words = QHBoxLayout()
        words.addWidget(self._of)
        words.addWidget(self._told, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(words)
        layout.addWidget(self._pages, 1)

    @Slot(str)
    def _tell(self, words: str) -> None:
        self._told.setText(words)
