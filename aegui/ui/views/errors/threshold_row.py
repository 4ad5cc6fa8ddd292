"""A line to be above of: where it is, how many rows are, and the way to keep them."""

import math

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QPushButton, QWidget

from aegui.analysis.error_ranks import USUAL_SHARE, RankedErrors
from aegui.runs.about import MOST_THRESHOLD
from aegui.ui.forms import inset, label
from aegui.ui.views.text import error_decimals, grouped

# Fine enough for any error that was written down, and coarse enough for a field.
_MOST_DECIMALS = 12


class ThresholdRow(QWidget):
    """Edits the threshold and says what is above it.

    The threshold follows the errors until the person chose one; then it stays.
    """

    threshold_changed = Signal(float)
    """The threshold is at another error now, whoever moved it."""
    threshold_chosen = Signal(float)
    """The person moved the threshold to this error."""
    save_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._ranked: RankedErrors | None = None
        self._is_chosen = False
        self.field = QDoubleSpinBox()
        self.field.setRange(0.0, MOST_THRESHOLD)
        self.field.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.field.setKeyboardTracking(False)
        inset(self.field)
        self.field.setAccessibleName("Threshold")
        self.field.setToolTip("An error from which on a row counts as unusual")
        self.save = QPushButton("Save as CSV…")
        self.save.setToolTip("Number, class and error of each row above the threshold")
        self._words = label("", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        caption = label("Threshold", "muted")
        caption.setBuddy(self.field)
        for part in (caption, self.field, self._words, self.save):
            layout.addWidget(part)
        self.field.valueChanged.connect(self._choose)
        self.save.clicked.connect(self.save_requested)

    @property
    def threshold(self) -> float:
        """The error at which the line is."""
        return self.field.value()

    @property
    def words(self) -> str:
        """What is said to be above the threshold."""
        return self._words.text()

    def start(self) -> None:
        """Begin with other data, whose errors are not known."""
        self._ranked, self._is_chosen = None, False
        self._words.setText("")
        self.save.setEnabled(False)

    def show_errors(self, ranked: RankedErrors) -> None:
        """Count anew; a threshold that nobody chose goes to the usual share of these errors."""
        self._ranked = ranked
        usual = ranked.quantile(USUAL_SHARE)
        if not self._is_typed:
            self._set_decimals(ranked)
            if not self._is_chosen and usual is not None:
                self._put(usual)
        self._count()

    @Slot(float)
    def choose(self, threshold: float) -> None:
        """Take the threshold that a person moved elsewhere."""
        self._is_chosen = True
        self._put(threshold)
        self._count()
        self.threshold_chosen.emit(self.threshold)

    def restore(self, threshold: float) -> None:
        """Go back to a threshold that a person chose before, to its last decimal."""
        self._is_chosen = True
        with QSignalBlocker(self.field):
            self.field.setDecimals(_decimals(threshold))
            self.field.setValue(threshold)
        self.threshold_changed.emit(self.threshold)
        self._count()

    @Slot(float)
    def _choose(self, threshold: float) -> None:
        self.choose(threshold)

    @property
    def _is_typed(self) -> bool:
        """Whether a person is in the middle of writing a threshold."""
        return self.field.hasFocus() and self.field.lineEdit().isModified()

    def _set_decimals(self, ranked: RankedErrors) -> None:
        """Write as many decimals as these errors need; a threshold that was chosen loses none."""
        wanted = error_decimals(ranked.errors, figures=4)
        with QSignalBlocker(self.field):
            self.field.setDecimals(max(wanted, self.field.decimals() * self._is_chosen))

    def _put(self, threshold: float) -> None:
        with QSignalBlocker(self.field):
            # Up to the field's last decimal, but not down: what is at the line is not above it.
            fine = 10 ** self.field.decimals()
            self.field.setValue(math.ceil(threshold * fine) / fine)
        self.threshold_changed.emit(self.field.value())

    def _count(self) -> None:
        ranked = self._ranked
        count = 0 if ranked is None else ranked.count_above(self.threshold)
        total = 0 if ranked is None else len(ranked)
        share = 100 * count / total if total else 0.0
        self._words.setText(f"{grouped(count)} of {grouped(total)} above · {share:.1f}\u00a0%")
        self.save.setEnabled(count > 0)


def _decimals(number: float) -> int:
    """Return how many decimals a number that is not negative has when it is written out."""
    _, _, after = f"{number:.{_MOST_DECIMALS}f}".rstrip("0").partition(".")
    return len(after)
