"""All of the post's figures and numbers in one go: every training once, however many share it."""

import dataclasses
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aegui.analysis.lessons import Evidence, study_lesson
from aegui.control import TrainingControl
from aegui.lesson_numbers import Book, Spent, write_numbers
from aegui.records import FloatArray, TrainedModel, TrialOutcome
from aegui.records.figures import Figure
from aegui.runs.folder import writing
from aegui.sentences import first_line
from aegui.specs import LESSONS, ExperimentSpec, Lesson, TrialSpec, parts_of
from aegui.specs.files import build_experiment, require_runnable
from aegui.sweeps.trial import SweepError, TrialFailure, run_trial
from aegui.workflow import WorkflowObserver

logger = logging.getLogger(__name__)

WriteFigures = Callable[[Sequence[Figure], Path], list[Path]]
Parts = dict[str, tuple[TrialSpec, ...]]


class BookObserver(WorkflowObserver):
    """Hears how far a book is, on the thread that trains; as any run's observer besides."""

    def training_begins(self, number: int, trainings: int, trial: TrialSpec) -> None:
        """Take note of a training, counted from 1."""


def plan_book(rows: int | None = None, epochs: int | None = None) -> dict[str, Parts]:
    """Return the trials of the post's lessons, one seed each, by lesson and part.

    Raises
    ------
    SpecError
        With so few rows or epochs a trial could not be run.
    """
    return {
        lesson.name: {
            name: tuple(_resized(trial, rows, epochs) for trial in trials)
            for name, trials in _parts(lesson)
        }
        for lesson in LESSONS
        if lesson.of_post
    }


def _parts(lesson: Lesson) -> Iterator[tuple[str, tuple[TrialSpec, ...]]]:
    left_out = {extra.name for extra in lesson.extras if not extra.of_post}
    for name, sweep in parts_of(lesson).items():
        if name not in left_out:
            yield name, sweep.model_copy(update={"seeds": 1}).trials()


def _resized(trial: TrialSpec, rows: int | None, epochs: int | None) -> TrialSpec:
    if rows is None and epochs is None:
        return trial
    raw = trial.experiment.model_dump(mode="json")
    if rows is not None:
        raw["dataset"]["rows"] = rows
    if epochs is not None:
        raw["training"]["epochs"] = epochs
    experiment = build_experiment(raw, "options")
    require_runnable(experiment, "options")
    return dataclasses.replace(trial, experiment=experiment)


def make_book(
    plan: dict[str, Parts],
    folder: Path,
    write_figures: WriteFigures,
    control: TrainingControl,
    observer: BookObserver,
) -> Book:
    """Train what the plan needs, write each lesson's figures as it is done, and all numbers last.

    Trainings run on a thread of their own, so that figures are drawn while the next one goes on.

    Parameters
    ----------
    folder
        Takes the figures, and the numbers as ``lessons.json``.
    write_figures
        Writes figures into a folder; called on this thread.
    control
        Ends the work; what is finished is written.

    Raises
    ------
    SweepError
        A training left nothing. What was done before is written.
    RunError
        The folder cannot be written.
    """
    began = time.perf_counter()
    book, press = Book(), _Press(plan, control, observer)
    with ThreadPoolExecutor(1, "trainings") as trainings:
        waiting = {name: trainings.submit(press.train, name, parts) for name, parts in plan.items()}
        try:
            for name, future in waiting.items():
                parts = future.result()
                if parts is None:
                    break
                _tell(book, name, parts, folder, write_figures)
            book.is_whole = len(book.studies) == len(plan)
        except SweepError:
            _close(book, press, began, folder)
            raise
        finally:
            control.stop()
    _close(book, press, began, folder)
    return book


def _close(book: Book, press: "_Press", began: float, folder: Path) -> None:
    book.spent = [*press.spent, *book.spent]
    book.seconds = time.perf_counter() - began
    write_numbers(book, folder)


class _Press:
    """Trains each experiment once and remembers what it left."""

    def __init__(
        self, plan: dict[str, Parts], control: TrainingControl, observer: BookObserver
    ) -> None:
        every = {
            t.experiment for parts in plan.values() for trials in parts.values() for t in trials
        }
        self._count = len(every)
        self._control = control
        self._observer = observer
        self._left: dict[ExperimentSpec, TrialOutcome] = {}
        self.spent: list[Spent] = []

    def train(self, lesson: str, parts: Parts) -> dict[str, tuple[TrialOutcome, ...]] | None:
        """Return the outcomes of a lesson's trials; None if the work was stopped."""
        done: dict[str, tuple[TrialOutcome, ...]] = {}
        for name, trials in parts.items():
            outcomes = [self._outcome(lesson, trial) for trial in trials]
            kept = tuple(outcome for outcome in outcomes if outcome is not None)
            if len(kept) < len(trials):
                return None
            done[name] = kept
        return done

    def _outcome(self, lesson: str, trial: TrialSpec) -> TrialOutcome | None:
        known = self._left.get(trial.experiment)
        if known is None:
            known = self._train(lesson, trial)
        if known is None:
            return None
        settings = dict(trial.settings)
        return dataclasses.replace(known, number=trial.number, settings=settings, seed=trial.seed)

    def _train(self, lesson: str, trial: TrialSpec) -> TrialOutcome | None:
        if self._control.stop_requested:
            return None
        self._observer.training_begins(len(self._left) + 1, self._count, trial)
        where = f"{lesson}, {trial.experiment.shape}"
        try:
            end = run_trial(trial, self._control, self._observer)
        except Exception as error:
            logger.info("%s broke", where, exc_info=error)
            what = f"{type(error).__name__}: {first_line(error)}"
            raise SweepError(f"{where}: the training broke off ({what}).") from error
        if isinstance(end, TrialFailure):
            raise SweepError(f"{where}: {end.message}")
        if end is not None:
            seconds = end.summary.seconds
            what = f"{trial.experiment.dataset.title}, {trial.experiment.shape}"
            self.spent.append(Spent(lesson, f"train {what}", seconds.train))
            self.spent.append(Spent(lesson, f"get ready for {what}", seconds.total - seconds.train))
            self._left[trial.experiment] = dataclasses.replace(end, frames=(), training=None)
        return end


def model_of(outcome: TrialOutcome) -> TrainedModel:
    """Return an outcome's weights as a model; the first call brings in TensorFlow."""
    from aegui.engine.plain import trained_model

    weights: tuple[FloatArray, ...] = outcome.weights
    spec = outcome.experiment
    return trained_model(spec.architecture, spec.dataset.row_shape, weights)


def _tell(
    book: Book,
    name: str,
    parts: dict[str, tuple[TrialOutcome, ...]],
    folder: Path,
    write_figures: WriteFigures,
) -> None:
    began = time.perf_counter()
    study = study_lesson(name, Evidence(parts, model_of))
    studied = time.perf_counter()
    target = folder / name
    with writing(target):
        target.mkdir(parents=True, exist_ok=True)
        write_figures([figure for figure in study.figures if not figure.is_empty], target)
    book.studies[name] = study
    book.runs[name] = [outcome for outcomes in parts.values() for outcome in outcomes]
    book.spent.append(Spent(name, "study the runs", studied - began))
    book.spent.append(Spent(name, "draw the figures", time.perf_counter() - studied))
