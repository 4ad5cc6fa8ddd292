"""The three numbered panels and the run bar: one experiment, asked for."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from aegui.specs import ExperimentSpec, Problem, Severity, check
from aegui.ui.panels.architecture_panel import ArchitecturePanel
from aegui.ui.panels.dataset_panel import DatasetPanel
from aegui.ui.panels.training_panel import TrainingPanel
from aegui.ui.runs.run_bar import RunBar
from aegui.ui.theme import Theme

_WIDTH = 320


class LeftColumn(QFrame):
    """Joins the panels' values into an experiment and says what is wrong with it."""

    experiment_changed = Signal(ExperimentSpec)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "column-left")
        self.setFixedWidth(_WIDTH)
        self.dataset = DatasetPanel()
        self.architecture = ArchitecturePanel()
        self.training = TrainingPanel()
        self.run_bar = RunBar()
        self._panels = (self.dataset, self.architecture, self.training)
        self._is_filling = False

        stack = QWidget()
        rows = QVBoxLayout(stack)
        rows.setContentsMargins(12, 8, 10, 4)
        rows.setSpacing(6)
        for panel in self._panels:
            rows.addWidget(panel)
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(stack)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(scroll, 1)
        self._column.addWidget(self.run_bar)

        for panel in self._panels:
            panel.value_changed.connect(self._take_change)

    def experiment(self) -> ExperimentSpec:
        """Return the experiment as last edited."""
        return ExperimentSpec(
            dataset=self.dataset.value(),
            architecture=self.architecture.value(),
            training=self.training.value(),
        )

    def set_experiment(self, experiment: ExperimentSpec) -> None:
        """Show an experiment in the panels."""
        self._is_filling = True
        try:
            self.architecture.set_dataset(experiment.dataset)
            self.dataset.set_value(experiment.dataset)
            self.architecture.set_value(experiment.architecture)
            self.training.set_value(experiment.training)
        finally:
            self._is_filling = False
        self._take_change()

    def take_typed(self) -> None:
        """Let numbers count that were typed and not yet confirmed by Return or Tab."""
        for field in self.findChildren(QSpinBox):
            field.interpretText()

    def problems(self) -> list[Problem]:
        """Return what is wrong with the fields, and with the experiment that they make."""
        typed = [problem for panel in self._panels for problem in panel.problems()]
        named = {problem.field for problem in typed}
        return typed + [p for p in check(self.experiment()) if p.field not in named]

    def take_run_bar_back(self) -> None:
        """Put the run bar at the foot again, after it stood elsewhere."""
        self._column.addWidget(self.run_bar)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.dataset.set_theme(theme)
        self.architecture.set_theme(theme)
        self.run_bar.set_theme(theme)

    @Slot()
    def _take_change(self) -> None:
        if self._is_filling:
            return
        self.architecture.set_dataset(self.dataset.value())
        problems = self.problems()
        for panel in self._panels:
            panel.show_problems(problems)
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        self.run_bar.set_can_train(not errors, "\n".join(problem.message for problem in errors))
        self.experiment_changed.emit(self.experiment())
