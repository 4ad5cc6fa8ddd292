"""The Latent tab: the codes as a map to walk through, and as numbers to turn."""

import numpy as np
from PySide6.QtCore import QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aegui.analysis.chart import Chart
from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.ui.forms import Card, say_within
from aegui.ui.theme import Theme
from aegui.ui.views.backdrop import grid_places
from aegui.ui.views.class_legend import ClassLegend
from aegui.ui.views.code_sliders import CodeSliders
from aegui.ui.views.latent_page import EMPTY, WAITING, EmptyMap
from aegui.ui.views.latent_plot import LatentPlot
from aegui.ui.views.map_choice import MapChoice
from aegui.ui.views.morph_bar import MorphBar
from aegui.ui.views.probe import Probe

_SIDE_WIDTH = 262
_BACKDROP_MS = 40
# Margins and gaps of the card, in pixels, that the caption cannot have.
_BESIDE_CAPTION = 50


class LatentView(QWidget):
    """Map, what is under the pointer, the way between two pins, and the code's sliders.

    It knows places and test rows; what codes stand for it wishes for, and is told.
    """

    looked_at = Signal()
    """The tab came into view."""
    pointed = Signal(object)
    """The pointer came to a place, (1, 2): what it stands for is wanted."""
    backdrop_wanted = Signal(object, object)
    """What places, (n, 2), over an area (``QRectF``) stand for is wanted, or None of it."""
    pins_changed = Signal(object)
    """The pins are at these places, (count, 2)."""
    share_changed = Signal(float)
    """What lies so far on the way from A to B is wanted, 0 to 1."""

    def __init__(self) -> None:
        super().__init__()
        self._dataset: Dataset | None = None
        self._chart: Chart | None = None
        self._caption = ""
        self._at: tuple[float, float] | None = None
        self.choice = MapChoice()
        self.legend = ClassLegend()
        self.plot = LatentPlot()
        self.probe = Probe()
        self.morph = MorphBar()
        self.sliders = CodeSliders()
        self.empty = EmptyMap()
        self.behind = QCheckBox("Decoded backdrop")
        self._fit = QPushButton("Show all")
        self._map_card = Card("Latent map")
        self._probe_card = Card("Under the pointer")
        self._code_card = Card("The code")
        self._side = QWidget()
        self._scroll = QScrollArea()
        self._pages = QStackedWidget()
        self._settled = QTimer(self)
        self._lay_out()
        self._connect()

    @property
    def chart(self) -> Chart | None:
        """The map that is shown, if any."""
        return self._chart

    @property
    def features(self) -> int:
        """Numbers in a row of the data; 0 without data."""
        return 0 if self._dataset is None else self._dataset.features

    @property
    def caption(self) -> str:
        """What the map is, in words."""
        return self._caption

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        for part in (self.legend, self.plot, self.probe, self.morph, self.sliders):
            part.set_theme(theme)
        self._side.setFixedWidth(theme.px(_SIDE_WIDTH))
        self._scroll.setFixedWidth(theme.px(_SIDE_WIDTH))
        self._write_caption()

    def showEvent(self, event: QShowEvent) -> None:
        """Say that somebody looks: maps are made only then."""
        super().showEvent(event)
        self.looked_at.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as much of the caption as there is room for."""
        super().resizeEvent(event)
        self._write_caption()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing move that nobody sees."""
        super().hideEvent(event)
        self.plot.dots.settle()

    def start(self, dataset: Dataset, rows: int, width: int, *, is_variational: bool) -> None:
        """Begin with another run, whose codes are ``width`` wide: no map of it yet.

        ``rows`` is how many of the test rows are going to be mapped.
        """
        self._dataset, self._chart = dataset, None
        labels = None if dataset.test_labels is None else dataset.test_labels[:rows]
        self.choice.set_width(width)
        self.choice.choose("fit")
        self.legend.set_classes([] if labels is None else np.unique(labels).tolist())
        self.legend.show_all()
        self.plot.dots.set_classes(labels, rows)
        self.plot.names.set_shown(None)
        self.plot.thumbnails.set_rows(dataset.test[:rows], dataset.image_shape, dataset.value_range)
        self.plot.pins.clear()
        self.plot.forget()
        self.plot.mark_code(None)
        self._leave()
        self._drop_backdrop()
        self.probe.start(dataset)
        self.morph.start(dataset)
        self.sliders.start(dataset, rows, is_variational=is_variational)
        self.say_empty(is_waiting=True)

    def say_empty(self, *, is_waiting: bool) -> None:
        """Say that there is no map: it is on its way, or there is no model."""
        self.empty.say(WAITING if is_waiting else EMPTY, is_waiting=is_waiting)
        self._pages.setCurrentWidget(self.empty)

    def show_chart(self, chart: Chart, caption: str, glide: float = 0.0) -> None:
        """Show a map; dots that are there already glide to their places for some seconds."""
        is_other = self._chart is None or _kind(self._chart) != _kind(chart)
        self._chart = chart
        self._caption = caption
        self._write_caption()
        self.plot.set_names(*chart.plane.names, is_line=chart.plane.is_line)
        if is_other:
            self.plot.forget()
            self.plot.pins.clear()
            self._leave()
        self.plot.show_places(chart.crowd.places, chart.names, 0.0 if is_other else glide)
        self.sliders.show_units(chart.units)
        self._pages.setCurrentIndex(0)
        if self._at is not None:
            self._point(*self._at)
        self._want_backdrop()

    def show_decoded(self, row: FloatArray) -> None:
        """Show what the place under the pointer stands for, (features,)."""
        self.probe.show_decoded(row)

    def show_backdrop(self, rows: FloatArray, area: QRectF) -> None:
        """Show what a grid of places over an area stands for, if that is still wanted."""
        if self._dataset is not None and self.behind.isChecked():
            self.plot.backdrop.set_rows(
                rows, area, self._dataset.image_shape, self._dataset.value_range
            )

    def _write_caption(self) -> None:
        card = self._map_card
        room = self.width() - self._side.width() - card.title.sizeHint().width() - _BESIDE_CAPTION
        say_within(card.hint, self._caption, max(room, 0))

    def _lay_out(self) -> None:
        self.behind.setToolTip("Fill the map with what the decoder makes of its places")
        choices = QHBoxLayout()
        choices.setSpacing(10)
        choices.addWidget(self.choice)
        choices.addStretch()
        choices.addWidget(self.behind)
        choices.addWidget(self._fit)
        for part in (choices, self.legend, self.plot, self.morph):
            if isinstance(part, QHBoxLayout):
                self._map_card.body.addLayout(part)
            else:
                self._map_card.body.addWidget(part, int(part is self.plot))
        self._probe_card.body.addWidget(self.probe)
        self._code_card.body.addWidget(self.sliders)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._probe_card)
        column.addWidget(self._code_card, 1)
        self._scroll.setWidget(self._side)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._map_card, 1)
        row.addWidget(self._scroll)
        self._pages.addWidget(page)
        self._pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.say_empty(is_waiting=False)

    def _connect(self) -> None:
        self._settled.setSingleShot(True)
        self._settled.setInterval(_BACKDROP_MS)
        self._settled.timeout.connect(self._want_backdrop)
        self.legend.shown_changed.connect(self._show_classes)
        self.plot.pointed.connect(self._point)
        self.plot.pointer_left.connect(self._leave)
        self.plot.moved.connect(self._follow_view)
        self.plot.pins.changed.connect(self._follow_pins)
        self.plot.pins.share_changed.connect(self._follow_handle)
        self.morph.share_changed.connect(self._follow_slider)
        self.morph.clear_requested.connect(self.plot.pins.clear)
        self.behind.toggled.connect(self._want_backdrop)
        self._fit.clicked.connect(self._show_all)

    @Slot(set)
    def _show_classes(self, classes: set[int]) -> None:
        self.plot.dots.set_shown(classes)
        self.plot.names.set_shown(classes)

    @Slot(float, float)
    def _point(self, x: float, y: float) -> None:
        if self._chart is None or self._dataset is None:
            return
        self._at = (x, y)
        place = np.array([x, y], np.float32)
        crowd = self._chart.crowd
        number = crowd.nearest(place)
        if number is None or not crowd.is_populated(place):
            self.plot.point_at(None)
            self.probe.show_nowhere()
        else:
            labels = self._chart.labels
            class_name = None if labels is None else int(labels[number])
            self.plot.point_at(crowd.places[number])
            self.probe.show_nearest(self._dataset.test[number], number, class_name)
        self.pointed.emit(place.reshape(1, 2))

    @Slot()
    def _leave(self) -> None:
        self._at = None
        self.plot.point_at(None)
        self.probe.clear()

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
            self._drop_backdrop()
            return
        area = self.plot.view_area
        self.backdrop_wanted.emit(grid_places(area), area)

    def _drop_backdrop(self) -> None:
        self.plot.backdrop.set_rows(None, QRectF(), None, (0.0, 1.0))

    @Slot()
    def _show_all(self) -> None:
        if self._chart is not None:
            self.plot.show_all(self._chart.crowd.places)


def _kind(chart: Chart) -> tuple[type, tuple[str, str]]:
    return type(chart.plane), chart.plane.names
