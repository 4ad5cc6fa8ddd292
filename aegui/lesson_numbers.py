"""What came out of the lessons, and its numbers as a file."""

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aegui.analysis.lessons import Study
from aegui.control import RunState
from aegui.records import TrialOutcome, finite
from aegui.records.figures import to_json
from aegui.runs.folder import replace_text, writing
from aegui.specs import LESSONS, Lesson

NUMBERS = "lessons.json"


@dataclass(frozen=True)
class Spent:
    """Wall-clock seconds of one piece of the work, and what it was."""

    lesson: str
    doing: str
    seconds: float


@dataclass
class Book:
    """What came out: each lesson's study, the runs behind it, and where the time went."""

    studies: dict[str, Study] = field(default_factory=dict)
    runs: dict[str, list[TrialOutcome]] = field(default_factory=dict)
    spent: list[Spent] = field(default_factory=list)
    seconds: float = 0.0
    is_whole: bool = False


def write_numbers(book: Book, folder: Path) -> None:
    """Write all numbers of a book as ``lessons.json`` into a folder, whole or not at all.

    Raises
    ------
    RunError
        The file cannot be written.
    """
    path = folder / NUMBERS
    with writing(path):
        replace_text(path, json.dumps(_numbers(book), indent=1, allow_nan=False))


def _numbers(book: Book) -> dict[str, Any]:
    return {
        "seconds": round(book.seconds, 2),
        "is_whole": book.is_whole,
        "time": [dataclasses.asdict(spent) for spent in book.spent],
        "lessons": [
            _lesson_numbers(book, lesson) for lesson in LESSONS if lesson.name in book.runs
        ],
    }


def _lesson_numbers(book: Book, lesson: Lesson) -> dict[str, Any]:
    study = book.studies[lesson.name]
    verdict = lesson.question.answer(study.facts)
    return {
        "name": lesson.name,
        "title": lesson.title,
        "question": lesson.question.prompt,
        "answer": verdict.sentence if verdict else None,
        "facts": {name: finite(fact) for name, fact in study.facts.items()},
        "runs": [_run_numbers(outcome) for outcome in book.runs[lesson.name]],
        "figures": [to_json(figure) for figure in study.figures if not figure.is_empty],
    }


def _run_numbers(outcome: TrialOutcome) -> dict[str, Any]:
    summary = outcome.summary
    error = summary.error
    return {
        "dataset": outcome.experiment.dataset.kind,
        "shape": outcome.experiment.shape,
        "settings": dict(outcome.settings),
        "seed": outcome.seed,
        "finished": summary.status is RunState.FINISHED,
        "loss": finite(summary.loss),
        "val_loss": finite(summary.val_loss),
        "error": None
        if error is None
        else {
            "mean": error.mean,
            "mean_per_feature": error.mean / outcome.experiment.dataset.features,
            "std": error.std,
        },
        "seconds": {"train": summary.seconds.train, "total": summary.seconds.total},
    }
