"""The code in one's own hands: a slider for each unit, and what the decoder makes of them."""

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from aegui.analysis.code_units import MOST_UNITS, CodeUnits
from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.sentences import capitalised
from aegui.ui.forms import inset, label
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.latent.row_box import RowBox
from aegui.ui.views.latent.unit_slider import UnitLine, UnitSlider
from aegui.ui.views.row_field import RowField
from aegui.ui.views.row_picture import RowPicture

_SIDE = 112
_AT_ONCE = 4
_LEAST = 84
"""Height of the sliders in pixels: three of them, at least."""


class CodeSliders(QWidget):
    """Holds a code, (1, k); what it stands for it wishes for, and is told."""

    code_changed = Signal(object)
    """Another code, (1, k), is to be decoded."""
    row_requested = Signal(int)
    """The code of this test row is wanted."""
    drawn_requested = Signal()
    random_requested = Signal()
    prior_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._theme = DARK
        self._units: CodeUnits | None = None
        self._start: FloatArray | None = None
        self._code: FloatArray | None = None
        self.picture = RowPicture("decoded code", _SIDE)
        self.row = RowBox()
        self._take = QPushButton("Take")
        self._drawn = QPushButton("Drawn digit")
        self._reset = QPushButton("Reset")
        self._random = QPushButton("Random")
        self._prior = QPushButton("From prior")
        self._row_name = label("Test digit", "muted")
        self._note = label("", "muted", wrap=True)
        self._lines: list[UnitLine] = []
        self._wanted = 0
        self._making = QTimer(self)
        self._making.setInterval(0)
        self._column = QVBoxLayout()
        self._scroll = QScrollArea()
        self._lay_out()
        self._connect()
        self.set_drawn_available(False)

    @property
    def code(self) -> FloatArray | None:
        """The code as it is set, (1, k), if any."""
        return self._code

    @property
    def is_turned(self) -> bool:
        """Whether the code is another than the one it began with."""
        if self._code is None or self._start is None:
            return False
        return not np.array_equal(self._code, self._start, equal_nan=True)

    @property
    def sliders(self) -> list[UnitSlider]:
        """The sliders in use, in the order of their units."""
        count = 0 if self._units is None else len(self._units.numbers)
        return [line.slider for line in self._lines[:count]]

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        self._theme = theme
        self.picture.set_theme(theme)
        self._scroll.setMinimumHeight(theme.px(_LEAST))
        for line in self._lines:
            line.slider.set_theme(theme)

    def start(self, dataset: Dataset, rows: int, width: int, *, is_variational: bool) -> None:
        """Begin with another model, of whose test rows the first ``rows`` are mapped.

        Its code is ``width`` wide.
        """
        self._code = self._start = self._units = None
        self.picture.set_kind(dataset.image_shape, dataset.value_range, dataset.columns)
        noun = dataset.noun
        of_file = dataset.test_numbers is not None
        self._row_name.setText(capitalised(noun) if of_file else f"Test {noun}")
        self.row.start(dataset, rows)
        self._prior.setVisible(is_variational)
        self._drawn.setText(f"Drawn {dataset.noun}")
        self._drawn.setVisible(RowField.of(dataset).is_drawable)
        self._wanted = min(width, MOST_UNITS)
        self._making.start()

    def set_drawn_available(self, available: bool) -> None:
        """Offer the drawn digit to begin with, or do not."""
        self._drawn.setEnabled(available)
        self._drawn.setToolTip("" if available else "Draw one on the Draw tab first")

    def show_units(self, units: CodeUnits) -> None:
        """Take the ranges and histograms of the units, as a model has them now."""
        self._units = units
        self._make_room(len(units.numbers))
        for line, number, low, high, counts in zip(
            self._lines, units.numbers, units.low, units.high, units.counts, strict=False
        ):
            line.show_unit(int(number), float(low), float(high), counts)
        count = len(units.numbers)
        self._note.setText(f"The {count} of {units.width} units whose values vary most.")
        self._note.setVisible(count < units.width)
        # Of many units, others may vary most now: each slider takes its own unit's value.
        self._put_code()

    def show_code(self, code: FloatArray) -> None:
        """Begin with a code, (1, k), to which Reset goes back; ask what it stands for."""
        start = code.reshape(1, -1)
        self.set_start(start)
        self.set_code(start)

    def set_start(self, code: FloatArray) -> None:
        """Let Reset go back to a code, (k,) or (1, k), and leave the sliders where they are."""
        self._start = code.reshape(1, -1).copy()

    def show_decoded(self, row: FloatArray) -> None:
        """Show what the code stands for, (features,)."""
        self.picture.show_row(row)
        self.picture.repaint()

    def set_code(self, code: FloatArray) -> None:
        """Take a code, (1, k), and ask what it stands for."""
        self._code = code.copy()
        self._put_code()
        self.code_changed.emit(self._code.copy())

    def _put_code(self) -> None:
        if self._units is not None and self._code is not None:
            for slider, number in zip(self.sliders, self._units.numbers, strict=True):
                slider.set_number(float(self._code[0, number]))
        self._write()

    def _write(self) -> None:
        for line in self._lines:
            line.write()

    @Slot()
    def _make_some(self) -> None:
        """Make a few of the sliders that are going to be wanted."""
        missing = self._wanted - len(self._lines)
        self._make_lines(min(missing, _AT_ONCE))
        if missing <= _AT_ONCE:
            self._making.stop()

    def _make_lines(self, count: int) -> None:
        for _ in range(count):
            line = UnitLine()
            line.slider.set_theme(self._theme)
            line.slider.valueChanged.connect(self._follow)
            line.hide()
            self._column.addWidget(line)
            self._lines.append(line)

    def _make_room(self, count: int) -> None:
        self._make_lines(count - len(self._lines))
        for place, line in enumerate(self._lines):
            line.setVisible(place < count)

    def _lay_out(self) -> None:
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(2)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._column)
        column.addStretch()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        beside = QVBoxLayout()
        beside.setSpacing(6)
        for button in (self._reset, self._random, self._prior, self._drawn):
            beside.addWidget(button)
        beside.addStretch()
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(beside, 1)
        begin = QHBoxLayout()
        begin.setSpacing(6)
        begin.addWidget(self._row_name)
        begin.addWidget(self.row, 1)
        begin.addWidget(self._take)
        inset(self.row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(begin)
        layout.addWidget(self._note)
        layout.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        self._take.clicked.connect(lambda: self.row_requested.emit(self.row.value()))
        self._drawn.clicked.connect(self.drawn_requested)
        self._random.clicked.connect(self.random_requested)
        self._prior.clicked.connect(self.prior_requested)
        self._reset.clicked.connect(self._go_back)
        self._making.timeout.connect(self._make_some)

    @Slot()
    def _go_back(self) -> None:
        if self._start is not None:
            self.set_code(self._start)

    @Slot()
    def _follow(self) -> None:
        if self._code is None or self._units is None:
            return
        for slider, number in zip(self.sliders, self._units.numbers, strict=True):
            self._code[0, number] = np.float32(slider.number)
        self._write()
        self.code_changed.emit(self._code.copy())
