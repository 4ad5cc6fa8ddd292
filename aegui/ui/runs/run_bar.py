"""Train, pause, step and stop, and how far the run is. Always in the same place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
)

from aegui.control import Progress, RunState, Speed
from aegui.ui.forms import label
from aegui.ui.icons import icon
from aegui.ui.runs.run_words import progress_in_words, result_in_words
from aegui.ui.runs.steering_row import SteeringRow
from aegui.ui.theme import Theme

if TYPE_CHECKING:
    # It brings in NumPy, which the first paint need not wait for.
    from aegui.records import RunResult

_STEPS = 1000
_TRAIN_WORDS = {
    RunState.PREPARING: "Pause",
    RunState.TRAINING: "Pause",
    RunState.PAUSED: "Resume",
}


class RunBar(QFrame):
    """The foot of the left column. Its first button trains, pauses or resumes."""

    train_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    step_requested = Signal()
    stop_requested = Signal()
    more_requested = Signal()
    learning_rate_chosen = Signal(float)
    speed_chosen = Signal(Speed)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "column")
        self._train = QPushButton("Train")
        self._train.setProperty("role", "primary")
        self._step = QPushButton("Step")
        self._step.setToolTip("Train one epoch, then wait (S)")
        self._stop = QPushButton("Stop")
        self._stop.setToolTip("End the run, keeping what was learned (Esc)")
        for button in (self._step, self._stop):
            button.setProperty("role", "bar")
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._words = label("Ready", "muted")
        self._next = label("", "muted", wrap=True)
        self._next_words = ""
        self._steering = SteeringRow()
        self._state = RunState.IDLE
        self._can_train = True
        self._why_not = ""
        self._blocked = ""
        self._is_stopping = False
        self._place = ""
        self._since_start = QElapsedTimer()
        self._theme: Theme | None = None

        self._lay_out()

        self._train.clicked.connect(self.press_train)
        self._step.clicked.connect(self.press_step)
        self._stop.clicked.connect(self.stop_requested)
        self._steering.more_requested.connect(self.more_requested)
        self._steering.learning_rate_chosen.connect(self.learning_rate_chosen)
        self._steering.speed_chosen.connect(self.speed_chosen)
        self._show_buttons()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._train, 5)
        buttons.addWidget(self._step, 4)
        buttons.addWidget(self._stop, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(7)
        layout.addLayout(buttons)
        layout.addWidget(self._bar)
        layout.addWidget(self._words)
        layout.addWidget(self._steering)
        self._next.setAlignment(Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._next)
        self._next.hide()

    @property
    def can_train(self) -> bool:
        """Whether Train may be pressed, as far as the experiment goes."""
        return self._can_train and not self._blocked

    @property
    def why_not(self) -> str:
        """Why Train may not be pressed; empty where it may."""
        return self._blocked or self._why_not

    def set_can_train(self, can_train: bool, why_not: str = "") -> None:
        """Allow Train or not; ``why_not`` is its tool tip then."""
        self._can_train, self._why_not = can_train, why_not
        self._show_buttons()

    def set_blocked(self, why: str) -> None:
        """Keep a run from starting while something else has the engine; say ``why`` below."""
        self._blocked = why
        self._steering.set_blocked(bool(why))
        self.set_next(self._next_words)
        self._show_buttons()

    def set_more(self, words: str) -> None:
        """Offer to go on with the run that ended; an empty text takes the offer back."""
        self._steering.set_more(words)

    def set_learning_rate(self, learning_rate: float) -> None:
        """Show the learning rate of the run under way."""
        self._steering.set_learning_rate(learning_rate)

    def set_next(self, words: str) -> None:
        """Say that the panels hold something else than what runs."""
        self._next_words = words
        self._next.setText(self._blocked or words)
        self._next.setVisible(bool(self._next.text()))

    def take_focus(self) -> None:
        """Make Train what the keyboard reaches first."""
        self._train.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._step.setIcon(icon("step", theme.text, disabled=theme.muted))
        self._stop.setIcon(icon("stop", theme.text, disabled=theme.muted))
        self._show_buttons()

    def show_stopping(self) -> None:
        """Say at once that Stop was heard."""
        self._is_stopping = True
        self._words.setText("Stopping, keeping what was learned…")
        self._show_buttons()

    @Slot()
    def press_train(self) -> None:
        """Train, pause or resume: whatever the first button says."""
        if not self._train.isEnabled() or self._is_double_click:
            return
        if self._state is RunState.PAUSED:
            self.resume_requested.emit()
        elif self._state.is_active:
            self._words.setText("Pausing…")
            self.pause_requested.emit()
        else:
            self._since_start.start()
            self.train_requested.emit()

    @property
    def _is_double_click(self) -> bool:
        """The second half of a double click on Train is no wish to pause."""
        since = self._since_start
        if not (self._state.is_active and since.isValid()):
            return False
        return not since.hasExpired(QApplication.doubleClickInterval())

    @Slot()
    def press_step(self) -> None:
        """Train to the end of an epoch and wait."""
        if self._step.isEnabled():
            self.step_requested.emit()

    @Slot(RunState)
    def show_state(self, state: RunState) -> None:
        """Show what the buttons do now."""
        if state is RunState.PREPARING:
            self._bar.setValue(0)
            self._place = ""
            self._words.setText("Starting…")
        elif state is RunState.PAUSED:
            self._words.setText(f"Paused · {self._place}" if self._place else "Paused")
        # A run that is to end may still say that it began to train.
        self._is_stopping = self._is_stopping and state.is_active
        self._state = state
        self._show_buttons()

    @Slot(Progress)
    def show_progress(self, progress: Progress) -> None:
        """Show how far the run is, unless somebody waits for its end or a pause."""
        if not self._state.is_active or self._is_stopping:
            return
        self._bar.setValue(round(progress.fraction * _STEPS))
        self._place = f"epoch {progress.epoch} of {progress.epochs}" if progress.epoch else ""
        if self._state is not RunState.PAUSED:
            self._words.setText(progress_in_words(progress))

    @Slot(object)
    def show_result(self, result: "RunResult") -> None:
        """Show how the run ended."""
        if result.state is RunState.FINISHED:
            self._bar.setValue(_STEPS)
        self._words.setText(result_in_words(result))

    def _show_buttons(self) -> None:
        is_active = self._state.is_active
        had_focus = any(button.hasFocus() for button in (self._train, self._step, self._stop))
        self._train.setText(_TRAIN_WORDS.get(self._state, "Train"))
        self._train.setToolTip(self.why_not or "Train, pause or resume (Space)")
        self._train.setEnabled(self.can_train or is_active)
        self._step.setEnabled((self.can_train or is_active) and not self._is_stopping)
        self._stop.setEnabled(is_active and not self._is_stopping)
        self._steering.show_active(is_active)
        if self._theme is not None:
            name = "pause" if self._state in (RunState.PREPARING, RunState.TRAINING) else "play"
            self._train.setIcon(icon(name, self._theme.on_accent, disabled=self._theme.muted))
        if had_focus and not any(b.hasFocus() for b in (self._train, self._step, self._stop)):
            # A button that is switched off would hand the keyboard to whatever comes next.
            self._train.setFocus()
