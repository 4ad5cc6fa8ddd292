"""The card of the loss: its plot, and below it how to read the curves or what is wrong."""

from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStackedWidget

from aegui.analysis.diagnosis import Finding
from aegui.ui.diagnosis_line import DiagnosisLine
from aegui.ui.forms import Card, label
from aegui.ui.theme import Theme
from aegui.ui.views.train.loss_plot import NOTE, LossPlot


class LossCard(Card):
    """What is found takes the place of the note on how to read the curves.

    ``plot`` has the curves, ``diagnosis`` is the line that says what was found.
    """

    def __init__(self) -> None:
        super().__init__("Loss")
        self.plot = LossPlot()
        self.log = QCheckBox("Log scale")
        self.diagnosis = DiagnosisLine()
        self.below = QStackedWidget()
        self._is_large = False
        # A long title is cut off; it does not widen the card.
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.header.addWidget(self.log)
        self.body.addWidget(self.plot, 1)
        self.below.addWidget(label(NOTE, "muted", wrap=True))
        self.below.addWidget(self.diagnosis)
        self.below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.body.addWidget(self.below)
        self.log.toggled.connect(self.plot.set_log)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self.diagnosis.set_theme(theme)
        self.plot.set_theme(theme)
        self._is_large = theme.scale > 1
        self._fit_below()

    def show_finding(self, finding: Finding | None) -> None:
        """Say below the curves what was found; None when all is well."""
        self.diagnosis.show_finding(finding)
        self.below.setCurrentIndex(0 if finding is None else 1)
        self._fit_below()

    def _fit_below(self) -> None:
        """Leave the note out while somebody presents: the plot needs its place."""
        self.below.setVisible(not self._is_large or self.below.currentIndex() == 1)
