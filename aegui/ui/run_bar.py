"""Train and Stop, and how far the run is. Always in the same place."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout

from aegui.records import Progress, RunResult, RunState
from aegui.ui.forms import label
from aegui.ui.icons import icon
from aegui.ui.theme import Theme

_STEPS = 1000


class RunBar(QFrame):
    """The foot of the left column."""

    train_requested = Signal()
    stop_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "column")
        self._train = QPushButton("Train")
        self._train.setProperty("role", "primary")
        self._stop = QPushButton("Stop")
        self._stop.setProperty("role", "bar")
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._words = label("Ready", "muted")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._state = RunState.IDLE
        self._can_train = True

        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._train, 2)
        buttons.addWidget(self._stop, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(buttons)
        layout.addWidget(self._bar)
        layout.addWidget(self._words)

        self._train.clicked.connect(self.train_requested)
        self._stop.clicked.connect(self.stop_requested)
        self._show_buttons()

    def take_focus(self) -> None:
        """Make Train what the keyboard reaches first."""
        self._train.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._train.setIcon(icon("play", theme.on_accent, disabled=theme.muted))
        self._stop.setIcon(icon("stop", theme.text, disabled=theme.muted))

    @property
    def can_train(self) -> bool:
        """Whether Train may be pressed, as far as the experiment goes."""
        return self._can_train

    def set_can_train(self, can_train: bool, why_not: str = "") -> None:
        """Allow Train or not; ``why_not`` is its tool tip then."""
        self._can_train = can_train
        self._train.setToolTip(why_not)
        self._show_buttons()

    def show_stopping(self) -> None:
        """Say at once that Stop was heard."""
        self._stop.setEnabled(False)
        self._words.setText("Stopping, keeping what was learned…")

    @Slot(RunState)
    def show_state(self, state: RunState) -> None:
        """Show which of the buttons can be pressed."""
        self._state = state
        self._show_buttons()
        if state is RunState.PREPARING:
            self._bar.setValue(0)
            self._words.setText("Starting…")

    @Slot(Progress)
    def show_progress(self, progress: Progress) -> None:
        """Show how far the run is, unless somebody already waits for its end."""
        if not self._state.is_active or not self._stop.isEnabled():
            return
        self._bar.setValue(round(progress.fraction * _STEPS))
        self._words.setText(progress_in_words(progress))

    @Slot(RunResult)
    def show_result(self, result: RunResult) -> None:
        """Show how the run ended."""
        if result.state is RunState.FINISHED:
            self._bar.setValue(_STEPS)
        self._words.setText(result_in_words(result))

    def _show_buttons(self) -> None:
        is_active = self._state.is_active
        had_focus = self._train.hasFocus() or self._stop.hasFocus()
        self._train.setEnabled(self._can_train and not is_active)
        self._stop.setEnabled(is_active)
        if had_focus:
            # A button that is switched off would hand the keyboard to whatever comes next.
            (self._stop if is_active else self._train).setFocus()


def progress_in_words(progress: Progress) -> str:
    """Return a line such as ``Epoch 7 of 24 · 0.22 s per epoch · 4 s left``."""
    if progress.epoch == 0:
        return f"{progress.doing}…"
    parts = [f"Epoch {progress.epoch} of {progress.epochs}"]
    if progress.seconds_per_epoch is not None:
        parts.append(f"{_seconds(progress.seconds_per_epoch)} per epoch")
    if progress.seconds_left is not None:
        parts.append(f"{_duration(progress.seconds_left)} left")
    return " · ".join(parts)


def result_in_words(result: RunResult) -> str:
    """Return a line such as ``Finished · 10 epochs in 2.4 s``."""
    if result.state is RunState.FAILED:
        return "Failed: see the message above the plots"
    epochs = result.history.epochs
    if epochs == 0:
        return "Stopped before the first epoch"
    word = "Finished" if result.state is RunState.FINISHED else "Stopped"
    inside = result.history.position < epochs
    count = f"in epoch {epochs}" if inside else f"{epochs} epoch{'s' if epochs > 1 else ''}"
    return f"{word} · {count} · {_duration(result.train_seconds)}"


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s"


def _duration(seconds: float) -> str:
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min"
