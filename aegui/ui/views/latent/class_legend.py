"""Which mark is which class: a click hides a class or shows it, a double click shows it alone."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from aegui.ui.theme import DARK, Theme
from aegui.ui.views.class_marks import draw_mark
from aegui.ui.views.text import fitting, small_font

_SIZE = QSize(38, 24)
_MARK = 10.0
_FAINT = 0.35
# What a chip takes beside the name, and the most that a name takes.
_BESIDE_NAME, _WIDEST = 27, 110
_SHORT = 10
_TIP = "Click to hide or show it, double-click to see it alone"


class _Chip(QAbstractButton):
    """A mark and its class's name; faint while the class is hidden."""

    isolated = Signal()

    def __init__(self, number: int, name: str) -> None:
        super().__init__()
        self._number = number
        self._theme = DARK
        self.setCheckable(True)
        self.setChecked(True)
        self.setText(name)
        self.setAccessibleName(f"Class {name}")
        self.setToolTip(f"{name}\n{_TIP}" if len(name) > _SHORT else _TIP)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        size = _SIZE * theme.scale
        words = QFontMetricsF(small_font(theme)).horizontalAdvance(self.text())
        wide = theme.px(_BESIDE_NAME) + round(min(words, theme.px(_WIDEST)))
        self.setFixedSize(max(size.width(), wide), size.height())
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
        left = mark.right() + px(3)
        words = QRectF(left, 0, self.width() - left, self.height())
        told = fitting(self.text(), small_font(self._theme), words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, told)
        painter.end()


class ClassLegend(QWidget):
    """A chip for each class; where they are wider than the legend, it scrolls."""

    shown_changed = Signal(set)
    """These classes are wanted now."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = DARK
        self._chips: dict[int, _Chip] = {}
        self._before: set[int] = set()
        self._inside, self._scroll = QWidget(), QScrollArea()
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._row.addStretch()
        self._scroll.setWidget(self._inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)

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
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have room for a scroll bar where one is needed."""
        super().resizeEvent(event)
        self._fit()

    def set_classes(self, numbers: Sequence[int], name: Callable[[int], str] = str) -> None:
        """Offer these classes by their names, all shown; the same ones stay as they are."""
        names = {number: name(number) for number in numbers}
        if names == {number: chip.text() for number, chip in self._chips.items()}:
            return
        for chip in self._chips.values():
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {number: _Chip(number, name) for number, name in names.items()}
        for place, (number, chip) in enumerate(self._chips.items()):
            chip.set_theme(self._theme)
            chip.pressed.connect(self._remember)
            chip.clicked.connect(self._tell)
            chip.isolated.connect(lambda number=number: self._isolate(number))
            self._row.insertWidget(place, chip)
        self._fit()

    def show_all(self) -> None:
        """Want all classes, without telling."""
        for chip in self._chips.values():
            chip.setChecked(True)

    def _fit(self) -> None:
        wanted = self._inside.sizeHint().width()
        bar = self._scroll.horizontalScrollBar().sizeHint().height()
        high = round(_SIZE.height() * self._theme.scale) if self._chips else 0
        self.setFixedHeight(high + (bar if wanted > self.width() else 0))

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
