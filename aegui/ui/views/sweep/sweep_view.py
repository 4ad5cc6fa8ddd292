"""The Sweep tab: one setting, value by value, and what that does to the errors."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aegui.records import TrialOutcome
from aegui.specs import ExperimentSpec, SweepSpec
from aegui.sweeps import MEASURES, SweepPlan, SweepProgress, SweepResult, UnfinishedSweep
from aegui.ui.forms import Card, label
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.sweep.sweep_groups import all_settings, axis_title, colours, groups
from aegui.ui.views.sweep.sweep_histograms import SweepHistograms
from aegui.ui.views.sweep.sweep_planner import SweepPlanner
from aegui.ui.views.sweep.sweep_points import SweepPoints
from aegui.ui.views.sweep.sweep_table import SweepTable

EMPTY = (
    "Errors by setting, a measure against the setting and a table of trials appear here, "
    "trial by trial. Choose a setting and press Run sweep."
)
_SPACING = 10


class SweepView(QWidget):
    """A planner, and below it what the trials of the sweep that runs, or ran last, found."""

    sweep_requested = Signal(SweepSpec)
    cancel_requested = Signal()
    go_on_requested = Signal(object)
    give_up_requested = Signal(object)
    run_chosen = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self._theme = DARK
        self._spec: SweepSpec | None = None
        self._outcomes: dict[int, TrialOutcome] = {}
        self.planner = SweepPlanner()
        self.histograms = SweepHistograms()
        self.points = SweepPoints()
        self.table = SweepTable()
        self._measure = QComboBox()
        self._log = QCheckBox("Log scale")
        self._errors_card = Card("Reconstruction error")
        self._points_card = Card("Measure")
        self._table_card = Card("Trials", "click a row to open its run")
        self._stack = QStackedWidget()

        self._lay_out()

        self.planner.sweep_requested.connect(self.sweep_requested)
        self.planner.cancel_requested.connect(self.cancel_requested)
        self.planner.go_on_requested.connect(self.go_on_requested)
        self.planner.give_up_requested.connect(self.give_up_requested)
        self.points.run_chosen.connect(self.run_chosen)
        self.table.run_chosen.connect(self.run_chosen)
        self._measure.currentIndexChanged.connect(self._take_measure)
        self._log.toggled.connect(self.points.set_log)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        for view in (self.planner, self.histograms, self.points, self.table):
            view.set_theme(theme)
        self._draw()

    @Slot(ExperimentSpec)
    def set_experiment(self, experiment: ExperimentSpec) -> None:
        """Take the experiment of the panels as what the next sweep varies."""
        self.planner.set_experiment(experiment)

    def set_active(self, is_active: bool) -> None:
        """Show that a sweep is under way, or that none is."""
        self.planner.set_active(is_active)

    def set_blocked(self, why: str) -> None:
        """Keep a sweep from starting, saying why; an empty text lets it."""
        self.planner.set_blocked(why)

    def offer_unfinished(self, unfinished: list[UnfinishedSweep]) -> None:
        """Offer to go on with the newest of the interrupted sweeps, if there is one."""
        self.planner.offer_unfinished(unfinished[0] if unfinished else None)

    @Slot(SweepPlan)
    def start(self, plan: SweepPlan) -> None:
        """Begin a sweep, with the trials that are finished already."""
        self._spec = plan.spec
        self._outcomes = {outcome.number: outcome for outcome in plan.finished}
        title = axis_title(plan.spec)
        self.planner.show_plan(plan)
        self.histograms.start(title)
        self.points.start(title, all_settings(plan.spec))
        self.table.start(plan.spec)
        for outcome in plan.finished:
            self.table.add_outcome(outcome)
        self._errors_card.hint.setText(plan.spec.base.title)
        self._stack.setCurrentIndex(1)
        self._draw()

    @Slot(SweepProgress)
    def show_progress(self, progress: SweepProgress) -> None:
        """Show how far the sweep is."""
        self.planner.show_progress(progress)

    @Slot(TrialOutcome)
    def add_outcome(self, outcome: TrialOutcome) -> None:
        """Show what a trial left."""
        self._outcomes[outcome.number] = outcome
        self.table.add_outcome(outcome)
        self._draw()

    def show_end(self, result: SweepResult) -> None:
        """Say how the sweep ended."""
        self.planner.show_end(result)

    def _draw(self) -> None:
        if self._spec is None:
            return
        found = groups(self._spec, (self._outcomes[number] for number in sorted(self._outcomes)))
        hues = colours(self._spec, self._theme)
        self.histograms.show_groups(found, hues)
        self.points.show_groups(found, hues)

    @Slot(int)
    def _take_measure(self, place: int) -> None:
        self.points.set_measure(MEASURES[place])

    def _lay_out(self) -> None:
        for measure in MEASURES:
            self._measure.addItem(measure.title)
        self._measure.setAccessibleName("Measure")
        self._measure.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._points_card.header.addWidget(self._measure)
        self._points_card.header.addWidget(self._log)
        self._errors_card.body.addWidget(self.histograms, 1)
        self._points_card.body.addWidget(self.points, 1)
        self._table_card.body.addWidget(self.table, 1)
        pair = QHBoxLayout()
        pair.setSpacing(_SPACING)
        pair.addWidget(self._errors_card, 1)
        pair.addWidget(self._points_card, 1)
        results = QWidget()
        column = QVBoxLayout(results)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        column.addLayout(pair, 5)
        column.addWidget(self._table_card, 3)
        empty = label(EMPTY, "empty", wrap=True)
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(empty)
        self._stack.addWidget(results)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_SPACING)
        layout.addWidget(self.planner)
        layout.addWidget(self._stack, 1)
