"""The same work without a window."""

import json
import math
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table

from aegui import __version__
from aegui.data import DataError
from aegui.places import runs_folder
from aegui.records import (
    Continuation,
    EpochRecord,
    EpochSnapshot,
    Progress,
    RunResult,
    RunState,
    TrainingControl,
)
from aegui.runs import RunError, read_interrupted
from aegui.specs import LESSONS, ExperimentSpec, SpecError, find_lesson
from aegui.specs.files import build_experiment, read_experiment
from aegui.workflow import WorkflowObserver, run_experiment

_FAILED, _BAD_INPUT, _INTERRUPTED = 1, 2, 130

app = typer.Typer(
    help="A desktop laboratory for autoencoders. Without a command, the window opens.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_stderr = Console(stderr=True, highlight=False)


def command_line() -> None:
    """Run the command line; the process ends with its exit status."""
    app()


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"aegui {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that come before a command."""


@app.command()
def lessons() -> None:
    """List the named experiments."""
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "experiment", "layers", "what to see"):
        table.add_column(heading, overflow="fold")
    for lesson in LESSONS:
        experiment = lesson.experiment
        table.add_row(lesson.name, experiment.title, experiment.shape, lesson.summary)
    Console(highlight=False).print(table)


@app.command()
def selftest() -> None:
    """Open the window, train, draw a 3, and say whether all of it works."""
    from aegui.selftest import run_selftest

    raise typer.Exit(run_selftest())


@app.command()
def train(
    what: Annotated[
        str, typer.Argument(metavar="LESSON_OR_FILE", help="A lesson's name or a JSON file.")
    ],
    epochs: Annotated[int | None, typer.Option(help="Epochs to train.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of weights and row order.")] = None,
    rows: Annotated[int | None, typer.Option(help="Rows of data to make or take.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder in which the run is kept.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="End with one line of JSON on standard output.")
    ] = False,
) -> None:
    """Train an experiment and keep the run."""
    with _exit_status():
        experiment = _changed(_find(what), what, epochs=epochs, seed=seed, rows=rows)
        result = _run(experiment, out or runs_folder())
    _report(result, as_json=as_json)


@app.command("continue")
def go_on(
    folder: Annotated[Path, typer.Argument(help="The folder of a run that was interrupted.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="End with one line of JSON on standard output.")
    ] = False,
) -> None:
    """Go on with a run whose program was killed, in its own folder, to its end."""
    with _exit_status():
        card, start = read_interrupted(folder)
        result = _run(card.experiment, folder, start)
    _report(result, as_json=as_json)


def _run(experiment: ExperimentSpec, store: Path, start: Continuation | None = None) -> RunResult:
    control = TrainingControl()
    with _stopping(control), _Terminal(experiment) as terminal:
        return run_experiment(experiment, control, terminal, store, start)


@contextmanager
def _exit_status() -> Iterator[None]:
    """Say what could not be done, and end with the status for it."""
    try:
        yield
    except (SpecError, RunError) as error:
        _say(str(error))
        raise typer.Exit(_BAD_INPUT) from error
    except (DataError, MemoryError) as error:
        _say(str(error) or "There is not enough memory for this run. Take fewer rows.")
        raise typer.Exit(_FAILED) from error


def _find(what: str) -> ExperimentSpec:
    path = Path(what)
    if path.suffix or path.exists():
        return read_experiment(path)
    return find_lesson(what).experiment


def _changed(experiment: ExperimentSpec, source: str, **options: int | None) -> ExperimentSpec:
    """Return the experiment with the options that were given, checked like a file."""
    raw: dict[str, Any] = experiment.model_dump()
    for name, value in options.items():
        if value is not None:
            raw["dataset" if name == "rows" else "training"][name] = value
    return build_experiment(raw, source)


@contextmanager
def _stopping(control: TrainingControl) -> Iterator[None]:
    """Let Ctrl-C end the run in good order; a second one ends the process."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        control.stop()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class _Terminal(WorkflowObserver):
    """A run's observer that draws a progress bar on standard error."""

    def __init__(self, experiment: ExperimentSpec) -> None:
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[news]}"),
            console=_stderr,
        )
        self._task = self._bar.add_task(experiment.title, total=1.0, news="")

    def __enter__(self) -> "_Terminal":
        self._bar.start()
        return self

    def __exit__(self, *_details: object) -> None:
        self._bar.stop()

    def progressed(self, progress: Progress) -> None:
        news = progress.doing
        if progress.epoch:
            news = f"epoch {progress.epoch} of {progress.epochs}"
        if progress.seconds_left is not None:
            news += f" · {progress.seconds_left:.0f} s left"
        self._bar.update(self._task, completed=progress.fraction, news=news)

    def epoch_shown(self, record: EpochRecord, _snapshot: EpochSnapshot) -> None:
        if record.epoch:
            self._bar.update(self._task, news=f"validation loss {record.val_loss:.4f}")


def _report(result: RunResult, *, as_json: bool) -> None:
    if result.state is RunState.FAILED:
        _say(str(result.failure))
        raise typer.Exit(_FAILED)
    if result.state is RunState.STOPPED:
        where = f"; what was learned is in {result.folder}" if result.folder else ""
        _say(f"stopped{where}")
        raise typer.Exit(_INTERRUPTED)
    if result.failure is not None:
        _say(str(result.failure))
    typer.echo(_as_json(result) if as_json else _in_words(result))


def _as_json(result: RunResult) -> str:
    figures = _figures(result)
    return json.dumps(figures, allow_nan=False)


def _figures(result: RunResult) -> dict[str, Any]:
    if result.summary is None:
        raise ValueError("a run that finished has a summary")
    wanted = {"loss", "val_loss", "epochs", "error", "seconds", "peak_rss_mb"}
    figures: dict[str, Any] = result.summary.model_dump(include=wanted)
    figures["run_dir"] = str(result.folder) if result.folder else None
    return {name: _finite(value) for name, value in figures.items()}


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _in_words(result: RunResult) -> str:
    figures = _figures(result)
    error, seconds = figures["error"], figures["seconds"]
    return (
        f"loss {figures['loss']:.4f} · validation loss {figures['val_loss']:.4f} · "
        f"error {error['mean']:.3f}, spread {error['std']:.3f} · {figures['epochs']} epochs "
        f"in {seconds['train']:.1f} s\nkept in {figures['run_dir']}"
    )


def _say(text: str) -> None:
    sys.stderr.write(f"aegui: {text}\n")
