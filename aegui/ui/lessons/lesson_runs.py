"""A lesson's runs as they come in, from the Train button and from its sweeps, and its figures."""

from collections import deque

from PySide6.QtCore import QObject, Slot

from aegui.analysis.lessons import Study
from aegui.control import RunState
from aegui.places import sweeps_folder
from aegui.records import EpochSnapshot, History, RunResult, TrialOutcome
from aegui.specs import ExperimentSpec, Lesson, SweepSpec, parts_of
from aegui.sweeps import SweepProgress
from aegui.ui.lessons.lesson_line import LessonLine
from aegui.ui.notice import Notice
from aegui.ui.runs.run_controller import RunController
from aegui.ui.runs.steering import Steering
from aegui.ui.sweeping import Sweeping
from aegui.ui.views.lesson.lesson_view import LessonView
from aegui.ui.workers.lessons import outcome_of, stored_runs, study_runs
from aegui.ui.workers.sweep import SweepEnd
from aegui.ui.workers.tasks import TaskThread

_STUDY = "study"
# Outcomes of a million rows have some 0.4 MB each.
_MOST_RUNS = 300
_TRAINING = "A training is under way."
_SWEEPING = "A sweep is under way."


class LessonRuns(QObject):
    """Gathers runs, has them studied off the GUI thread, and tells the tab and the line."""

    def __init__(
        self,
        view: LessonView,
        line: LessonLine,
        controller: RunController,
        steering: Steering,
        sweeping: Sweeping,
        notice: Notice,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._view, self._line = view, line
        self._controller, self._steering, self._sweeping = controller, steering, sweeping
        self._notice = notice
        self._tasks = TaskThread(self)
        self._lesson: Lesson | None = None
        self._runs: dict[ExperimentSpec, TrialOutcome] = {}
        self._latest: TrialOutcome | None = None
        self._looked_for: set[str] = set()
        self._waiting: deque[SweepSpec] = deque()
        self._running: Lesson | None = None
        self._trained: Lesson | None = None
        self._is_studying = False

        view.run_requested.connect(self._run_lesson)
        view.cancel_requested.connect(self._cancel)
        controller.epoch_shown.connect(self._take_epoch)
        controller.run_ended.connect(self._take_run)
        controller.state_changed.connect(self._follow_state)
        sweeping.began.connect(self._show_state)
        sweeping.progressed.connect(self._show_progress)
        sweeping.trial_ended.connect(self._take_trial)
        sweeping.ended.connect(self._take_end)

    def close(self) -> None:
        """End the thread that studies."""
        self._waiting.clear()
        self._tasks.close()

    @Slot(object)
    def take_lesson(self, lesson: Lesson | None) -> None:
        """Show what the runs so far say to another lesson."""
        if lesson == self._lesson:
            return
        self._lesson = lesson
        self._view.show_lesson(lesson)
        self._show_state()
        if lesson is not None:
            self._look_for_stored(lesson)
            self._study()

    def _look_for_stored(self, lesson: Lesson) -> None:
        """Bring in what the lesson's sweeps of other days left, once."""
        if lesson.name in self._looked_for:
            return
        self._looked_for.add(lesson.name)
        self._tasks.submit(
            f"stored {lesson.name}",
            lambda: stored_runs(lesson, sweeps_folder()),
            self._take_stored,
            self._notice.say,
        )

    def _take_stored(self, found: tuple[list[TrialOutcome], list[str]]) -> None:
        runs, problems = found
        if problems:
            self._notice.say(
                f"{problems[0]} The lesson is shown without that run; run it again to repeat it."
            )
        for run in runs:
            if run.experiment not in self._runs:
                self._keep(run)
        if runs:
            self._study()

    @Slot()
    def _run_lesson(self) -> None:
        """Run all sweeps of the lesson that are not there yet, one after the other."""
        if self._lesson is None or self._sweeping.is_active or self._controller.state.is_active:
            return
        missing = [
            sweep
            for sweep in parts_of(self._lesson).values()
            if any(trial.experiment not in self._runs for trial in sweep.trials())
        ]
        # All is there already: whoever asks again wants to see it happen.
        self._waiting = deque(missing or parts_of(self._lesson).values())
        self._running = self._lesson
        self._line.show_verdict(None)
        self._start_next()

    def _start_next(self) -> None:
        if not (self._waiting and self._sweeping.run(self._waiting.popleft())):
            self._waiting.clear()
            self._running = None
            self._show_state()
            self._study()

    @Slot()
    def _show_state(self) -> None:
        is_own = self._running is not None and self._running == self._lesson
        why = _SWEEPING if self._sweeping.is_active and not is_own else ""
        self._view.set_blocked(_TRAINING if self._controller.state.is_active else why)
        self._view.set_active(is_own)

    @Slot()
    def _cancel(self) -> None:
        self._waiting.clear()
        self._sweeping.cancel()

    @Slot(SweepProgress)
    def _show_progress(self, progress: SweepProgress) -> None:
        if self._running is not None and self._running == self._lesson:
            self._view.show_progress(progress.words, len(self._waiting))

    @Slot(TrialOutcome)
    def _take_trial(self, outcome: TrialOutcome) -> None:
        self._keep(outcome)
        self._study()

    @Slot(SweepEnd)
    def _take_end(self, end: SweepEnd) -> None:
        if end.result is not None:
            for outcome in end.result.outcomes:
                self._keep(outcome)
        if end.result is None or end.result.stopped:
            self._waiting.clear()
        if self._running is not None:
            self._start_next()
        else:
            self._show_state()
            self._study()

    @Slot(History, EpochSnapshot)
    def _take_epoch(self, history: History, snapshot: EpochSnapshot) -> None:
        experiment = self._steering.experiment
        # A study may take longer than an epoch; what is behind waits for the next one.
        if experiment is None or self._is_studying or not self._view.isVisible():
            return
        self._latest = outcome_of(
            experiment,
            RunState.TRAINING,
            history,
            snapshot.model.weights,
            snapshot.row_errors,
        )
        self._study()

    @Slot(RunResult)
    def _take_run(self, result: RunResult) -> None:
        experiment = self._steering.experiment
        if experiment is None or result.model is None or result.row_errors is None:
            return
        outcome = outcome_of(
            experiment, result.state, result.history, result.model.weights, result.row_errors
        )
        self._latest = outcome
        if _is_as_asked(result, experiment):
            self._keep(outcome)
        self._study()

    @Slot(RunState)
    def _follow_state(self, state: RunState) -> None:
        if state is RunState.PREPARING:
            self._trained, self._latest = self._lesson, None
            self._line.show_verdict(None)
        self._show_state()

    def _keep(self, outcome: TrialOutcome) -> None:
        self._runs.pop(outcome.experiment, None)
        self._runs[outcome.experiment] = outcome
        while len(self._runs) > _MOST_RUNS:
            del self._runs[next(iter(self._runs))]

    def _study(self) -> None:
        lesson, runs = self._lesson, dict(self._runs)
        if lesson is None:
            return
        # A run of another lesson's model would be drawn under a wrong name.
        latest = self._latest if lesson == self._trained else None
        self._is_studying = True
        self._tasks.submit(
            _STUDY,
            lambda: study_runs(lesson, runs, latest),
            lambda study: self._show(lesson, study),
            self._say_failure,
        )

    def _show(self, lesson: Lesson, study: Study) -> None:
        self._is_studying = False
        if lesson != self._lesson:
            return
        self._view.show_study(study)
        is_busy = self._sweeping.is_active or self._controller.state.is_active
        self._line.show_verdict(None if is_busy else lesson.question.answer(study.facts))

    def _say_failure(self, why: str) -> None:
        self._is_studying = False
        self._notice.say(f"The lesson's figure could not be drawn: {why}")


def _is_as_asked(result: RunResult, experiment: ExperimentSpec) -> bool:
    """Whether a run is what its experiment says, from fresh weights to its end, and not steered."""
    steered = any(event.kind in ("learning_rate", "continued") for event in result.history.events)
    is_whole = result.history.epochs == experiment.training.epochs
    return result.state is RunState.FINISHED and is_whole and not steered
