"""The way from pin A to pin B, decoded: a strip of pictures, and a slider along it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.ui.forms import label
from aegui.ui.handing.export import ExportMenu
from aegui.ui.theme import Theme
from aegui.ui.views.row_picture import RowPicture
from aegui.ui.views.tiles.tiles import TileGrid

STEPS = 11
"""Pictures on the strip, both ends included."""

_SIDE = 48
_FINE = 1000
_NONE = "Click two places to pin A and B: what lies between them appears here."
_ONE = "A is pinned. Click another place for B."


class MorphBar(QWidget):
    """Room that is always there, with words until both pins are set."""

    share_changed = Signal(float)
    """The slider was dragged: how far from A to B, 0 to 1."""
    clear_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kind: tuple[tuple[int, int] | None, tuple[float, float]] = (None, (0.0, 1.0))
        self.strip = TileGrid("morph", _SIDE, wrap=False, labelled=False)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.picture = RowPicture("morph at the slider", 76)
        self._words = label(_NONE, "empty", wrap=True)
        self._save = QPushButton("Save strip…")
        self._clear = QPushButton("Clear pins")
        self._line = QWidget()
        self._pages = QStackedWidget()
        self._lay_out()
        self.slider.valueChanged.connect(self._tell)
        self._save.clicked.connect(self._save_strip)
        self._clear.clicked.connect(self.clear_requested)
        self.show_pins(0)

    @property
    def words(self) -> str:
        """What is said while there is no strip."""
        return self._words.text() if self._pages.currentWidget() is self._words else ""

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        self.strip.set_theme(theme)
        self.strip.set_side(theme.px(_SIDE))
        self.strip.setFixedHeight(theme.px(_SIDE) + 6)
        self.picture.set_theme(theme)
        # The same with a strip and without one: nothing is to jump.
        self.setFixedHeight(self._line.sizeHint().height() + self.strip.height() + 8)

    def start(self, dataset: Dataset) -> None:
        """Begin with other data."""
        self._kind = dataset.image_shape, dataset.value_range
        self.picture.set_kind(*self._kind)
        self.show_pins(0)

    def show_pins(self, count: int) -> None:
        """Say how many pins are set; with both, make room for the strip."""
        is_both = count == 2
        self._words.setText(_ONE if count else _NONE)
        self._pages.setCurrentIndex(int(is_both))

    def show_strip(self, rows: FloatArray) -> None:
        """Show what lies on the way, (STEPS, features), from A to B."""
        self.strip.set_dreams(rows, *self._kind)

    def show_point(self, row: FloatArray) -> None:
        """Show what lies at the slider, (features,)."""
        self.picture.show_row(row)
        self.picture.repaint()

    def set_share(self, share: float) -> None:
        """Put the slider somewhere without telling."""
        was = self.slider.blockSignals(True)
        self.slider.setValue(round(share * _FINE))
        self.slider.blockSignals(was)

    def _lay_out(self) -> None:
        self.slider.setRange(0, _FINE)
        self.slider.setPageStep(_FINE // (STEPS - 1))
        self.slider.setAccessibleName("From A to B")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(QLabel("A"))
        line.addWidget(self.slider, 1)
        line.addWidget(QLabel("B"))
        line.addWidget(self._save)
        line.addWidget(self._clear)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.strip)
        column.addWidget(self._line)
        way = QWidget()
        row = QHBoxLayout(way)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addLayout(column, 1)
        row.addWidget(self.picture)
        self._pages.addWidget(self._words)
        self._pages.addWidget(way)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    @Slot(int)
    def _tell(self, value: int) -> None:
        self.share_changed.emit(value / _FINE)

    @Slot()
    def _save_strip(self) -> None:
        menu = self.strip.findChild(ExportMenu)
        if menu is not None:
            menu.save_png()
