"""A ground that is painted once and kept, under what changes with every movement of a hand."""

from abc import abstractmethod

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aegui.ui.theme import DARK, Theme


class KeptGround(QWidget):
    """Takes any size; ``paintEvent`` copies ``_ground`` and paints over it."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = DARK
        self._ground = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        self._repaint_ground()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint the ground in the new size."""
        super().resizeEvent(event)
        self._repaint_ground()

    @abstractmethod
    def _paint_ground(self, painter: QPainter) -> None:
        """Paint what is kept, in pixels of the widget."""

    def _repaint_ground(self) -> None:
        ratio = self.devicePixelRatioF()
        self._ground = QPixmap(self.size() * ratio)
        self._ground.setDevicePixelRatio(ratio)
        self._ground.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._ground)
        self._paint_ground(painter)
        painter.end()
        self.update()
