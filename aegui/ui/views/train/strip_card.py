"""A few test rows and what the model makes of them, with the epoch that this is."""

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.ui.forms import Card, label, set_role
from aegui.ui.theme import Theme
from aegui.ui.views.hover_card import HoverCard
from aegui.ui.views.readout import has_readout
from aegui.ui.views.text import error_texts
from aegui.ui.views.tiles.tiles import TileGrid

_SIDE = 56
# One tile's side as a share of all the height that there is.
_SHARE = 0.135
_IN_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class StripCard(Card):
    """The strip; ``epoch`` says which epoch it shows, ``grid`` has the tiles.

    The way back from an earlier epoch stands where otherwise the hint does, so that nothing
    moves when it comes and goes.
    """

    back_requested = Signal()
    """The person wants to follow the run again."""

    def __init__(self) -> None:
        super().__init__("Live reconstructions")
        self._side = _SIDE
        self.epoch = label("", "muted")
        self.grid = TileGrid("reconstructions", _SIDE, wrap=False)
        self._back = QPushButton()
        self._back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(self._back, "quiet")
        self._corner = QStackedWidget()
        self._dataset: Dataset | None = None
        self._made: FloatArray | None = None
        self._hover_card = HoverCard(self)
        self._lay_out()
        self.grid.tile_hovered.connect(self._read_out)
        self.grid.tile_left.connect(self._hover_card.hide)
        self._back.clicked.connect(self.back_requested)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._side = theme.px(_SIDE)
        self._hover_card.set_theme(theme)
        self.grid.set_theme(theme)
        self.grid.set_side(self._side)

    def fit(self, height: int) -> None:
        """Take a share of ``height`` pixels only, so that enlarged tiles leave room for plots."""
        self.grid.set_side(max(min(self._side, round(height * _SHARE)), _SIDE))

    def start(self, dataset: Dataset, inputs: FloatArray | None) -> None:
        """Show the originals of a new run, and the rows as a denoising model is given them."""
        self._dataset, self._made = dataset, None
        self._hover_card.hide()
        chosen = dataset.showcase()
        rows, shape = dataset.test[chosen], dataset.image_shape
        self.grid.name_features(dataset.columns)
        self.grid.set_rows(rows, shape, dataset.value_range, inputs)
        self.hint.setText(_hint(len(chosen), dataset.noun))
        self.epoch.setText("")

    def show_rows(self, strip: FloatArray, errors: FloatArray) -> None:
        """Show what a model makes of the rows, (rows, features), and their errors, (rows,)."""
        self._made = strip
        self.grid.set_reconstructions(strip)
        self.grid.set_captions(error_texts(errors, errors))

    def offer_way_back(self, text: str | None) -> None:
        """Show the button with this text, or the hint again with None."""
        if text is not None:
            self._back.setText(text)
        self._corner.setCurrentIndex(0 if text is None else 1)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the enlarged row away too."""
        super().hideEvent(event)
        self._hover_card.hide()

    @Slot(int, QPoint)
    def _read_out(self, number: int, place: QPoint) -> None:
        """Tell a file's row in its own units; the tiles show all that there is of others."""
        dataset, made = self._dataset, self._made
        if dataset is not None and made is not None and has_readout(dataset):
            row = int(dataset.showcase()[number])
            self._hover_card.show_test_row(dataset, row, made[number], place)

    def _lay_out(self) -> None:
        self.header.insertWidget(1, self.epoch)
        self.header.replaceWidget(self.hint, self._corner)
        way_back = QWidget()
        row = QHBoxLayout(way_back)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self._back)
        self._corner.addWidget(self.hint)
        self._corner.addWidget(way_back)
        self.body.addWidget(self.grid)


def _hint(count: int, noun: str) -> str:
    number = _IN_WORDS[count] if count < len(_IN_WORDS) else str(count)
    return f"the same {number} test {noun}{'' if count == 1 else 's'}, redrawn every epoch"
