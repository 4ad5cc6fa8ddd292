"""Tells the Train tab what a run is measured against: at its start what is known, then the rest."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from aegui.data import Dataset
from aegui.records import Baselines, RunResult
from aegui.specs import ExperimentSpec
from aegui.ui.notice import Notice
from aegui.ui.views.train.train_view import TrainView
from aegui.ui.workers import baselines as worker
from aegui.ui.workers.tasks import TaskThread

_FLOOR, _BASELINES = "floor", "baselines"


class Yardsticks(QObject):
    """Has the baselines of one run at a time worked out, on the task thread.

    PCA takes cores that a training wants, so it waits for the run's end. The floor of the loss
    is a matter of 0.1 s and comes at the start. ``kept`` tells that a run's folder has them now.
    """

    kept = Signal()

    def __init__(self, view: TrainView, notice: Notice, tasks: TaskThread, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._notice, self._tasks = view, notice, tasks
        self._experiment: ExperimentSpec | None = None

    def take_run(self, experiment: ExperimentSpec, dataset: Dataset) -> None:
        """Begin with a run that trains now."""
        self._experiment = experiment
        for key in (_FLOOR, _BASELINES):
            self._tasks.forget(key)
        known = worker.known(experiment)
        if known is not None:
            self._show(known)
            return

        def work_out() -> float | None:
            return worker.floor(experiment, dataset)

        self._tasks.submit(_FLOOR, work_out, self._view.set_floor, self._notice.say)

    def take_stored(self, experiment: ExperimentSpec, folder: Path) -> None:
        """Begin with a run from the disk, which has its baselines or gets them."""
        self._experiment = experiment
        self._tasks.forget(_FLOOR)
        self._work_out(experiment, folder)

    @Slot(RunResult)
    def look_at_end(self, result: RunResult) -> None:
        """Work out what is not known yet, and keep it beside the run."""
        if self._experiment is not None and result.model is not None:
            self._work_out(self._experiment, result.folder)

    def _work_out(self, experiment: ExperimentSpec, folder: Path | None) -> None:
        self._tasks.submit(
            _BASELINES,
            lambda: worker.work_out(experiment, folder),
            self._take,
            self._notice.say,
        )

    def _take(self, baselines: Baselines) -> None:
        self._show(baselines)
        self.kept.emit()

    def _show(self, baselines: Baselines) -> None:
        self._view.set_floor(baselines.floor)
        self._view.set_baselines(baselines)
