"""The Gallery tab: test rows over what the model makes of them, or what it dreams."""

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from aegui.analysis.ranking import pick_rows
from aegui.data import Dataset
from aegui.records import FloatArray, IndexArray
from aegui.ui.forms import Card, empty_page
from aegui.ui.theme import Theme
from aegui.ui.views.gallery.gallery_choice import GalleryChoice
from aegui.ui.views.hover_card import HoverCard
from aegui.ui.views.row_drag import HeldRow, RowDrag, held_row
from aegui.ui.views.text import error_texts
from aegui.ui.views.tiles.tiles import TileGrid

EMPTY = (
    "Best and worst reconstructions appear here once a model has seen the test rows. Press Train."
)
NO_DREAMS = "Dreams appear here: what the decoder makes of codes drawn at random."

# Whole multiples of MNIST's 28 pixels; the largest at which all tiles are in view is taken.
_SIDES = (168, 140, 112, 84, 56)
_LARGEST = 112


class GalleryView(QWidget):
    """Shows rows that a person chooses by their error, their class or chance, or dreams.

    It knows originals and errors; reconstructions and dreams it wishes for, while it is
    visible, and is told.
    """

    rows_requested = Signal(object)
    """Reconstructions of these test rows, an ``IndexArray``, are wanted."""
    dreams_requested = Signal(int, int)
    """So many codes drawn at random are to be decoded; an equal second number, equal codes."""
    row_taken = Signal(HeldRow)
    """The person wants to draw on this row."""

    def __init__(self) -> None:
        super().__init__()
        self._largest = _LARGEST
        self._dataset: Dataset | None = None
        self._errors: FloatArray | None = None
        self._wanted: IndexArray | None = None
        self._shown: IndexArray = np.empty(0, dtype=np.intp)
        self._reconstructions: FloatArray | None = None
        self._has_dreams = False
        self._outdated = False
        self._hovered: tuple[int, QPoint] | None = None
        self._choice = GalleryChoice()
        self._card = Card("Gallery", "point at a digit to enlarge it")
        self._grid = TileGrid("gallery")
        self._scroll = QScrollArea()
        self._pages = QStackedWidget()
        self._stack = QStackedWidget()
        self._hover_card = HoverCard(self)
        self._lay_out()
        self._drag = RowDrag(self._grid, self._grid.tile_at, self._held, self._pointed_at)
        self._drag.row_taken.connect(self.row_taken)
        self._choice.value_changed.connect(self._choose)
        self._grid.tile_hovered.connect(self._enlarge)
        self._grid.tile_left.connect(self._leave)
        self._scroll.viewport().installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._largest = theme.px(_LARGEST)
        self._choice.set_theme(theme)
        self._grid.set_theme(theme)
        self._hover_card.set_theme(theme)
        self._fit_tiles()

    def start(self, dataset: Dataset) -> None:
        """Begin with other data, of which no model has seen the test rows yet."""
        self._dataset = dataset
        self._errors = self._wanted = self._reconstructions = None
        self._shown = np.empty(0, dtype=np.intp)
        self._outdated = self._has_dreams = False
        labels = dataset.test_labels
        classes = [] if labels is None else np.unique(labels).tolist()
        self._grid.name_features(dataset.columns)
        self._choice.set_classes(classes, dataset.class_name)
        self._say_hint()
        self._pages.setCurrentIndex(1 if self._is_dreaming else 0)
        self.show_empty()

    def set_dreams_available(self, available: bool) -> None:
        """Offer dreams, for a variational model, or do not."""
        was_dreaming = self._is_dreaming
        self._choice.set_dreams_available(available)
        if was_dreaming and not available:
            self._choose()

    def show_errors(self, row_errors: FloatArray) -> None:
        """Take the error of every test row, (rows,), of a new epoch; rows are chosen anew."""
        self._errors = row_errors
        self._stack.setCurrentIndex(1)
        self._request()

    def show_reconstructions(self, indices: IndexArray, rows: FloatArray) -> None:
        """Show what the model makes of test rows; an answer to an earlier wish is passed over.

        ``indices`` are test row numbers, (tiles,), ``rows`` their reconstructions,
        (tiles, features).
        """
        if self._wanted is None or not np.array_equal(indices, self._wanted):
            return
        self._show_originals(indices)
        self._reconstructions = rows
        self._grid.set_reconstructions(rows)
        self._show_captions()
        if self._hovered is not None:
            self._enlarge(*self._hovered)

    def show_dreams(self, rows: FloatArray) -> None:
        """Show decoded rows, (tiles, features), if dreams are still what is chosen."""
        if self._dataset is None or not self._is_dreaming:
            return
        self._grid.set_dreams(rows, self._dataset.image_shape, self._dataset.value_range)
        self._has_dreams = True
        self._pages.setCurrentIndex(0)
        self._fit_tiles()

    def show_empty(self) -> None:
        """Say what will be here."""
        self._leave()
        self._stack.setCurrentIndex(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Wish for what was passed over while nobody looked."""
        super().showEvent(event)
        if self._outdated:
            self._request()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the enlarged row away too."""
        super().hideEvent(event)
        self._leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the tiles to the height that there is."""
        if event.type() == QEvent.Type.Resize:
            self._fit_tiles()
        return super().eventFilter(watched, event)

    @Slot()
    def _choose(self) -> None:
        """Show the rows chosen at once; their reconstructions follow, and so do dreams."""
        self._leave()
        self._say_hint()
        if self._is_dreaming:
            self._shown, self._reconstructions = self._shown[:0], None
        self._pages.setCurrentIndex(1 if self._is_dreaming and not self._has_dreams else 0)
        self._request()
        if self._wanted is not None:
            self._show_originals(self._wanted)
            self._show_captions()

    @Slot(int, QPoint)
    def _enlarge(self, number: int, place: QPoint) -> None:
        dataset, made = self._dataset, self._reconstructions
        if dataset is None or made is None:
            return
        self._hovered = (number, place)
        row = int(self._shown[number])
        self._hover_card.show_test_row(dataset, row, made[number], place, self._errors)

    @Slot()
    def _leave(self) -> None:
        self._hovered = None
        self._hover_card.hide()

    @property
    def _is_dreaming(self) -> bool:
        return self._choice.value().order == "dreams"

    def _say_hint(self) -> None:
        noun = "row" if self._dataset is None else self._dataset.noun
        pointing = f"point at a {noun} to enlarge it"
        self._card.hint.setText("decoded from random codes" if self._is_dreaming else pointing)

    def _request(self) -> None:
        """Choose rows and wish for their reconstructions, now or when somebody looks."""
        self._outdated = not self.isVisible()
        if self._dataset is None or self._errors is None or self._outdated:
            return
        choice = self._choice.value()
        if choice.order == "dreams":
            self._wanted = None
            self.dreams_requested.emit(choice.count, choice.seed)
            return
        labels = self._dataset.test_labels
        self._wanted = pick_rows(
            choice.order, self._errors, choice.count, labels, choice.label, choice.seed
        )
        self.rows_requested.emit(self._wanted)

    def _show_originals(self, indices: IndexArray) -> None:
        """Show rows, without reconstructions if these are not the ones that are shown."""
        dataset = self._dataset
        if dataset is None or np.array_equal(indices, self._shown):
            return
        self._shown, self._reconstructions, self._has_dreams = indices, None, False
        self._pages.setCurrentIndex(0)
        self._grid.set_rows(dataset.test[indices], dataset.image_shape, dataset.value_range)
        self._fit_tiles()

    def _show_captions(self) -> None:
        if self._errors is not None:
            self._grid.set_captions(error_texts(self._errors[self._shown], self._errors))

    def _fit_tiles(self) -> None:
        room = self._scroll.viewport().size()
        sides = [side for side in _SIDES if side <= self._largest]
        fitting = (s for s in sides if self._grid.height_for(s, room.width()) <= room.height())
        self._grid.set_side(next(fitting, _SIDES[-1]))

    def _pointed_at(self) -> int | None:
        return None if self._hovered is None else self._hovered[0]

    def _held(self, number: int) -> HeldRow | None:
        """Return a test row to draw on; dreams are nobody's."""
        dataset = self._dataset
        if dataset is None or number >= len(self._shown):
            return None
        return held_row(dataset, int(self._shown[number]))

    def _lay_out(self) -> None:
        self._scroll.setWidget(self._grid)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._card.body.addWidget(self._choice)
        self._card.body.addWidget(self._pages, 1)
        self._pages.addWidget(self._scroll)
        self._pages.addWidget(empty_page(NO_DREAMS))
        self._stack.addWidget(empty_page(EMPTY))
        self._stack.addWidget(self._card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
