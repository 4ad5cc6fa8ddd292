"""Tiles that are made once and used again."""

from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QGraphicsScene

from aegui.ui.theme import DARK, Theme
from aegui.ui.views.tiles.tile import CurveTile, PictureTile, Tile
from aegui.ui.views.tiles.tile_parts import Part, Parts


class TilePool:
    """All tiles of a scene, of one kind at a time; those not needed are hidden."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._theme = DARK
        self._shape: tuple[int, int] | None = None
        self._parts: Parts = (Part.ORIGINAL, Part.RECONSTRUCTION)
        self.tiles: list[Tile] = []

    @property
    def has_curves(self) -> bool:
        """Whether the parts of a tile are curves over each other, and not pictures."""
        return self._shape is None

    @property
    def parts(self) -> Parts:
        """What each tile shows."""
        return self._parts

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        for tile in self.tiles:
            tile.set_theme(theme)

    def size_for(self, side: float) -> QSizeF:
        """Return width and height, caption included, of a tile whose picture is ``side`` wide."""
        kind = CurveTile if self.has_curves else PictureTile
        return kind.size_for(side, len(self._parts), self._theme)

    def prepare(self, count: int, shape: tuple[int, int] | None, parts: Parts) -> None:
        """Show ``count`` tiles; ``shape`` is (height, width) where rows are pictures."""
        if (shape, parts) != (self._shape, self._parts):
            self._throw_away()
            self._shape, self._parts = shape, parts
        while len(self.tiles) < count:
            self.tiles.append(self._new_tile())
        for number, tile in enumerate(self.tiles):
            tile.setVisible(number < count)

    def _throw_away(self) -> None:
        for tile in self.tiles:
            self._scene.removeItem(tile)
        self.tiles = []

    def _new_tile(self) -> Tile:
        shape, parts = self._shape, self._parts
        tile = CurveTile(parts) if shape is None else PictureTile(parts, shape)
        tile.set_theme(self._theme)
        self._scene.addItem(tile)
        return tile
