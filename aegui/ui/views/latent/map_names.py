"""The names of the classes, each written on its cluster."""

from collections.abc import Callable
from math import isclose

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont

from aegui.records import FloatArray
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.class_marks import class_colour
from aegui.ui.views.name_places import moved_apart
from aegui.ui.views.text import fitting, small_font

_MOST = 12
_SIZE = 17
_GROUND = 215
_WIDEST = 130


class MapNames:
    """Texts that are moved about, never made anew."""

    def __init__(self) -> None:
        self.items = [pg.TextItem("", anchor=(0.5, 0.5)) for _ in range(_MOST)]
        self._theme = DARK
        self._places: dict[int, FloatArray] = {}
        self._shown: set[int] | None = None
        # The size of a pixel for which the names were arranged last.
        self._unit = 0.0, 0.0
        self._class_name: Callable[[int], str] = str
        self._written: list[int] = []
        for item in self.items:
            item.setZValue(10)
            # A click on a name is one on the map.
            for part in (item, item.textItem):
                part.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            item.hide()

    @property
    def names(self) -> list[str]:
        """What is written on the map."""
        return [item.toPlainText() for item in self.items if item.isVisible()]

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        self._theme = theme
        self._write()

    def start(self, class_name: Callable[[int], str]) -> None:
        """Begin with other data, whose classes are called so: no names yet."""
        self._class_name = class_name
        self.show_names({})

    def set_shown(self, classes: set[int] | None) -> None:
        """Write the names of these classes alone; None for all."""
        self._shown = classes
        self._write()

    def show_names(self, places: dict[int, FloatArray]) -> None:
        """Write names at places, (2,), of the map."""
        self._places = places
        self._write()

    def arrange(self) -> None:
        """Move names that would stand on each other apart, at the scale of the map in view."""
        box = self.items[0].getViewBox()
        if box is None:
            return
        across, up = box.viewPixelSize()
        # Where the view is plays no part: while it is dragged there is nothing to do.
        if not (across and up) or (isclose(across, self._unit[0]) and isclose(up, self._unit[1])):
            return
        self._unit = across, up
        items = self.items[: len(self._written)]
        own = [self._places[name].tolist() for name in self._written]
        areas = [item.boundingRect() for item in items]
        placed = moved_apart(
            [(x / across, y / up) for x, y in own],
            [(area.width(), area.height()) for area in areas],
        )
        for item, (x, y) in zip(items, placed, strict=True):
            item.setPos(x * across, y * up)

    def _write(self) -> None:
        font = QFont(small_font(self._theme))
        font.setPixelSize(self._theme.px(_SIZE))
        font.setWeight(QFont.Weight.DemiBold)
        ground = QColor(self._theme.surface)
        ground.setAlpha(_GROUND)
        room = self._theme.px(_WIDEST)
        wanted = [name for name in self._places if self._shown is None or name in self._shown]
        self._written = wanted[:_MOST]
        for place, item in enumerate(self.items):
            item.setVisible(place < len(wanted))
            if place < len(wanted):
                name = wanted[place]
                item.setFont(font)
                item.fill = pg.mkBrush(ground)
                item.border = pg.mkPen(class_colour(self._theme, name))
                item.setText(fitting(self._class_name(name), font, room), self._theme.text)
                item.setPos(*self._places[name].tolist())
        self._unit = 0.0, 0.0
        self.arrange()
