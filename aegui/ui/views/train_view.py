"""The Train tab: a run as it learns."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aegui.data import Dataset
from aegui.records import EpochSnapshot, FloatArray, History, IndexArray
from aegui.ui.forms import Card, label
from aegui.ui.theme import Theme
from aegui.ui.views.error_histogram import ErrorHistogram
from aegui.ui.views.loss_plot import NOTE, LossPlot
from aegui.ui.views.tiles import TileGrid

EMPTY = "Live reconstructions, loss and errors appear here. Press Train."

_SPACING = 10
_IN_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class TrainView(QWidget):
    """Reconstructions of a few test rows, the loss, and the errors of all test rows."""

    def __init__(self) -> None:
        super().__init__()
        self._epochs = 0
        self._rows: IndexArray = np.empty(0, dtype=np.intp)
        self._strip_card = Card("Live reconstructions")
        self._epoch = label("", "muted")
        self._strip = TileGrid("reconstructions", wrap=False)
        self._loss_card = Card("Loss")
        self._loss = LossPlot()
        self._log = QCheckBox("Log scale")
        self._errors_card = Card("Reconstruction error")
        self._errors = ErrorHistogram()
        self._pair = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._stack = QStackedWidget()
        self._lay_out()
        self._log.toggled.connect(self._loss.set_log)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        for view in (self._strip, self._loss, self._errors):
            view.set_theme(theme)

    def start(self, title: str, loss_name: str, epochs: int, dataset: Dataset) -> None:
        """Begin a run of ``epochs`` epochs: the originals are shown, and plots without curves.

        ``title`` is the run's name for people; ``loss_name`` the loss in words.
        """
        self._epochs = epochs
        self._rows = dataset.showcase()
        self._strip.set_rows(dataset.test[self._rows], dataset.image_shape, dataset.value_range)
        self._strip_card.hint.setText(_hint(len(self._rows), dataset.noun))
        self._loss_card.hint.setText(title)
        self._epoch.setText("")
        self._loss.start(title, loss_name, epochs)
        self._errors.start(dataset.noun)
        self._stack.setCurrentIndex(1)

    def show_epoch(self, history: History, snapshot: EpochSnapshot) -> None:
        """Show what an epoch left behind, epoch 0 being the model before training."""
        self.setUpdatesEnabled(False)
        self.show_strip(snapshot.strip)
        self.show_result(history, snapshot.row_errors)
        self.setUpdatesEnabled(True)

    def show_result(self, history: History, row_errors: FloatArray) -> None:
        """Show the losses so far and the error of every test row, (rows,), after the last epoch.

        The strip's captions change with them; its pictures come by ``show_strip``.
        """
        self._epoch.setText(_epoch_text(history.epochs, self._epochs))
        self._strip.set_captions(_captions(row_errors[self._rows]))
        self._loss.show_history(history)
        self._errors.show_errors(row_errors)

    def show_strip(self, reconstructions: FloatArray) -> None:
        """Show what the model makes of the strip's rows, (rows, features)."""
        self._strip.set_reconstructions(reconstructions)

    def set_compact(self, compact: bool) -> None:
        """Put loss and errors beside each other, for a low window, or below each other."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._pair.setDirection(across if compact else down)

    def show_empty(self) -> None:
        """Say what will be here."""
        self._stack.setCurrentIndex(0)

    def _lay_out(self) -> None:
        self._strip_card.header.insertWidget(1, self._epoch)
        self._strip_card.body.addWidget(self._strip)
        # A long title is cut off; it does not widen the card.
        self._loss_card.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._loss_card.header.addWidget(self._log)
        self._loss_card.body.addWidget(self._loss, 1)
        self._loss_card.body.addWidget(label(NOTE, "muted", wrap=True))
        self._errors_card.body.addWidget(self._errors, 1)
        self._pair.setSpacing(_SPACING)
        self._pair.addWidget(self._loss_card, 5)
        self._pair.addWidget(self._errors_card, 4)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        column.addWidget(self._strip_card)
        column.addLayout(self._pair, 1)
        empty = label(EMPTY, "empty", wrap=True)
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(empty)
        self._stack.addWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)


def _hint(count: int, noun: str) -> str:
    number = _IN_WORDS[count] if count < len(_IN_WORDS) else str(count)
    return f"the same {number} test {noun}{'' if count == 1 else 's'}, redrawn every epoch"


def _epoch_text(epoch: int, epochs: int) -> str:
    return f"epoch {epoch} of {epochs}" if epoch else "epoch 0 · before training"


def _captions(errors: FloatArray) -> list[str]:
    return [f"{error:.1f}" for error in errors]
