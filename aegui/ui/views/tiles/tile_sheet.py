"""Test rows over what a model makes of them, side by side."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from aegui.records import FloatArray
from aegui.ui.handing.export import Table, install_export_menu, picture_of
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.focus import draw_focus_frame
from aegui.ui.views.pictures import ValueRange
from aegui.ui.views.text import beside_name, small_font
from aegui.ui.views.tiles.tile import Tile
from aegui.ui.views.tiles.tile_labels import TileLabels
from aegui.ui.views.tiles.tile_parts import Layer, Part, Parts, tile_table
from aegui.ui.views.tiles.tile_places import Places, arrange
from aegui.ui.views.tiles.tile_pool import TilePool

# A caption may be a little wider than its tile.
_EDGES = 6
_FRAME_ROOM = 8


class TileSheet(pg.GraphicsView):
    """Tiles of an original, its reconstruction and a caption, or of one picture alone.

    Between the two of a denoising model is what it was given, the damaged row. The hands that
    point at tiles are ``TileGrid``'s.

    Parameters
    ----------
    name
        Proposed as the name of saved files.
    side
        Width of a picture in pixels.
    wrap
        Whether what does not fit into a line goes into the next; otherwise tiles get smaller.
    labelled
        Whether the parts of a tile are named at the left of each line.
    """

    def __init__(
        self, name: str, side: int = 56, *, wrap: bool = True, labelled: bool = True
    ) -> None:
        super().__init__(background=None)
        self._theme = DARK
        self._side = float(side)
        self._wrap = wrap
        self._labelled = labelled
        self._value_range: ValueRange = (0.0, 1.0)
        self._originals: FloatArray = np.empty((0, 0), dtype=np.float32)
        self._inputs: FloatArray | None = None
        self._reconstructions: FloatArray | None = None
        self._feature_names: Sequence[str] = ()
        self._pool = TilePool(self.scene())
        self._labels = TileLabels(self.scene())
        self._current: int | None = None
        self._arranged: dict[tuple[int, float], Places] = {}
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAntialiasing(True)
        install_export_menu(self, name, image=lambda: picture_of(self), table=self.table)

    @property
    def count(self) -> int:
        """Number of tiles."""
        return len(self._originals)

    @property
    def captions(self) -> list[str]:
        """What is written under the tiles."""
        return [tile.caption for tile in self._tiles[: self.count]]

    @property
    def wanted_side(self) -> float:
        """Width of a picture as it was asked for, in pixels."""
        return self._side

    @property
    def side(self) -> float:
        """Width of a picture as shown, in pixels."""
        return self._places(self.width(), self._side).side

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``, and its scale for all but the pictures."""
        self._theme = theme
        self.setBackground(theme.surface)
        self._labels.set_theme(theme)
        self._pool.set_theme(theme)
        self._arrange()

    def set_side(self, side: int) -> None:
        """Take another width of pictures, in pixels."""
        if side != self._side:
            self._side = float(side)
            self._arrange()

    def set_rows(
        self,
        originals: FloatArray,
        image_shape: tuple[int, int] | None,
        value_range: ValueRange,
        inputs: FloatArray | None = None,
    ) -> None:
        """Show rows, (tiles, features), without reconstructions or captions as yet.

        ``image_shape`` is (height, width) where rows are pictures; ``value_range`` is what is
        black and what is white, or the bottom and the top of curves; ``inputs`` are the rows as
        a denoising model is given them.
        """
        middle = () if inputs is None else (Part.INPUT,)
        parts = (Part.ORIGINAL, *middle, Part.RECONSTRUCTION)
        self._pool.prepare(len(originals), image_shape, parts)
        self._take(originals, inputs, value_range)

    def set_dreams(
        self, dreams: FloatArray, image_shape: tuple[int, int] | None, value_range: ValueRange
    ) -> None:
        """Show rows, (tiles, features), that are nobody's reconstruction."""
        self._pool.prepare(len(dreams), image_shape, (Part.DREAM,))
        self._take(dreams, None, value_range)

    def name_features(self, names: Sequence[str]) -> None:
        """Say what a row's numbers are called where they are saved; they are counted without."""
        self._feature_names = names

    def set_reconstructions(self, reconstructions: FloatArray | None) -> None:
        """Show what a model makes of the rows, (tiles, features); None leaves places empty."""
        self._reconstructions = reconstructions
        for number, tile in enumerate(self._tiles[: self.count]):
            tile.set_reconstruction(None if reconstructions is None else reconstructions[number])

    def set_captions(self, captions: Sequence[str], names: Sequence[str] = ()) -> None:
        """Write a caption under each tile, after as much of a name as there is room for."""
        if names:
            font = small_font(self._theme)
            room = self._places(self.width(), self._side).size.width() + _EDGES
            captions = [
                beside_name(name, caption, font, room)
                for name, caption in zip(names, captions, strict=True)
            ]
        for tile, caption in zip(self._tiles, captions, strict=False):
            tile.set_caption(caption)

    def mark(self, number: int | None) -> None:
        """Outline a tile as the one that the keyboard goes on from, without telling."""
        self._set_current(number)

    def height_for(self, side: int, width: int) -> int:
        """Return the height in pixels of all tiles with pictures ``side`` wide, in ``width``."""
        return self._places(width, float(side)).height

    def tile_at(self, place: QPoint | QPointF) -> int | None:
        """Return the number of the tile at a point of the view, if there is one."""
        for number in range(self.count):
            if self._tiles[number].sceneBoundingRect().contains(QPointF(place)):
                return number
        return None

    def tile_area(self, number: int) -> QRectF:
        """Return where a tile is, in pixels of the view."""
        return self._tiles[number].sceneBoundingRect()

    def table(self) -> Table:
        """Return the rows shown: tile, what it is, caption, and the row's numbers."""
        return tile_table(self._layers(), self.captions, self._feature_names)

    def sizeHint(self) -> QSize:
        """Return the size of all tiles, some ten of them beside each other."""
        width = 10 * round(self._side)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return a size at which some tiles can be seen."""
        return QSize(4 * round(self._side), round(self._side))

    def heightForWidth(self, width: int) -> int:
        """Return the height in pixels of all tiles when they have ``width`` pixels."""
        return self.height_for(round(self._side), width)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Arrange the tiles anew."""
        super().resizeEvent(event)
        # pyqtgraph calls this from its constructor, before there are tiles.
        if event is not None and event.size().width() != event.oldSize().width():
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tiles, and a frame when they have the keyboard."""
        super().paintEvent(event)
        # The names at the left begin where the frame would be.
        names = self._labels.width_for(self._named)
        draw_focus_frame(self, self._theme.accent, max(round(names) - _FRAME_ROOM, 0))

    def _set_current(self, number: int | None) -> None:
        self._current = number
        for index, tile in enumerate(self._tiles):
            tile.set_current(index == number)

    @property
    def _tiles(self) -> list[Tile]:
        return self._pool.tiles

    @property
    def _named(self) -> Parts:
        return self._pool.parts if self._labelled else ()

    def _layers(self) -> list[Layer]:
        """Return the rows of each part that the tiles have."""
        rows = {Part.INPUT: self._inputs, Part.RECONSTRUCTION: self._reconstructions}
        return [(part, rows.get(part, self._originals)) for part in self._pool.parts]

    def _take(self, rows: FloatArray, inputs: FloatArray | None, value_range: ValueRange) -> None:
        self._originals, self._inputs, self._value_range = rows, inputs, value_range
        self._reconstructions = None
        layers = [shown for _, shown in self._layers()]
        for number, tile in enumerate(self._tiles[: self.count]):
            tile.set_rows([None if r is None else r[number] for r in layers], value_range)
        self.set_captions([""] * len(rows))
        self._set_current(None)
        self._arrange()

    def _places(self, width: int, side: float) -> Places:
        # A layout asks some fifty times whenever a number beside the tiles changes.
        if (width, side) not in self._arranged:
            room = width - self._labels.width_for(self._named)
            self._arranged[width, side] = arrange(
                self.count, room, side, self._pool.size_for, wrap=self._wrap
            )
        return self._arranged[width, side]

    def _arrange(self) -> None:
        self._arranged.clear()
        places = self._places(self.width(), self._side)
        left = self._labels.width_for(self._named)
        for number, tile in enumerate(self._tiles[: self.count]):
            tile.setPos(places.corner(number) + QPointF(left, 0))
            tile.set_side(places.side)
        self._labels.arrange(self._named, places, overlaid=self._pool.has_curves)
        self.updateGeometry()
