"""The Latent tab: the codes as a map to walk through, as numbers to turn, and the layers."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from aegui.analysis.chart import Chart
from aegui.analysis.insides import UnitPictures
from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.ui.theme import Theme
from aegui.ui.views.latent.latent_page import EMPTY, WAITING, EmptyMap
from aegui.ui.views.latent.latent_side import LatentSide
from aegui.ui.views.latent.layers_card import LayersCard
from aegui.ui.views.latent.map_card import MapCard
from aegui.ui.views.row_drag import HeldRow, RowDrag, held_row


class LatentView(QWidget):
    """Map, what is under the pointer, the way between two pins, and the code's sliders.

    It knows places and test rows; what codes stand for it wishes for, and is told. ``map`` wishes
    for its own.
    """

    looked_at = Signal()
    """The tab came into view."""
    pointed = Signal(object)
    """The pointer came to a place, (1, 2): what it stands for is wanted."""
    row_pointed = Signal(object)
    """The pointer came to another test row, (1, features), or to none, None."""
    row_taken = Signal(HeldRow)
    """The digit pointed at is to be drawn on."""

    def __init__(self) -> None:
        super().__init__()
        self._dataset: Dataset | None = None
        self._at: tuple[float, float] | None = None
        self.map, self._side = MapCard(), LatentSide()
        self.choice, self.legend, self.plot = self.map.choice, self.map.legend, self.map.plot
        self.morph, self.behind = self.map.morph, self.map.behind
        self.probe, self.sliders = self._side.probe, self._side.sliders
        self.layers, self.unit = LayersCard(), self._side.unit
        self.segments = self._side.pages
        self.empty = EmptyMap()
        self._left = QStackedWidget()
        self._pages = QStackedWidget()
        # The row beside the pointer's place, and the one that was told of last.
        self._near: int | None = None
        self._row: int | None = None
        self._is_told = True
        self._lay_out()
        self._connect()

    @property
    def chart(self) -> Chart | None:
        """The map that is shown, if any."""
        return self.map.chart

    @property
    def shows_layers(self) -> bool:
        """Whether the inside of the layers is in view, and not the map."""
        return self.isVisible() and self._left.currentWidget() is self.layers

    @property
    def features(self) -> int:
        """Numbers in a row of the data; 0 without data."""
        return 0 if self._dataset is None else self._dataset.features

    @property
    def caption(self) -> str:
        """What the map is, in words."""
        return self.map.caption

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        for part in (self.map, self._side, self.layers):
            part.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Say that somebody looks: maps are made only then."""
        super().showEvent(event)
        self.looked_at.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing move that nobody sees, and nobody's row be looked at."""
        super().hideEvent(event)
        self.plot.dots.settle()
        self._leave()

    def start(self, dataset: Dataset, rows: int, width: int, *, is_variational: bool) -> None:
        """Begin with another run, whose codes are ``width`` wide: no map of it yet.

        ``rows`` is how many of the test rows are going to be mapped.
        """
        self._dataset = dataset
        self.map.start(dataset, rows, width)
        self._leave()
        self.probe.start(dataset)
        self.layers.start()
        self.unit.start(dataset)
        self.sliders.start(dataset, rows, width, is_variational=is_variational)
        self.say_empty(is_waiting=True)

    def say_empty(self, *, is_waiting: bool) -> None:
        """Say that there is no map: it is on its way, or there is no model."""
        self.empty.say(WAITING if is_waiting else EMPTY, is_waiting=is_waiting)
        self._pages.setCurrentWidget(self.empty)

    def show_chart(self, chart: Chart, caption: str, glide: float = 0.0) -> None:
        """Show a map; dots that are there already glide to their places for some seconds."""
        if self._at is None or not self.map.is_like(chart):
            self._leave()
        # Another model's layers do something else for the same row.
        self._is_told = False
        self.map.show_chart(chart, caption, glide)
        self.sliders.show_units(chart.units)
        self._pages.setCurrentIndex(0)
        self._point_again()

    def show_layers(self, layers: Sequence[UnitPictures]) -> None:
        """Show the weights of a model's layers."""
        self._pages.setCurrentIndex(0)
        self.layers.show_layers(layers)

    def show_decoded(self, row: FloatArray) -> None:
        """Show what the place under the pointer stands for, (features,)."""
        self.probe.show_decoded(row)

    def show_backdrop(self, rows: FloatArray, area: QRectF) -> None:
        """Show what a grid of places over an area stands for, if that is still wanted."""
        self.map.show_backdrop(rows, area)

    def _lay_out(self) -> None:
        self._left.addWidget(self.map)
        self._left.addWidget(self.layers)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._left, 1)
        row.addWidget(self._side)
        self._pages.addWidget(page)
        self._pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.say_empty(is_waiting=False)

    def _connect(self) -> None:
        self.legend.shown_changed.connect(self._point_again)
        self.plot.pointed.connect(self._point)
        self.plot.pointer_left.connect(self._let_go)
        for widget, modifier in (
            (self.plot, Qt.KeyboardModifier.ControlModifier),
            (self.probe.nearest, Qt.KeyboardModifier.NoModifier),
        ):
            drag = RowDrag(widget, lambda _: self._near, self._held, lambda: self._near, modifier)
            drag.row_taken.connect(self.row_taken)
        self._side.page_chosen.connect(self._choose_page)
        self.layers.unit_chosen.connect(self.unit.show_unit)

    @Slot(int)
    def _choose_page(self, page: int) -> None:
        self._left.setCurrentIndex(page)
        self.looked_at.emit()

    @Slot(float, float)
    def _point(self, x: float, y: float) -> None:
        chart, crowd = self.map.chart, self.map.crowd
        if chart is None or crowd is None or self._dataset is None:
            return
        self._at = (x, y)
        place = np.array([x, y], np.float32)
        number = crowd.row_at(place)
        if number is None:
            self.plot.point_at(None)
            self.probe.show_nowhere()
        else:
            self.plot.point_at(crowd.places[number])
            self.probe.show_nearest(number)
        self._near = number
        self._tell_row(number)
        self.pointed.emit(place.reshape(1, 2))

    @Slot()
    def _point_again(self) -> None:
        if self._at is not None:
            self._point(*self._at)

    def _tell_row(self, number: int | None) -> None:
        """Say which row is pointed at, unless that was said of this map already."""
        if (number != self._row or not self._is_told) and self._dataset is not None:
            self._row, self._is_told = number, True
            test = self._dataset.test
            self.row_pointed.emit(None if number is None else test[number : number + 1])

    @Slot()
    def _let_go(self) -> None:
        """Keep the pictures: the pointer may be on its way to them, to take one along."""
        self._at = None
        self._tell_row(None)

    def _held(self, number: int) -> HeldRow | None:
        return None if self._dataset is None else held_row(self._dataset, number)

    def _leave(self) -> None:
        self._let_go()
        self._near = None
        self.plot.point_at(None)
        self.probe.clear()
