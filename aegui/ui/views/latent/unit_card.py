"""One unit of a layer: its weights, and the test rows that excite it most."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QScrollArea

from aegui.analysis.insides import UnitPictures
from aegui.data import Dataset
from aegui.ui.forms import Card, label
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.latent.layers_card import span_of, weight_picture
from aegui.ui.views.text import grouped
from aegui.ui.views.tiles.tiles import TileGrid

_SIDE, _ROWS = 140, 52
_EMPTY = "Pick a unit to see what excites it most."


class UnitCard(Card):
    """Empty until a unit is picked."""

    def __init__(self) -> None:
        super().__init__("Unit")
        self._theme = DARK
        self._dataset: Dataset | None = None
        self._shown: tuple[UnitPictures, int] | None = None
        self.picture = QLabel()
        self.words = label(_EMPTY, "muted", wrap=True)
        self.rows = TileGrid("what excites the unit", _ROWS, labelled=False)
        self._scroll = QScrollArea()
        self.picture.setAccessibleName("Weights of the unit")
        self._scroll.setWidget(self.rows)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(self.words)
        self.body.addWidget(self._scroll, 1)
        self.body.addStretch()
        self.clear()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        self._theme = theme
        self.rows.set_theme(theme)
        self.rows.set_side(theme.px(_ROWS))
        self._scroll.setMinimumHeight(theme.px(3 * _ROWS))
        if self._shown is not None:
            self.show_unit(*self._shown)

    def start(self, dataset: Dataset) -> None:
        """Begin with other data."""
        self._dataset = dataset
        self.clear()

    def clear(self) -> None:
        """Show no unit."""
        self._shown = None
        self.title.setText("Unit")
        self.words.setText(_EMPTY)
        self.picture.hide()
        self._scroll.hide()

    @Slot(object, int)
    def show_unit(self, layer: UnitPictures, place: int) -> None:
        """Show a unit by its place in the layer."""
        if self._dataset is None:
            return
        self._shown = layer, place
        self.title.setText(f"{layer.name} · unit {layer.numbers[place] + 1}")
        side = self._theme.px(_SIDE)
        picture = weight_picture(layer.pictures[place], span_of(layer), side, self._theme)
        self.picture.setPixmap(picture)
        noun = self._dataset.noun
        if layer.use[place] > 0:
            self.words.setText(_praise(layer.rows, len(self._dataset.test), noun))
        else:
            self.words.setText(f"It says the same to every {noun}: nothing excites it.")
        self.picture.show()
        self._scroll.setVisible(bool(layer.use[place] > 0))
        rows = self._dataset.test[layer.best[place]]
        self.rows.set_dreams(rows, self._dataset.image_shape, self._dataset.value_range)


def _praise(heard: int, rows: int, noun: str) -> str:
    """Say what is shown, and of how many rows where these are not all."""
    if rows <= heard:
        return f"The test {noun}s that excite it most, the strongest first:"
    return f"Of the first {grouped(heard)} test {noun}s those that excite it most, strongest first:"
