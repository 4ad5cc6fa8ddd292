"""Inside the layers: the weights of each as pictures, the most used units first."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from aegui.analysis.insides import UnitPictures
from aegui.records import FloatArray
from aegui.ui.forms import Card, label
from aegui.ui.segments import Segments
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.pictures import difference_image
from aegui.ui.views.turner import Turner

_SIDE = 68
_MOST = 60
_EMPTY = "Nothing here can be seen as pictures yet. Train a model, or open a run."
_LOOKS = "Blue: {what} there excites the unit. Red: {what} there silences it."
_PAINTS = "Blue: where the unit puts {what}. Red: where it takes it away."
_KERNELS = "The filters' own weights, those of all inputs side by side. Blue above 0, red below."


class LayersCard(Card):
    """A layer is chosen above, a unit in the list."""

    unit_chosen = Signal(object, int)
    """A layer (``UnitPictures``), and the place of a unit in it."""

    def __init__(self) -> None:
        super().__init__("Inside the layers")
        self._theme = DARK
        self._layers: Sequence[UnitPictures] = ()
        self.choice = Segments()
        self.units = QListWidget()
        self.back, self.on = Turner("Units before", "left"), Turner("Next units", "right")
        # The place of the first unit in view.
        self._first = 0
        self._empty = label(_EMPTY, "empty", wrap=True)
        self._note = label("", "muted", wrap=True)
        self._lay_out()
        self.choice.chosen.connect(self._show_layer)
        self.back.clicked.connect(lambda: self._turn(-_MOST))
        self.on.clicked.connect(lambda: self._turn(_MOST))
        self.units.currentRowChanged.connect(self._tell)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        self._theme = theme
        self.back.set_theme(theme)
        self.on.set_theme(theme)
        side = theme.px(_SIDE)
        self.units.setIconSize(QSize(side, side))
        self.units.setGridSize(QSize(side + 14, side + theme.px(20) + 8))
        self._draw()

    def start(self) -> None:
        """Begin with another run: no layers yet."""
        self.choice.set_words(())
        self.units.clear()
        self.show_layers(())

    def show_layers(self, layers: Sequence[UnitPictures]) -> None:
        """Show the layers of a model; of the same layers, the chosen unit stays chosen."""
        chosen = self.chosen
        self._layers = layers
        self.choice.set_words([layer.name for layer in layers])
        if layers and self.choice.place < 0:
            self.choice.choose(0)
        for part in (self.choice, self.units, self._note):
            part.setVisible(bool(layers))
        if not layers:
            self.hint.setText("")
            self.back.hide()
            self.on.hide()
        self._empty.setVisible(not layers)
        if layers:
            self._choose(None if chosen is None else chosen[1])

    @property
    def chosen(self) -> tuple[UnitPictures, int] | None:
        """The layer and the number of the unit that is chosen in it, from 0."""
        place, layer = self.units.currentRow(), self.choice.place
        if not 0 <= layer < len(self._layers) or place < 0:
            return None
        return self._layers[layer], int(self._layers[layer].numbers[self._first + place])

    def _choose(self, number: int | None) -> None:
        """Choose a unit by its number, from 0; the most used one if it is not there."""
        numbers = self._layers[self.choice.place].numbers.tolist()
        place = numbers.index(number) if number in numbers else 0
        # A unit whose place is the same has other rows that excite it.
        self.units.setCurrentRow(-1)
        self._first = place // _MOST * _MOST
        self._draw()
        self.units.setCurrentRow(place - self._first)

    def _turn(self, step: int) -> None:
        """Show the units before or behind those in view."""
        self.units.setCurrentRow(-1)
        self._first += step
        self._draw()
        self.units.setCurrentRow(0)

    def _lay_out(self) -> None:
        self.units.setViewMode(QListView.ViewMode.IconMode)
        self.units.setResizeMode(QListView.ResizeMode.Adjust)
        self.units.setMovement(QListView.Movement.Static)
        self.units.setUniformItemSizes(True)
        self.units.setAccessibleName("Units of the layer")
        self.choice.setSizePolicy(
            self.choice.sizePolicy().Policy.Maximum, self.choice.sizePolicy().verticalPolicy()
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (self.choice, self._note, self._empty):
            self.body.addWidget(part, int(part is self._empty))
        self.body.addWidget(self.units, 1)
        for button in (self.back, self.on):
            self.header.addWidget(button)
            button.hide()

    @Slot()
    def _show_layer(self) -> None:
        self.units.setCurrentRow(-1)
        self._first = 0
        self._draw()
        self.units.setCurrentRow(0)

    def _draw(self) -> None:
        place = self.choice.place
        if not 0 <= place < len(self._layers):
            return
        layer = self._layers[place]
        total = len(layer.numbers)
        count = min(total - self._first, _MOST)
        self._say_where(count, total)
        self._note.setText(_words(layer))
        while self.units.count() > count:
            self.units.takeItem(self.units.count() - 1)
        while self.units.count() < count:
            item = QListWidgetItem()
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.units.addItem(item)
        span = span_of(layer)
        side = self._theme.px(_SIDE)
        for line, unit in enumerate(range(self._first, self._first + count)):
            item = self.units.item(line)
            item.setText(f"{layer.numbers[unit] + 1}")
            picture = weight_picture(layer.pictures[unit], span, side, self._theme)
            icon = QIcon(picture)
            # Qt would tint it.
            icon.addPixmap(picture, QIcon.Mode.Selected)
            item.setIcon(icon)

    def _say_where(self, count: int, total: int) -> None:
        last = self._first + count
        is_all = count == total
        shown = f"{total}" if is_all else f"{self._first + 1}–{last} of {total}"
        self.hint.setText(f"{shown} units, most used first")
        for button, is_more in ((self.back, self._first > 0), (self.on, last < total)):
            button.setVisible(not is_all)
            button.setEnabled(is_more)

    @Slot(int)
    def _tell(self, place: int) -> None:
        if place >= 0 and 0 <= self.choice.place < len(self._layers):
            self.unit_chosen.emit(self._layers[self.choice.place], self._first + place)


def span_of(layer: UnitPictures) -> float:
    """Return the weight that has the full colour: that of the layer's strongest units."""
    return float(np.nan_to_num(np.abs(layer.pictures[:_MOST])).max(initial=0)) or 1.0


def weight_picture(weights: FloatArray, span: float, side: int, theme: Theme) -> QPixmap:
    """Return weights, (h, w), as a picture ``side`` pixels wide; a row of them is as high."""
    height, width = weights.shape
    image = difference_image(weights.reshape(-1), (height, width), span, theme)
    ways = (
        Qt.AspectRatioMode.IgnoreAspectRatio if height == 1 else Qt.AspectRatioMode.KeepAspectRatio
    )
    return QPixmap.fromImage(image.scaled(side, side // (2 if height == 1 else 1), ways))


def _words(layer: UnitPictures) -> str:
    if layer.is_kernel:
        return _KERNELS
    what = "a high value" if layer.pictures.shape[1] == 1 else "ink"
    return (_PAINTS if layer.name == "Output" else _LOOKS).format(what=what)
