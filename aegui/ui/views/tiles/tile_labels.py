"""What stands at the left of each line of tiles: which row is the reconstruction."""

from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsScene, QGraphicsSimpleTextItem

from aegui.ui.theme import DARK, Theme
from aegui.ui.views.text import small_font
from aegui.ui.views.tiles.tile import CAPTION_HEIGHT, GAP
from aegui.ui.views.tiles.tile_parts import Part, Parts, curve_pen
from aegui.ui.views.tiles.tile_places import Places

_SPACE = 12.0
_SAMPLE_BELOW = 11.0
_SAMPLE = 24.0


class TileLabels:
    """The words beside the pictures, or, where curves overlap, the key to them."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._theme = DARK
        self._labels: list[_Label] = []

    def width_for(self, parts: Parts) -> float:
        """Return the pixels that tiles leave free at the left; one part alone needs no name."""
        if len(parts) < 2:
            return 0.0
        metrics = QFontMetricsF(small_font(self._theme))
        return round(max(metrics.horizontalAdvance(part.value) for part in parts) + _SPACE)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        for label in self._labels:
            label.set_theme(theme)

    def arrange(self, parts: Parts, places: Places, *, overlaid: bool) -> None:
        """Stand beside lines of tiles that have these parts.

        ``overlaid`` says that these are curves over each other, which takes a sample of each.
        """
        names = parts if len(parts) > 1 else ()
        height = places.size.height() - self._theme.px(CAPTION_HEIGHT)
        pitch = (height + GAP) / max(len(names), 1)
        wanted = len(names) * places.lines
        while len(self._labels) < wanted:
            self._labels.append(_Label(self._scene))
        for number, label in enumerate(self._labels):
            if number >= wanted:
                label.hide()
                continue
            line, place = divmod(number, len(names))
            middle = places.top(line) + (pitch - GAP) / 2 + place * pitch
            label.show(names[place], self._theme, middle, has_sample=overlaid)


class _Label:
    """A name and, below it, a sample of a curve."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._part = Part.ORIGINAL
        self._text = QGraphicsSimpleTextItem()
        self._sample = QGraphicsLineItem()
        scene.addItem(self._text)
        scene.addItem(self._sample)

    def set_theme(self, theme: Theme) -> None:
        self._text.setBrush(QColor(theme.muted))
        self._text.setFont(small_font(theme))
        self._sample.setPen(curve_pen(self._part, theme))

    def show(self, part: Part, theme: Theme, middle: float, *, has_sample: bool) -> None:
        self._part = part
        self.set_theme(theme)
        self._text.setText(part.value)
        self._text.setPos(0, round(middle - self._text.boundingRect().height() / 2))
        y = round(middle) + theme.px(_SAMPLE_BELOW)
        self._sample.setLine(0, y, theme.px(_SAMPLE), y)
        self._text.setVisible(True)
        self._sample.setVisible(has_sample)

    def hide(self) -> None:
        self._text.setVisible(False)
        self._sample.setVisible(False)
