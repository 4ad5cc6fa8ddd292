"""``aegui train`` and ``aegui continue``."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from aegui.cli import own_data
from aegui.cli.chosen import find_experiment
from aegui.cli.result_words import as_json_line, in_words
from aegui.cli.terminal import BAD_INPUT, FAILED, INTERRUPTED, ProgressLine, say, stopping
from aegui.control import Progress, RunState, TrainingControl
from aegui.data import DataError
from aegui.places import runs_folder
from aegui.records import Baselines, Continuation, EpochRecord, EpochSnapshot, RunResult
from aegui.runs import Interrupted, RunError, Store, read_interrupted
from aegui.specs import ExperimentSpec, FileSpec, Problem, SpecError
from aegui.specs.files import build_experiment
from aegui.workflow import WorkflowObserver, run_experiment


def train(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="LESSON_OR_FILE",
            help="A lesson's name or a JSON file; with --data its model and training are used.",
        ),
    ] = None,
    data: own_data.Data = None,
    label: own_data.Label = None,
    columns: own_data.Columns = None,
    missing: own_data.MissingRows = None,
    text: own_data.Texts = None,
    scaling: own_data.Scale = None,
    array: own_data.ArrayName = None,
    size: own_data.Size = None,
    colour: own_data.Colour = False,
    stream: own_data.Stream = None,
    epochs: Annotated[int | None, typer.Option(help="Epochs to train.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of weights and row order.")] = None,
    rows: Annotated[int | None, typer.Option(help="Rows of data to make or take.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder in which the run is kept.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="End with one line of JSON on standard output.")
    ] = False,
) -> None:
    """Train an experiment and keep the run."""
    options = {
        "label": label,
        "columns": columns,
        "missing": missing,
        "text": text,
        "scaling": scaling,
        "array": array,
        "size": size,
        "colour": colour,
        "stream": stream,
    }
    with _exit_status():
        experiment = _wanted(what, data, options, epochs=epochs, seed=seed, rows=rows)
        result, baselines = _run(experiment, out or runs_folder())
    _report(result, baselines, experiment, as_json=as_json)


def _wanted(
    what: str | None, data: Path | None, own: dict[str, Any], **options: int | None
) -> ExperimentSpec:
    """Return the experiment that is asked for; raises ``SpecError``."""
    if data is not None:
        rows = options.pop("rows", None)
        experiment = own_data.own_experiment(what, data, own | {"rows": rows})
        return changed(experiment, str(data), **options)
    own_data.refuse_without_data(own)
    if what is None:
        problem = Problem("", "needs a lesson's name or a JSON file, or --data with your own rows")
        raise SpecError("train", [problem])
    return changed(find_experiment(what), what, **options)


def go_on(
    folder: Annotated[Path, typer.Argument(help="The folder of a run that was interrupted.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="End with one line of JSON on standard output.")
    ] = False,
) -> None:
    """Go on with a run whose program was killed, in its own folder, to its end."""
    with _exit_status():
        card, start = read_interrupted(folder)
        if card.warning:
            say(card.warning)
        result, baselines = _run(card.experiment, Interrupted(folder), start)
    _report(result, baselines, card.experiment, as_json=as_json)


def _run(
    experiment: ExperimentSpec, store: Store, start: Continuation | None = None
) -> tuple[RunResult, Baselines | None]:
    control = TrainingControl()
    with stopping(control), ProgressLine(experiment.title) as line:
        result = run_experiment(experiment, control, _Terminal(line), store, start)
        return result, _baselines_of(experiment, result)


@contextmanager
def _exit_status() -> Iterator[None]:
    """Say what could not be done, and end with the status for it."""
    try:
        yield
    except (SpecError, RunError) as error:
        say(str(error))
        raise typer.Exit(BAD_INPUT) from error
    except (DataError, MemoryError) as error:
        say(str(error) or "There is not enough memory for this run. Take fewer rows.")
        raise typer.Exit(FAILED) from error


def _baselines_of(experiment: ExperimentSpec, result: RunResult) -> Baselines | None:
    if result.state is not RunState.FINISHED:
        return None
    from aegui.yardstick import baselines_of

    return baselines_of(experiment, result.folder)


def changed(experiment: ExperimentSpec, source: str, **options: int | None) -> ExperimentSpec:
    """Return the experiment with the options that were given, checked like a file."""
    rows = options.get("rows")
    if rows is not None and isinstance(experiment.dataset, FileSpec):
        dataset = own_data.with_rows(experiment.dataset, rows)
        experiment = experiment.model_copy(update={"dataset": dataset})
        options = options | {"rows": None}
    raw: dict[str, Any] = experiment.model_dump()
    for name, value in options.items():
        if value is not None:
            raw["dataset" if name == "rows" else "training"][name] = value
    return build_experiment(raw, source)


class _Terminal(WorkflowObserver):
    """A run's observer that draws a progress bar."""

    def __init__(self, line: ProgressLine) -> None:
        self._line = line

    def progressed(self, progress: Progress) -> None:
        news = progress.doing
        if progress.epoch:
            news = f"epoch {progress.epoch} of {progress.epochs}"
        if progress.seconds_left is not None:
            news += f" · {progress.seconds_left:.0f} s left"
        self._line.show(news, progress.fraction)

    def epoch_shown(self, record: EpochRecord, _snapshot: EpochSnapshot) -> None:
        if record.epoch:
            self._line.show(f"validation loss {record.val_loss:.4f}")

    def keeping_changed(self, sentence: str) -> None:
        self._line.say(sentence)


def _report(
    result: RunResult, baselines: Baselines | None, experiment: ExperimentSpec, *, as_json: bool
) -> None:
    if result.state is RunState.FAILED:
        say(str(result.failure))
        raise typer.Exit(FAILED)
    if result.state is RunState.STOPPED:
        if result.failure is not None:
            say(str(result.failure))
        where = f"; what was learned is in {result.folder}" if result.folder else ""
        say(f"stopped{where}")
        # Nobody called off a run that its own file stopped.
        raise typer.Exit(INTERRUPTED if result.failure is None else FAILED)
    if result.failure is not None:
        say(str(result.failure))
    if as_json:
        typer.echo(as_json_line(result, baselines))
    else:
        typer.echo(in_words(result, baselines, experiment.dataset.features))
