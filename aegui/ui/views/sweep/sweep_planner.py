"""Asking for a sweep: one setting, its values, how many seeds."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
)

from aegui.sentences import capitalised
from aegui.specs import ExperimentSpec, Problem, SpecError, SweepSpec
from aegui.specs.axis_text import make_axis
from aegui.sweeps import (
    SweepPlan,
    SweepProgress,
    SweepResult,
    UnfinishedSweep,
    duration_in_words,
)
from aegui.ui.forms import Card, inset, label, set_problem, set_role
from aegui.ui.theme import Theme
from aegui.ui.views.sweep.sweep_offer import SweepOffer
from aegui.ui.views.sweep.sweep_settings import Sweepable, sweepables

_STEPS = 1000
_MOST_SEEDS = 20
_VALUES_TIP = (
    "A list: 2,4,8 or sigmoid,tanh\nWhole numbers: 1..4\nSteps: 0.1..0.5/0.1\nFactors: 2..32x2"
)


class SweepPlanner(Card):
    """A card with the setting, its values, the seeds, the plan in words, and two buttons.

    What is typed is checked as it is typed; the sentence stands where the plan is told.
    """

    sweep_requested = Signal(SweepSpec)
    cancel_requested = Signal()
    go_on_requested = Signal(object)
    give_up_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__("Sweep", "one setting of the experiment in the panels, value by value")
        self._experiment: ExperimentSpec | None = None
        self._settings: list[Sweepable] = []
        self._typed: dict[str, str] = {}
        self._spec: SweepSpec | None = None
        self._is_active = False
        self._is_stopping = False
        self._blocked = ""
        self._setting = QComboBox()
        self._values = QLineEdit()
        self._seeds = QSpinBox()
        self._run = QPushButton("Run sweep")
        self._cancel = QPushButton("Cancel")
        self._offer = SweepOffer()
        self._words = label("", "muted", wrap=True)
        self._bar = QProgressBar()

        self._lay_out()

        self._setting.currentIndexChanged.connect(self._take_setting)
        self._values.textChanged.connect(self._take_values)
        self._seeds.valueChanged.connect(self._plan)
        self._values.returnPressed.connect(self._request)
        self._run.clicked.connect(self._request)
        self._cancel.clicked.connect(self._request_cancel)
        self._offer.go_on_requested.connect(self.go_on_requested)
        self._offer.give_up_requested.connect(self.give_up_requested)

    def set_theme(self, theme: Theme) -> None:
        """Take the scale of ``theme``."""
        self._setting.setMinimumWidth(theme.px(170))
        self._values.setMinimumWidth(theme.px(140))
        self._seeds.setFixedWidth(theme.px(56))
        self._offer.set_theme(theme)

    def set_experiment(self, experiment: ExperimentSpec) -> None:
        """Offer the settings of an experiment; what was chosen and typed stays where it can."""
        self._experiment = experiment
        settings = sweepables(experiment)
        chosen = self._setting.currentData()
        if [(s.field, s.name) for s in settings] != [(s.field, s.name) for s in self._settings]:
            was_blocked = self._setting.blockSignals(True)
            self._setting.clear()
            for setting in settings:
                self._setting.addItem(setting.name, setting.field)
            self._setting.setCurrentIndex(max(0, self._setting.findData(chosen)))
            self._setting.blockSignals(was_blocked)
        self._settings = settings
        if self._setting.currentData() != chosen:
            self._take_setting()
        else:
            self._plan()

    def set_active(self, is_active: bool) -> None:
        """Show that a sweep is under way, or that none is."""
        self._is_active, self._is_stopping = is_active, False
        self._bar.setValue(0)
        if is_active:
            self._words.setText("Starting…")
        self._show_buttons()
        if not is_active:
            self._plan()

    def set_blocked(self, why: str) -> None:
        """Keep a sweep from starting while something else has the engine; ``why`` is said."""
        self._blocked = why
        self._plan()

    def show_plan(self, plan: SweepPlan) -> None:
        """Say what the sweep that starts is going to do."""
        self._words.setText(plan.words)

    def show_progress(self, progress: SweepProgress) -> None:
        """Show how far the sweep is, unless somebody waits for its end."""
        self._bar.setValue(round(progress.fraction * _STEPS))
        if not self._is_stopping:
            self._words.setText(progress.words)

    def show_end(self, result: SweepResult) -> None:
        """Say how the sweep ended, until something else is planned."""
        done, failed = len(result.outcomes), len(result.failures)
        word = "Cancelled" if result.stopped else "Finished"
        self._bar.setValue(round(_STEPS * (done + failed) / result.spec.trial_count))
        words = f"{word} · {done} of {result.spec.trial_count} trials"
        words += f" · {failed} failed" if failed else ""
        self._words.setText(f"{words} · {duration_in_words(result.seconds)}")

    def offer_unfinished(self, unfinished: UnfinishedSweep | None) -> None:
        """Offer to go on with an interrupted sweep, or take the offer back."""
        self._offer.offer(unfinished)

    def _lay_out(self) -> None:
        self._setting.setAccessibleName("Setting to sweep")
        self._setting.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._values.setAccessibleName("Values")
        self._values.setToolTip(_VALUES_TIP)
        self._seeds.setAccessibleName("Seeds")
        self._seeds.setToolTip("Each value is trained with so many seeds, to see the spread")
        self._seeds.setRange(1, _MOST_SEEDS)
        inset(self._seeds)
        self._seeds.setValue(3)
        self._run.setProperty("role", "primary")
        self._cancel.setProperty("role", "bar")
        self._cancel.setToolTip("End the sweep; finished trials are kept")
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self._setting, 2)
        fields.addWidget(self._values, 3)
        fields.addWidget(label("Seeds", "muted"))
        fields.addWidget(self._seeds)
        fields.addWidget(self._run)
        fields.addWidget(self._cancel)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._words, 1)
        below.addWidget(self._offer)
        self.body.addLayout(fields)
        self.body.addLayout(below)
        self.body.addWidget(self._bar)

    @Slot()
    def _take_setting(self) -> None:
        """Put what was typed for this setting before into the field, or values to begin with."""
        field = self._setting.currentData()
        usual = next((s.values for s in self._settings if s.field == field), "")
        self._values.setText(self._typed.get(field, usual))
        self._plan()

    @Slot()
    def _take_values(self) -> None:
        self._typed[self._setting.currentData()] = self._values.text()
        self._plan()

    @Slot()
    def _plan(self) -> None:
        """Make a sweep of what the fields hold, and say its plan or what is wrong."""
        if self._experiment is None or self._is_active:
            return
        self._spec, problem, words = None, "", ""
        try:
            spec = self._read(self._experiment)
            words = SweepPlan.of(spec).words
            self._spec = spec
        except SpecError as error:
            problem = "; ".join(self._sentence(found) for found in error.problems)
        set_problem(self._values, is_wrong=bool(problem))
        self._say(problem, self._blocked or words)
        self._show_buttons()

    def _read(self, experiment: ExperimentSpec) -> SweepSpec:
        axis = make_axis(self._setting.currentData(), self._values.text())
        return SweepSpec(base=experiment, axes=(axis,), seeds=self._seeds.value())

    def _say(self, problem: str, words: str) -> None:
        set_role(self._words, "error" if problem else "muted")
        self._words.setText(problem or words)

    def _sentence(self, problem: Problem) -> str:
        """Return what is wrong; a problem of the swept setting begins with its name."""
        if problem.field == self._setting.currentData():
            return f"{self._setting.currentText()}: {problem.message}"
        return capitalised(problem.message)

    def _show_buttons(self) -> None:
        may_start = not self._is_active and not self._blocked
        for field in (self._setting, self._values, self._seeds):
            field.setEnabled(not self._is_active)
        self._run.setEnabled(may_start and self._spec is not None)
        self._run.setToolTip(self._blocked)
        self._cancel.setEnabled(self._is_active and not self._is_stopping)
        self._offer.set_active(self._is_active, may_start=may_start)

    @Slot()
    def _request(self) -> None:
        if self._run.isEnabled() and self._spec is not None:
            self.sweep_requested.emit(self._spec)

    @Slot()
    def _request_cancel(self) -> None:
        self._is_stopping = True
        self._words.setText("Ending the trial under way; finished trials are kept…")
        self._show_buttons()
        self.cancel_requested.emit()
