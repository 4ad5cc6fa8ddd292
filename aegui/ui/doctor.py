"""Looks at a run after each of its epochs, and puts a remedy into the panels when asked to."""

from PySide6.QtCore import QElapsedTimer, QObject, Slot

from aegui.analysis.diagnosis import (
    Finding,
    Remedy,
    apply,
    diagnose,
    diagnose_failure,
    gather_evidence,
)
from aegui.data import Dataset
from aegui.records import EpochSnapshot, History, RunResult, TrainedModel
from aegui.specs import ExperimentSpec, SpecError
from aegui.ui.left_column import LeftColumn
from aegui.ui.notice import Notice
from aegui.ui.views.train.train_view import TrainView
from aegui.ui.workers.tasks import TaskThread

# Epochs can follow each other seven times a second; a look takes the window's time, too.
_MS_BETWEEN_LOOKS = 1000


class Doctor(QObject):
    """Examines one run at a time; the examination itself is done on the task thread."""

    def __init__(
        self,
        view: TrainView,
        column: LeftColumn,
        notice: Notice,
        tasks: TaskThread,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._view, self._column, self._notice, self._tasks = view, column, notice, tasks
        self._experiment: ExperimentSpec | None = None
        self._dataset: Dataset | None = None
        self._since_look = QElapsedTimer()
        view.diagnosis.remedy_requested.connect(self._apply)

    def take_run(self, experiment: ExperimentSpec, dataset: Dataset) -> None:
        """Begin to look at a run; nothing was found yet."""
        self._experiment, self._dataset = experiment, dataset
        self._since_look.invalidate()
        self._tasks.forget("diagnosis")
        self._view.show_finding(None)

    @Slot(History, EpochSnapshot)
    def look_at_epoch(self, history: History, snapshot: EpochSnapshot) -> None:
        """Look at the run as it is after an epoch, if the last look was a second ago."""
        if not self._since_look.isValid() or self._since_look.hasExpired(_MS_BETWEEN_LOOKS):
            self._since_look.start()
            self.look(history, snapshot.model)

    def look(self, history: History, model: TrainedModel) -> None:
        """Look at a run with this history and model."""
        experiment, dataset = self._experiment, self._dataset
        if experiment is None or dataset is None or history.epochs == 0:
            return

        def examine() -> Finding | None:
            return diagnose(experiment, history, gather_evidence(dataset, model))

        self._tasks.submit("diagnosis", examine, self._view.show_finding, self._notice.say)

    @Slot(RunResult)
    def look_at_end(self, result: RunResult) -> None:
        """Say what a run died of, or what is to be said of it in the end."""
        failure = result.failure
        if failure is not None and failure.is_not_finite and self._experiment is not None:
            self._tasks.forget("diagnosis")
            self._view.show_finding(diagnose_failure(self._experiment, result.history))
        elif result.model is not None:
            self.look(result.history, result.model)

    @Slot(Remedy)
    def _apply(self, remedy: Remedy) -> None:
        try:
            experiment = apply(self._column.experiment(), remedy)
        except SpecError as error:
            self._notice.say(f"This does not fit what the panels hold now: {error}")
            return
        self._column.set_experiment(experiment)
