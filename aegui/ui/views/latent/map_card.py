"""The card of the latent map: which map, which classes, the map itself, the way between pins."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton

from aegui.analysis.chart import Chart
from aegui.analysis.crowd import Crowd
from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.ui.forms import Card, say_within
from aegui.ui.theme import Theme
from aegui.ui.views.latent.backdrop import grid_places
from aegui.ui.views.latent.class_legend import ClassLegend
from aegui.ui.views.latent.latent_plot import LatentPlot
from aegui.ui.views.latent.map_choice import FIT, MapChoice
from aegui.ui.views.latent.morph_bar import MorphBar

# Margins and gaps, in pixels, that the caption cannot have.
_BESIDE_CAPTION = 36
_BACKDROP_MS = 40


class MapCard(Card):
    """Shows charts; what places stand for it wishes for, and is told."""

    backdrop_wanted = Signal(object, object)
    """What places, (n, 2), over an area (``QRectF``) stand for is wanted."""
    pins_changed = Signal(object)
    """The pins are at these places, (count, 2)."""
    share_changed = Signal(float)
    """What lies so far on the way from A to B is wanted, 0 to 1."""

    def __init__(self) -> None:
        super().__init__("Latent map")
        self.choice = MapChoice()
        self.behind = QCheckBox("Decoded backdrop")
        self.fit = QPushButton("Show all")
        self.legend = ClassLegend()
        self.plot = LatentPlot()
        self.morph = MorphBar()
        self._caption = ""
        self._dataset: Dataset | None = None
        self._chart: Chart | None = None
        self._crowd: Crowd | None = None
        self._settled = QTimer(self)
        self._lay_out()
        self._connect()

    @property
    def chart(self) -> Chart | None:
        """The map that is shown, if any."""
        return self._chart

    @property
    def crowd(self) -> Crowd | None:
        """The rows whose classes are shown, if there is a map."""
        return self._crowd

    def is_like(self, chart: Chart) -> bool:
        """Tell whether a chart is of the kind that is shown, so that the eye can follow."""
        return self._chart is not None and _kind(self._chart) == _kind(chart)

    def start(self, dataset: Dataset, rows: int, width: int) -> None:
        """Begin with the first test rows of other data, and codes of a width: no map yet."""
        self._dataset, self._chart, self._crowd = dataset, None, None
        labels = None if dataset.test_labels is None else dataset.test_labels[:rows]
        self.choice.set_width(width)
        self.choice.choose(FIT)
        classes = [] if labels is None else np.unique(labels).tolist()
        self.legend.set_classes(classes, dataset.class_name)
        self.legend.show_all()
        self.plot.start(dataset, labels, rows)
        self.morph.start(dataset)

    def show_chart(self, chart: Chart, caption: str, glide: float) -> None:
        """Show a map; dots that are there already glide to their places for some seconds."""
        is_other = not self.is_like(chart)
        self._chart = chart
        self.set_caption(caption)
        self.plot.set_names(*chart.plane.names, is_line=chart.plane.is_line)
        if is_other:
            self.plot.forget()
            self.plot.pins.clear()
        self.plot.show_places(chart.crowd.places, chart.names, 0.0 if is_other else glide)
        self._show_classes()
        self._want_backdrop()

    def show_backdrop(self, rows: FloatArray, area: QRectF) -> None:
        """Show what a grid of places over an area stands for, if that is still wanted."""
        if self._dataset is not None and self.behind.isChecked():
            self.plot.backdrop.set_rows(
                rows, area, self._dataset.image_shape, self._dataset.value_range
            )

    def _lay_out(self) -> None:
        self.behind.setToolTip("Fill the map with what the decoder makes of its places")
        choices = QHBoxLayout()
        choices.setSpacing(10)
        choices.addWidget(self.choice)
        choices.addStretch()
        choices.addWidget(self.behind)
        choices.addWidget(self.fit)
        self.body.addLayout(choices)
        self.body.addWidget(self.legend)
        self.body.addWidget(self.plot, 1)
        self.body.addWidget(self.morph)

    def _connect(self) -> None:
        self._settled.setSingleShot(True)
        self._settled.setInterval(_BACKDROP_MS)
        self._settled.timeout.connect(self._want_backdrop)
        self.legend.shown_changed.connect(self._show_classes)
        self.plot.moved.connect(self._follow_view)
        self.plot.pins.changed.connect(self._follow_pins)
        self.plot.pins.share_changed.connect(self._follow_handle)
        self.morph.share_changed.connect(self._follow_slider)
        self.morph.clear_requested.connect(self.plot.pins.clear)
        self.behind.toggled.connect(self._want_backdrop)
        self.fit.clicked.connect(self._show_all)

    @property
    def caption(self) -> str:
        """What the map is, in words; where there is no room for all, the rest is in the tip."""
        return self._caption

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        for part in (self.legend, self.plot, self.morph):
            part.set_theme(theme)
        self._write()

    def set_caption(self, text: str) -> None:
        """Say what the map is."""
        self._caption = text
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as much of the caption as there is room for."""
        super().resizeEvent(event)
        self._write()

    def _write(self) -> None:
        room = self.width() - self.title.sizeHint().width() - _BESIDE_CAPTION
        say_within(self.hint, self._caption, max(room, 0))

    @Slot()
    def _show_classes(self) -> None:
        """Show the classes that are wanted; the pointer passes over the others as well."""
        shown = self.legend.shown
        self.plot.dots.set_shown(shown)
        self.plot.names.set_shown(shown)
        chart = self._chart
        if chart is None or chart.labels is None:
            self._crowd = None if chart is None else chart.crowd
            return
        is_hidden = ~np.isin(chart.labels, list(shown))
        places = np.where(is_hidden[:, None], np.float32(np.nan), chart.crowd.places)
        self._crowd = replace(chart.crowd, places=places) if is_hidden.any() else chart.crowd

    @Slot()
    def _follow_pins(self) -> None:
        pins = self.plot.pins
        self.morph.show_pins(pins.count)
        self.morph.set_share(pins.share)
        self.pins_changed.emit(pins.places)

    @Slot(float)
    def _follow_handle(self, share: float) -> None:
        self.morph.set_share(share)
        self.share_changed.emit(share)

    @Slot(float)
    def _follow_slider(self, share: float) -> None:
        self.plot.pins.set_share(share)
        self.share_changed.emit(share)

    @Slot()
    def _follow_view(self) -> None:
        """Make the backdrop anew once in a while as the view moves."""
        if self.behind.isChecked() and not self._settled.isActive():
            self._settled.start()

    @Slot()
    def _want_backdrop(self) -> None:
        if not self.behind.isChecked() or self._chart is None:
            self.plot.drop_backdrop()
            return
        area = self.plot.view_area
        self.backdrop_wanted.emit(grid_places(area), area)

    @Slot()
    def _show_all(self) -> None:
        if self._chart is not None:
            self.plot.show_all(self._chart.crowd.places)


def _kind(chart: Chart) -> tuple[type, tuple[str, str]]:
    return type(chart.plane), chart.plane.names
