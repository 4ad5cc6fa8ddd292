"""The same test rows as several runs rebuild them, one line for each run."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.ui.forms import Card, label, say_within
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.tiles.tiles import TileGrid

_SIDE, _MARK, _NAMES = 48, 5, 150


class CompareGallery(Card):
    """The originals once, and below them a line of reconstructions for each run, named.

    Rows that are no pictures are curves, each reconstruction drawn over its original.
    """

    def __init__(self) -> None:
        super().__init__("Reconstructions")
        self._theme = DARK
        self._dataset: Dataset | None = None
        self._lines: list[_Line] = []
        self._originals = _Line()
        self._grid = QVBoxLayout()
        self._grid.setSpacing(2)
        self._grid.addWidget(self._originals)
        self.body.addLayout(self._grid)

    @property
    def lines(self) -> list["_Line"]:
        """The lines of runs in view, from top to bottom."""
        return [line for line in self._lines if not line.isHidden()]

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        for line in (self._originals, *self._lines):
            line.set_theme(theme)

    def start(self, dataset: Dataset, names: list[str], hues: list[int]) -> None:
        """Show the originals, and an empty line for each run."""
        self._dataset = dataset
        rows = dataset.test[dataset.showcase()]
        self.title.setText(f"Reconstructions of the same {len(rows)} test {dataset.noun}s")
        self._originals.show_alone("Original", rows, dataset)
        while len(self._lines) < len(names):
            line = _Line()
            line.set_theme(self._theme)
            self._lines.append(line)
            self._grid.addWidget(line)
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(names))
            if place < len(names):
                line.begin(names[place], hues[place], self._theme)

    def show_reconstructions(self, place: int, made: FloatArray) -> None:
        """Show what the run at a place makes of the rows, (rows, features)."""
        if self._dataset is None or place >= len(self._lines):
            return
        originals = self._dataset.test[self._dataset.showcase()]
        self._lines[place].show_made(originals, made, self._dataset)


class _Line(QWidget):
    """A name beside a line of tiles."""

    def __init__(self) -> None:
        super().__init__()
        self._hue: int | None = None
        self._mark = QFrame()
        self._mark.setFixedWidth(_MARK)
        self.name = label("")
        self.error = label("", "muted")
        self.tiles = TileGrid("reconstructions", _SIDE, wrap=False, labelled=False)
        self.tiles.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for part in (self.name, self.error):
            part.setFixedWidth(_NAMES)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(0)
        layout.addWidget(self._mark, 0, 0, 2, 1)
        layout.addWidget(self.name, 0, 1, Qt.AlignmentFlag.AlignBottom)
        layout.addWidget(self.error, 1, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.tiles, 0, 2, 2, 1)
        layout.setColumnStretch(2, 1)

    def set_theme(self, theme: Theme) -> None:
        self.tiles.set_theme(theme)
        self.tiles.set_side(theme.px(_SIDE))
        self._fit()
        colour = "transparent" if self._hue is None else theme.series[self._hue % len(theme.series)]
        self._mark.setStyleSheet(f"background: {colour}; border-radius: 2px;")

    def begin(self, name: str, hue: int, theme: Theme) -> None:
        self._hue = hue
        say_within(self.name, name, _NAMES)
        self.error.setText("")
        self.set_theme(theme)

    def show_alone(self, name: str, rows: FloatArray, dataset: Dataset) -> None:
        say_within(self.name, name, _NAMES)
        self._show(rows, None, dataset)

    def show_made(self, originals: FloatArray, made: FloatArray, dataset: Dataset) -> None:
        errors = np.abs(originals - made).sum(axis=1)
        self.error.setText(f"error of these {errors.mean():.2f}")
        self._show(originals, made, dataset)
        self.tiles.set_captions([f"{error:.1f}" for error in errors])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show(self, originals: FloatArray, made: FloatArray | None, dataset: Dataset) -> None:
        shape, value_range = dataset.image_shape, dataset.value_range
        if shape is not None:
            self.tiles.set_dreams(originals if made is None else made, shape, value_range)
        else:
            self.tiles.set_rows(originals, None, value_range)
            self.tiles.set_reconstructions(made)
        self._fit()

    def _fit(self) -> None:
        self.tiles.setFixedHeight(max(self.tiles.heightForWidth(self.tiles.width()), _SIDE))
