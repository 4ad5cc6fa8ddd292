"""What an experiment is called on the command line: a lesson's name, or a file."""

from pathlib import Path

from aegui.specs import LESSONS, ExperimentSpec, Lesson, find_lesson
from aegui.specs.files import read_experiment


def lesson_or_file(what: str) -> Lesson | Path:
    """Return the lesson of this name, or the file that is meant.

    A lesson goes first: it is not to disappear where a folder or a file has its name. A name with
    an ending is that of a file, whether it is there or not.

    Raises
    ------
    SpecError
        It is neither; the message lists the lessons.
    """
    if what in (lesson.name for lesson in LESSONS):
        return find_lesson(what)
    path = Path(what)
    return path if path.suffix or _is_file(path) else find_lesson(what)


def find_experiment(what: str) -> ExperimentSpec:
    """Return a lesson's experiment, or that of a file.

    Raises
    ------
    SpecError
        It is neither, or the file holds no experiment; the message says what is wrong where.
    """
    chosen = lesson_or_file(what)
    return read_experiment(chosen) if isinstance(chosen, Path) else chosen.experiment


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # No file can have such a name: it is too long, or has signs that it may not have.
        return False
