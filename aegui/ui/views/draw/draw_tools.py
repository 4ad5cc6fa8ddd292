"""What stands below the canvas."""

from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from aegui.ui.forms import label, set_role
from aegui.ui.icons import icon
from aegui.ui.theme import Theme
from aegui.ui.views.draw.sheet_canvas import BRUSH_WIDTH

_ICON, _GAP = 16, 6
# What a button has beside its words: the icon and the space around both.
_BESIDE_WORDS = _ICON + 30
# Brush widths on the slider are thousandths of the canvas' side.
_THINNEST, _THICKEST, _THOUSAND = 40, 160, 1000


class Drawable(Protocol):
    """What is drawn on."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to clear."""
        ...

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        ...

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        ...


class DrawTools(QWidget):
    """Steps back and forth, a clean sheet, the brush; the canvas does the work.

    ``brush_changed`` carries the width in units of the canvas' side. A line that is a row of
    numbers takes no brush.
    """

    brush_changed = Signal(float)

    def __init__(self, *, has_brush: bool = True) -> None:
        super().__init__()
        self.undo = _tool("Undo", "Take back the last stroke (Ctrl+Z)")
        self.redo = _tool("Redo", "Draw it again (Ctrl+Shift+Z)")
        self.clear = _tool("Clear", "Take all ink away (Delete); Undo brings it back")
        self.brush = QSlider(Qt.Orientation.Horizontal)
        self.brush.setRange(_THINNEST, _THICKEST)
        self.brush.setValue(round(BRUSH_WIDTH * _THOUSAND))
        self.brush.setAccessibleName("Brush width")
        self.brush.setToolTip("Width of the brush")
        for button in (self.undo, self.redo, self.clear):
            button.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        buttons = QHBoxLayout()
        for button in (self.undo, self.redo, self.clear):
            buttons.addWidget(button, 1)
        layout.addLayout(buttons)
        if has_brush:
            brush = QHBoxLayout()
            brush.addWidget(label("Brush", "muted"))
            brush.addWidget(self.brush, 1)
            layout.addLayout(brush)
        self.brush.valueChanged.connect(self._take_brush)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        self.undo.setIcon(icon("undo", theme.link))
        self.redo.setIcon(icon("redo", theme.link))
        self.clear.setIcon(icon("close", theme.link))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the icons alone where words would be cut off."""
        super().resizeEvent(event)
        buttons = (self.undo, self.redo, self.clear)
        words = [button.accessibleName() for button in buttons]
        widest = max(self.undo.fontMetrics().horizontalAdvance(word) for word in words)
        is_roomy = self.width() / len(buttons) - _GAP >= widest + _BESIDE_WORDS
        for button, word in zip(buttons, words, strict=True):
            button.setText(word if is_roomy else "")

    def follow(self, canvas: Drawable) -> None:
        """Let each button be pressed when it would do something."""
        self.undo.setEnabled(canvas.can_undo)
        self.redo.setEnabled(canvas.can_redo)
        self.clear.setEnabled(not canvas.is_empty)

    @Slot(int)
    def _take_brush(self, thousandths: int) -> None:
        self.brush_changed.emit(thousandths / _THOUSAND)


def _tool(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    set_role(button, "dashed")
    button.setToolTip(tip)
    button.setIconSize(QSize(_ICON, _ICON))
    return button
