"""Which run has which colour, and its figures."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QWidget

from aegui.records import Baselines
from aegui.ui.forms import Card, label, say_within
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.compare.compared import ComparedRun
from aegui.ui.views.loss_points import validation_value
from aegui.ui.views.text import loss_text

HEADINGS = (
    "Run",
    "Epochs",
    "Validation loss",
    "Error per feature",
    "Error, sum",
    "σ",
    "Always mean",
    "PCA",
)
_TIPS = {
    "Always mean": "Mean error of always answering the training rows' mean, summed",
    "PCA": "Mean error of PCA of the code's width, clipped to the data's range, summed",
}

_MARK, _NAMES = 12, 230


class CompareLegend(Card):
    """The key of the plots: a line for each run with its last loss, its errors' mean and σ."""

    def __init__(self) -> None:
        super().__init__("Runs", "sums are of Σ|x − x̂|: their mean and spread σ over the test rows")
        self._theme = DARK
        self._runs: list[ComparedRun] = []
        self._marks: list[QFrame] = []
        self._cells: list[QLabel] = []
        table = QWidget()
        self._grid = QGridLayout(table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self.body.addWidget(table)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def texts(self) -> list[str]:
        """What is written, line by line."""
        return [cell.text() for cell in self._cells]

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        for run, mark in zip(self._runs, self._marks, strict=True):
            hue = QColor(theme.series[run.hue % len(theme.series)]).name()
            mark.setStyleSheet(f"background: {hue}; border-radius: 3px;")

    def show_runs(self, runs: list[ComparedRun]) -> None:
        """Show these runs, in place of others."""
        for widget in (*self._marks, *self._cells):
            widget.hide()
            widget.deleteLater()
        self._runs, self._marks, self._cells = runs, [], []
        for column, heading in enumerate(HEADINGS, start=1):
            self._write(0, column, heading, "muted")
            self._cells[-1].setToolTip(_TIPS.get(heading, ""))
        for line, run in enumerate(runs, start=1):
            self._marks.append(mark := QFrame())
            mark.setFixedSize(_MARK, _MARK)
            self._grid.addWidget(mark, line, 0)
            for column, text in enumerate(_figures(run), start=1):
                self._write(line, column, text, "")
        self.set_theme(self._theme)

    def _write(self, line: int, column: int, text: str, role: str) -> None:
        cell = label(text, role)
        if column == 1:
            say_within(cell, text, _NAMES)
        side = Qt.AlignmentFlag.AlignLeft if column == 1 else Qt.AlignmentFlag.AlignRight
        cell.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(cell, line, column)
        self._cells.append(cell)


def _figures(run: ComparedRun) -> tuple[str, ...]:
    mean, std = float(run.row_errors.mean()), float(run.row_errors.std())
    history = run.history
    loss = loss_text(validation_value(history.kept)) if len(history) else "–"
    per_feature = mean / run.dataset.features
    figures = (str(history.epochs), loss, f"{per_feature:.4f}", f"{mean:.2f}", f"{std:.2f}")
    return (run.name, *figures, *_baselines(run.baselines))


def _baselines(baselines: Baselines | None) -> tuple[str, str]:
    if baselines is None:
        return "–", "–"
    pca = "–" if baselines.pca is None else f"{baselines.pca.mean:.2f}"
    return f"{baselines.mean.mean:.2f}", pca
