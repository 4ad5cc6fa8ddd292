"""Which mark is which class: a click hides a class or shows it, a double click shows it alone."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from aegui.ui.theme import DARK, Theme
from aegui.ui.views.class_marks import draw_mark
from aegui.ui.views.text import small_font

_SIZE = QSize(38, 24)
_MARK = 10.0
_FAINT = 0.35


class _Chip(QAbstractButton):
    """A mark and its class's name; faint while the class is hidden."""

    isolated = Signal()

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._theme = DARK
        self.setCheckable(True)
        self.setChecked(True)
        self.setText(str(number))
        self.setAccessibleName(f"Class {number}")
        self.setToolTip("Click to hide or show it, double-click to see it alone")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFixedSize(_SIZE * theme.scale)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.isolated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit()
            self.isolated.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QColor(self._theme.accent if self.hasFocus() else self._theme.border))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setOpacity(1.0 if self.isChecked() else _FAINT)
        px = self._theme.px
        mark = QRectF(px(5), 0, px(14), self.height())
        draw_mark(painter, mark, self._theme, self._number, px(_MARK))
        painter.setPen(QColor(self._theme.text))
        painter.setFont(small_font(self._theme))
        words = QRectF(mark.right() + px(3), 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


class ClassLegend(QWidget):
    """A chip for each class."""

    shown_changed = Signal(set)
    """These classes are wanted now."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = DARK
        self._chips: dict[int, _Chip] = {}
        self._before: set[int] = set()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._row.addStretch()

    @property
    def shown(self) -> set[int]:
        """The classes that are wanted."""
        return {number for number, chip in self._chips.items() if chip.isChecked()}

    @property
    def chips(self) -> list[QAbstractButton]:
        """The buttons, in their order."""
        return list(self._chips.values())

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        self._theme = theme
        for chip in self._chips.values():
            chip.set_theme(theme)

    def set_classes(self, numbers: Sequence[int]) -> None:
        """Offer these classes, all of them shown; the same ones stay as they are."""
        if list(numbers) == list(self._chips):
            return
        for chip in self._chips.values():
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {number: _Chip(number) for number in numbers}
        for place, (number, chip) in enumerate(self._chips.items()):
            chip.set_theme(self._theme)
            chip.pressed.connect(self._remember)
            chip.clicked.connect(self._tell)
            chip.isolated.connect(lambda number=number: self._isolate(number))
            self._row.insertWidget(place, chip)

    def show_all(self) -> None:
        """Want all classes, without telling."""
        for chip in self._chips.values():
            chip.setChecked(True)

    def _remember(self) -> None:
        self._before = self.shown

    def _tell(self) -> None:
        self.shown_changed.emit(self.shown)

    def _isolate(self, number: int) -> None:
        """Show one class alone, or all again if it was alone before the double click began."""
        is_alone = {number} in (self._before, self.shown)
        for name, chip in self._chips.items():
            chip.setChecked(is_alone or name == number)
        self._before = self.shown
        self._tell()
