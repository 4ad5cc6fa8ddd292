"""``aegui lessons``."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from aegui.cli.terminal import BAD_INPUT, FAILED, INTERRUPTED, ProgressLine, say, stopping
from aegui.control import Progress, TrainingControl
from aegui.data import DataError
from aegui.lesson_book import BookObserver, make_book, plan_book
from aegui.lesson_numbers import NUMBERS, Book
from aegui.processor import require_avx
from aegui.runs import RunError
from aegui.runs.folder import writing
from aegui.specs import LESSONS, SpecError, TrialSpec
from aegui.sweeps.trial import SweepError


def lessons(
    run_all: Annotated[
        bool, typer.Option("--run-all", help="Run the post's lessons and draw their figures.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the figures and numbers of --run-all.")
    ] = None,
    rows: Annotated[int | None, typer.Option(help="Rows of data to make or take.")] = None,
    epochs: Annotated[int | None, typer.Option(help="Epochs to train.")] = None,
) -> None:
    """List the named experiments, or run those of the post."""
    if run_all and out is not None:
        _run_all(out, rows, epochs)
    elif run_all:
        say("--run-all: needs a folder for the figures; add --out FOLDER")
        raise typer.Exit(BAD_INPUT)
    elif (out, rows, epochs) != (None, None, None):
        say("--out, --rows and --epochs: go with --run-all; without it the lessons are listed")
        raise typer.Exit(BAD_INPUT)
    else:
        _list()


def _list() -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "experiment", "layers", "what to see"):
        table.add_column(heading, overflow="fold")
    for lesson in LESSONS:
        experiment = lesson.experiment
        table.add_row(lesson.name, experiment.title, experiment.shape, lesson.summary)
    Console(highlight=False).print(table)


def _run_all(out: Path, rows: int | None, epochs: int | None) -> None:
    # Qt draws the figures; listing lessons and training need not wait for it.
    from aegui.ui.handing.figure_files import write_figures

    # Else each training would fail of it.
    require_avx()
    control = TrainingControl()
    try:
        plan = plan_book(rows, epochs)
        with writing(out):
            out.mkdir(parents=True, exist_ok=True)
        with stopping(control), ProgressLine("The post's lessons") as line:
            book = make_book(plan, out, write_figures, control, _Terminal(line))
    except (SpecError, RunError) as error:
        say(str(error))
        raise typer.Exit(BAD_INPUT) from error
    except (SweepError, DataError, MemoryError) as error:
        say(str(error) or "There is not enough memory for this. Take fewer rows.")
        raise typer.Exit(FAILED) from error
    if not book.is_whole:
        say(f"stopped; the lessons that were done are in {out}")
        raise typer.Exit(INTERRUPTED)
    _say_where_time_went(book)
    typer.echo(f"{len(book.studies)} lessons in {book.seconds:.0f} s; numbers in {out / NUMBERS}")


class _Terminal(BookObserver):
    """Draws a progress bar over all trainings."""

    def __init__(self, line: ProgressLine) -> None:
        self._line = line
        self._done, self._count = 0, 1

    def training_begins(self, number: int, trainings: int, trial: TrialSpec) -> None:
        self._done, self._count = number - 1, trainings
        what = f"{trial.experiment.dataset.title}, {trial.experiment.shape}"
        self._line.say(f"training {number} of {trainings}: {what}")

    def progressed(self, progress: Progress) -> None:
        news = progress.doing
        if progress.epoch:
            news = f"epoch {progress.epoch} of {progress.epochs}"
        self._line.show(news, (self._done + progress.fraction) / self._count)


def _say_where_time_went(book: Book) -> None:
    """Write a table of the longest pieces to standard error; figures overlap with trainings."""
    table = Table(box=None, pad_edge=False)
    for heading in ("seconds", "lesson", "what"):
        table.add_column(heading, justify="right" if heading == "seconds" else "left")
    for spent in book.spent:
        table.add_row(f"{spent.seconds:.1f}", spent.lesson, spent.doing)
    trained = sum(spent.seconds for spent in book.spent if spent.doing.startswith("train "))
    table.add_row(f"{trained:.1f}", "all", "trainings alone")
    table.add_row(f"{book.seconds:.1f}", "all", "from start to end")
    Console(stderr=True, highlight=False).print(table)
