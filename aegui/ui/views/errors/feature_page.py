"""Where in a row the errors are: two heat maps for pictures, bars for rows of numbers."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from aegui.analysis.feature_errors import FeatureErrors
from aegui.data import Dataset
from aegui.ui.forms import label
from aegui.ui.handing.export import Table
from aegui.ui.theme import Theme
from aegui.ui.views.errors.feature_words import BIAS, SIZE, feature_table, feature_words
from aegui.ui.views.errors.heat_map import HeatMap
from aegui.ui.views.name_ticks import name_ticks
from aegui.ui.views.plot import Plot
from aegui.ui.views.ranges import Range, settled_range
from aegui.ui.views.readout import has_readout
from aegui.ui.views.text import grouped, small_font

_WORKING = "Rebuilding the rows…"


class FeatureBars(Plot):
    """A bar for each feature, and a line for which way the errors go."""

    feature_told = Signal(str)
    """What is to be said of the bar pointed at; nothing where there is none."""

    def __init__(self) -> None:
        super().__init__("errors-by-feature", whole_x=True)
        self._errors: FeatureErrors | None = None
        self._dataset: Dataset | None = None
        self._held: Range | None = None
        self._bars = pg.BarGraphItem(x=[], height=[], width=0.8, pen=None)
        self._line = pg.PlotCurveItem()
        self.addItem(self._bars)
        self.addItem(self._line)
        self.plotItem.vb.sigResized.connect(self._write_names)
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

    def start(self, dataset: Dataset) -> None:
        """Begin with other data: no bars yet."""
        self._dataset, self._held = dataset, None
        self.set_label("bottom", "Column" if dataset.columns else "Feature")
        if not dataset.columns:
            self.plotItem.getAxis("bottom").setTicks(None)
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
        self._write_names()

    def table(self) -> Table:
        """Return what each feature's errors are; of a file's columns in its units as well."""
        return feature_table(self._errors, self._dataset)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which bar the mouse came to."""
        super().mouseMoveEvent(event)
        place = self.plotItem.vb.mapSceneToView(self.mapToScene(event.position().toPoint()))
        self._tell(round(place.x()) - 1)

    def leaveEvent(self, event: QEvent) -> None:
        """Say that the mouse has gone."""
        super().leaveEvent(event)
        self.feature_told.emit("")

    def _tell(self, place: int) -> None:
        errors, dataset = self._errors, self._dataset
        if errors is None or dataset is None or not has_readout(dataset):
            return
        is_bar = 0 <= place < len(errors.size)
        self.feature_told.emit(feature_words(errors, dataset, place) if is_bar else "")

    def _write_names(self) -> None:
        """Write as many of the columns' names as there is room for."""
        dataset = self._dataset
        if dataset is None or not dataset.columns:
            return
        width, font = self.plotItem.vb.width(), small_font(self._theme)
        ticks = name_ticks(dataset.columns, 1, width, font)
        self.plotItem.getAxis("bottom").setTicks([ticks])


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
        self.bars.feature_told.connect(self._tell)

    @property
    def words(self) -> str:
        """What is said about which rows these are."""
        return self._of.text()

    @property
    def told(self) -> str:
        """What is said of the pixel or the bar pointed at."""
        return self._told.text()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        for part in (self.size_map, self.bias_map, self.bars):
            part.set_theme(theme)

    def start(self, dataset: Dataset) -> None:
        """Begin with other data: nothing is known yet."""
        self._dataset = dataset
        self.bars.start(dataset)
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
            # All pixels of a picture are scaled alike.
            factor = 1.0 if dataset.scale is None else float(dataset.scale.factor.flat[0])
            self.size_map.show_values(errors.size.reshape(dataset.image_shape), factor)
            self.bias_map.show_values(errors.bias.reshape(dataset.image_shape), factor)

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
