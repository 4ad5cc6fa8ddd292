"""What a lesson's runs show, worked out on a worker's thread."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from aegui.analysis.lessons import Evidence, Study, study_lesson
from aegui.control import RunState
from aegui.lesson_book import model_of
from aegui.records import ErrorFigures, FloatArray, History, RunSummary, Seconds, TrialOutcome
from aegui.specs import DatasetSpec, ExperimentSpec, Lesson, TrialSpec, parts_of
from aegui.specs.lessons import OWN
from aegui.sweeps import SweepStore
from aegui.sweeps.unfinished import stores_in

Runs = Mapping[ExperimentSpec, TrialOutcome]


def study_runs(lesson: Lesson, runs: Runs, latest: TrialOutcome | None) -> Study:
    """Return a lesson's figures and facts from the runs that there are.

    Parameters
    ----------
    runs
        Outcomes by experiment; the lesson takes what its parts ask for.
    latest
        A run of the Train button. A lesson of one run shows it, whatever was changed of the
        model, as long as its data are of the lesson's kind and range.
    """
    parts = {name: _found(sweep.trials(), runs) for name, sweep in parts_of(lesson).items()}
    if latest is not None and _suits(lesson, latest, has_own=bool(parts[OWN])):
        parts[OWN] = (latest,)
    return study_lesson(lesson.name, Evidence(parts, model_of))


def _suits(lesson: Lesson, run: TrialOutcome, *, has_own: bool) -> bool:
    asked, ran = lesson.experiment, run.experiment
    if _range(asked.dataset) != _range(ran.dataset):
        return False
    # In a comparison a changed model would stand under the name of the one that was asked for.
    return lesson.sweep is None or (not has_own and asked.architecture == ran.architecture)


def _range(dataset: DatasetSpec) -> tuple[str, float, float]:
    """Return kind and range: what guessing costs is drawn for the range that was asked for."""
    return (dataset.kind, *dataset.value_range)


def _found(trials: tuple[TrialSpec, ...], runs: Runs) -> tuple[TrialOutcome, ...]:
    found = ((trial, runs.get(trial.experiment)) for trial in trials)
    return tuple(
        dataclasses.replace(
            run, number=trial.number, settings=dict(trial.settings), seed=trial.seed
        )
        for trial, run in found
        if run is not None
    )


def stored_runs(lesson: Lesson, root: Path) -> tuple[list[TrialOutcome], list[str]]:
    """Return what earlier sweeps of a lesson left below ``root``, oldest first.

    Then come sentences on the trials that cannot be read; they stay where they are.
    """
    wanted = list(parts_of(lesson).values())
    found: list[TrialOutcome] = []
    problems: list[str] = []
    for store in reversed(list(stores_in(root))):
        # One that cannot be read is told of by the Sweep tab.
        if isinstance(store, SweepStore) and store.spec in wanted and not store.is_claimed:
            outcomes, damaged = store.read(store.spec.trials())
            found += outcomes
            problems += [str(error) for error in damaged.values()]
    return found, problems


def outcome_of(
    experiment: ExperimentSpec,
    state: RunState,
    history: History,
    weights: tuple[FloatArray, ...],
    row_errors: FloatArray,
) -> TrialOutcome:
    """Return a run of the Train button, at an epoch's end or its own, as an outcome."""
    last = history.last if len(history) else None
    seconds = sum(record.seconds for record in history)
    return TrialOutcome(
        number=1,
        settings={},
        seed=experiment.training.seed,
        experiment=experiment,
        summary=RunSummary(
            status=state,
            title=experiment.title,
            loss=last.loss if last else None,
            val_loss=last.val_loss if last else None,
            epochs=history.epochs,
            error=ErrorFigures(mean=float(row_errors.mean()), std=float(row_errors.std())),
            seconds=Seconds(prepare=0.0, train=seconds, total=seconds),
            peak_rss_mb=0.0,
        ),
        history=history,
        row_errors=row_errors,
        weights=weights,
        seconds=seconds,
    )
