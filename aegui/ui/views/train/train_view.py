"""The Train tab: a run as it learns, and every epoch of it again."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aegui.analysis.diagnosis import Finding
from aegui.analysis.reel import Reel
from aegui.data import Dataset
from aegui.records import Baselines, ChunkSnapshot, EpochFrame, FloatArray, History
from aegui.ui.forms import Card, label
from aegui.ui.theme import Theme
from aegui.ui.views.error_histogram import ErrorHistogram
from aegui.ui.views.text import epoch_text
from aegui.ui.views.train.loss_card import LossCard
from aegui.ui.views.train.strip_card import StripCard

EMPTY = "Live reconstructions, loss and errors appear here. Press Train."

_SPACING = 10


class TrainView(QWidget):
    """Reconstructions of a few test rows, the loss, and the errors of all test rows.

    It follows the run until the person moves the marker of the loss plot to another epoch; then
    all three show that one, while only the curves grow. Where early stopping put the best weights
    back, the best epoch is where the run is in the end.
    """

    frame_shown = Signal(float)
    """The picture of an epoch is shown, of the newest or of an earlier one: its position."""

    def __init__(self) -> None:
        super().__init__()
        self._epochs = 0
        self._history = History()
        self._reel = Reel()
        self._chunk: ChunkSnapshot | None = None
        self._best: float | None = None
        self._strip_card = StripCard()
        self._strip = self._strip_card.grid
        self._epoch = self._strip_card.epoch
        self._loss_card = LossCard()
        self._loss = self._loss_card.plot
        self.diagnosis = self._loss_card.diagnosis
        self._errors_card = Card("Reconstruction error")
        self._errors = ErrorHistogram()
        self._pair = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._stack = QStackedWidget()
        self._lay_out()
        self._loss.marker_moved.connect(self._show_marked)
        self._strip_card.back_requested.connect(self._go_back)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        for view in (self._strip_card, self._loss_card, self._errors):
            view.set_theme(theme)
        self._strip_card.fit(self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height between the strip and the plots."""
        super().resizeEvent(event)
        self._strip_card.fit(self.height())

    def start(
        self,
        title: str,
        loss_name: str,
        epochs: int,
        dataset: Dataset,
        inputs: FloatArray | None = None,
    ) -> None:
        """Begin a run of ``epochs`` epochs: the originals are shown, and plots without curves.

        ``title`` is the run's name for people; ``loss_name`` the loss in words; ``inputs`` the
        strip's rows, (rows, features), as a denoising model is given them.
        """
        self._epochs = epochs
        self._history, self._reel, self._chunk = History(), Reel(), None
        self._best = None
        self._strip_card.start(dataset, inputs)
        self._loss_card.hint.setText(title)
        self._loss.start(title, loss_name, epochs)
        self._errors.start(dataset.noun)
        self._say_marked(None)
        self._stack.setCurrentIndex(1)

    def show_epoch(self, history: History, frame: EpochFrame) -> None:
        """Show what an epoch left behind, epoch 0 being the model before training.

        Where the person looks at an earlier epoch, only the curves grow.
        """
        self._reel.add(frame)
        self._show_newest(history)

    def show_run(self, history: History, frames: Sequence[EpochFrame]) -> None:
        """Show a whole run, at the epoch that it kept; without frames its curves only.

        Where the run that is shown has ended, an earlier epoch stays in view here too. Frames
        beyond the history are left out: a run that goes on begins its last epoch again.
        """
        self._reel = Reel(frame for frame in frames if frame.position <= history.position)
        self._show_newest(history)

    def show_history(self, history: History) -> None:
        """Show losses and events without an epoch's picture."""
        before = self._best
        self._take_history(history)
        if self._best != before and self._loss.marker is None and self._chunk is None:
            # The best weights were put back, or the run goes on from its last ones.
            self._show_live()

    def _take_history(self, history: History) -> None:
        self._history = history
        self._epochs = max(self._epochs, history.epochs)
        self._loss.show_history(history)
        stops = self._reel.positions or [record.position for record in history]
        best = history.best
        self._best = best.position if best is not None and best.position in stops else None
        self._loss.set_stops(stops, self._best)
        if self._loss.marker is not None and self._loss.marker == self._best:
            self._loss.set_marker(None)

    def show_chunk(self, snapshot: ChunkSnapshot) -> None:
        """Show the model inside an epoch, until that epoch's end is shown."""
        self._chunk = snapshot
        self._loss.show_chunk(snapshot.position, snapshot.loss)
        if self._loss.marker is None:
            self._show_live()

    def set_floor(self, floor: float | None) -> None:
        """Mark in the loss plot the loss that no model can pass."""
        self._loss.set_floor(floor)

    def set_baselines(self, baselines: Baselines | None) -> None:
        """Mark in the histogram the errors of answers that take no training."""
        self._errors.set_baselines(baselines)

    def show_finding(self, finding: Finding | None) -> None:
        """Say below the curves what was found; None when all is well."""
        self._loss_card.show_finding(finding)

    def set_compact(self, compact: bool) -> None:
        """Put loss and errors beside each other, for a low window, or below each other."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._pair.setDirection(across if compact else down)

    @Slot(object)
    def _show_marked(self, position: float | None) -> None:
        """Show the epoch that the marker was put on, or the run as it is now."""
        if position is None:
            self._show_live()
        else:
            self._say_marked(position)
            self._epoch.setText(self._epoch_words(position))
            self._show_frame(self._reel.nearest(position))

    @Slot()
    def _go_back(self) -> None:
        self._loss.set_marker(None)
        if not self._loss.hasFocus():
            # The button goes, and the keyboard is not to be lost with it.
            self._loss.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_marked(None)

    def _show_newest(self, history: History) -> None:
        self._chunk = None
        self._loss.forget_chunks()
        self._take_history(history)
        if self._loss.marker is None:
            self._show_live()
        else:
            self._say_marked(self._loss.marker)

    def _show_live(self) -> None:
        """Show the run as it is now: inside an epoch, at its newest one, or at the one it kept."""
        self._say_marked(None)
        if self._chunk is None:
            self._epoch.setText(self._live_words())
            reel = self._reel
            self._show_frame(reel.last if self._best is None else reel.at(self._best))
            return
        self._epoch.setText(self._epoch_words(self._chunk.position))
        self._strip_card.show_rows(self._chunk.strip, self._chunk.strip_errors)
        if self._reel.last is not None:
            self._errors.show_histogram(self._reel.last.histogram)

    def _show_frame(self, frame: EpochFrame | None) -> None:
        if frame is not None:
            self._strip_card.show_rows(frame.strip.astype(np.float32), frame.strip_errors)
            self._errors.show_histogram(frame.histogram)
            self.frame_shown.emit(frame.position)

    def _say_marked(self, position: float | None) -> None:
        """Offer the way back from another epoch, and write over the histogram which it is of."""
        best = "" if self._best is None else f"{epoch_text(self._best)}, the best"
        now = best or epoch_text(self._history.position)
        self._strip_card.offer_way_back(None if position is None else f"Back to {now}")
        self._errors_card.hint.setText(best if position is None else epoch_text(position))

    def _live_words(self) -> str:
        if self._best is None:
            return self._epoch_words(self._history.position)
        return f"{epoch_text(self._best)} of {self._history.epochs}, the best"

    def _epoch_words(self, position: float) -> str:
        if position == 0:
            return "epoch 0 · before training"
        of_all = f" of {self._epochs}" if float(position).is_integer() else ""
        return epoch_text(position) + of_all

    def _lay_out(self) -> None:
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
