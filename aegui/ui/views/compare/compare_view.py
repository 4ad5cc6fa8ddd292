"""The Compare tab: ticked runs over each other and one below the other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.ui.forms import Card, label
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.compare.compare_gallery import CompareGallery
from aegui.ui.views.compare.compare_histogram import CompareHistogram
from aegui.ui.views.compare.compare_legend import CompareLegend
from aegui.ui.views.compare.compare_loss import CompareLoss
from aegui.ui.views.compare.compare_table import CompareTable
from aegui.ui.views.compare.compared import ComparedRun

EMPTY = "Tick two runs at the right to compare them."
ONE_MORE = "One run is ticked. Tick another one at the right to compare them."
_PLOT_HEIGHT = 260


class CompareView(QWidget):
    """Losses, errors, reconstructions and settings of several runs; it is told all of them."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = DARK
        self._empty = label(EMPTY, "empty", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said = label("", "muted", wrap=True)
        self._said.hide()
        self._loss_card, self._loss = (
            Card("Loss", "validation solid, training dotted"),
            CompareLoss(),
        )
        self._log = QCheckBox("Log scale")
        self._errors_card, self._errors = Card("Reconstruction error"), CompareHistogram()
        self._legend = CompareLegend()
        self._table = CompareTable()
        self._galleries: list[CompareGallery] = []
        self._stack = QStackedWidget()
        self._lay_out()
        self._log.toggled.connect(self._loss.set_log)

    @property
    def galleries(self) -> list[CompareGallery]:
        """One for each group of runs that have the same data, from top to bottom."""
        return self._galleries

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        self._legend.set_theme(theme)
        self._loss.set_theme(theme)
        self._errors.set_theme(theme)
        for gallery in self._galleries:
            gallery.set_theme(theme)
        for plot in (self._loss, self._errors):
            plot.setMinimumHeight(theme.px(_PLOT_HEIGHT) - 60)

    def show_empty(self, words: str = EMPTY) -> None:
        """Say what will be here, and how to get it."""
        self._empty.setText(words)
        self._stack.setCurrentIndex(0)

    def show_runs(self, runs: list[ComparedRun], said: str = "") -> None:
        """Lay these runs beside each other; ``said`` is what is to be known about that."""
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self._legend.show_runs(runs)
        self._loss.show_runs(runs)
        self._errors.show_runs(runs)
        self._table.show_runs(runs)
        self._stack.setCurrentIndex(1)

    def start_galleries(self, groups: list[tuple[Dataset, list[ComparedRun]]]) -> None:
        """Show the originals of each group of runs that have the same data, without the rest."""
        while len(self._galleries) < len(groups):
            gallery = CompareGallery()
            gallery.set_theme(self._theme)
            self._galleries.append(gallery)
            # The last but one: below everything is what takes the room that is left.
            self._column.insertWidget(self._column.count() - 2, gallery)
        for place, gallery in enumerate(self._galleries):
            gallery.setVisible(place < len(groups))
            if place < len(groups):
                dataset, runs = groups[place]
                gallery.start(dataset, [run.title for run in runs], [run.hue for run in runs])

    def show_reconstructions(self, group: int, place: int, made: FloatArray) -> None:
        """Show what one run of a group makes of the group's rows, (rows, features)."""
        if group < len(self._galleries):
            self._galleries[group].show_reconstructions(place, made)

    def _lay_out(self) -> None:
        self._loss_card.header.addWidget(self._log)
        self._loss_card.body.addWidget(self._loss, 1)
        self._errors_card.body.addWidget(self._errors, 1)
        plots = QHBoxLayout()
        plots.setSpacing(10)
        for card in (self._loss_card, self._errors_card):
            card.setMinimumHeight(_PLOT_HEIGHT)
            plots.addWidget(card, 1)
        content = QWidget()
        content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(10)
        self._column.addWidget(self._said)
        self._column.addWidget(self._legend)
        self._column.addLayout(plots, 1)
        self._column.addWidget(self._table)
        self._column.addStretch(0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
