"""What stands at the left of each line of tiles: which row is the reconstruction."""

from PySide6.QtGui import QColor, QFontMetricsF, QPen
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsScene, QGraphicsSimpleTextItem

from aegui.ui.theme import DARK, Theme
from aegui.ui.views.text import small_font

NAMES = ("Original", "Reconstruction")

_SPACE = 12.0
_SAMPLE_BELOW = 16.0


class TileLabels:
    """The words beside the pictures, or, where curves overlap, the key to them."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._theme = DARK
        self._texts: list[QGraphicsSimpleTextItem] = []
        self._samples: list[QGraphicsLineItem] = []

    @property
    def width(self) -> float:
        """Pixels that the tiles leave free at the left."""
        metrics = QFontMetricsF(small_font())
        return round(max(metrics.horizontalAdvance(name) for name in NAMES) + _SPACE)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        for text in self._texts:
            text.setBrush(QColor(theme.muted))
            text.setFont(small_font())
        for number, sample in enumerate(self._samples):
            sample.setPen(QPen(QColor((theme.muted, theme.accent)[number % 2]), 1.5))

    def arrange(self, tops: list[float], height: float, gap: float, *, overlaid: bool) -> None:
        """Stand beside lines of tiles that begin at ``tops`` and are ``height`` pixels high.

        ``gap`` is between original and reconstruction; ``overlaid`` says that these are curves
        over each other, which takes a sample of each.
        """
        while len(self._texts) < 2 * len(tops):
            self._add_pair()
        for number, text in enumerate(self._texts):
            line, part = divmod(number, 2)
            sample = self._samples[number]
            text.setVisible(line < len(tops))
            sample.setVisible(overlaid and line < len(tops))
            if line >= len(tops):
                continue
            half = (height - gap) / 2
            middle = tops[line] + half / 2 + part * (half + gap)
            text.setPos(0, round(middle - text.boundingRect().height() / 2))
            y = round(middle) + _SAMPLE_BELOW
            sample.setLine(0, y, 24, y)

    def _add_pair(self) -> None:
        for name in NAMES:
            text, sample = QGraphicsSimpleTextItem(name), QGraphicsLineItem()
            self._scene.addItem(text)
            self._scene.addItem(sample)
            self._texts.append(text)
            self._samples.append(sample)
        self.set_theme(self._theme)
