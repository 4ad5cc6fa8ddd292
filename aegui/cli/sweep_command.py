"""``aegui sweep``."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from aegui.cli.chosen import lesson_or_file
from aegui.cli.terminal import BAD_INPUT, FAILED, INTERRUPTED, ProgressLine, say, stopping
from aegui.cli.train_command import changed
from aegui.control import Progress, RunState, TrainingControl
from aegui.places import sweeps_folder
from aegui.records import TrialOutcome
from aegui.runs import RunError
from aegui.specs import ExperimentSpec, Problem, SpecError, SweepSpec, TrialSpec
from aegui.specs.axis_text import AXIS_HELP, parse_axis
from aegui.specs.sweep_files import build_sweep, read_experiment_or_sweep
from aegui.sweeps import (
    MEASURES,
    Crew,
    OneThread,
    SweepError,
    SweepObserver,
    SweepPlan,
    SweepProgress,
    SweepResult,
    TrialFailure,
    create_or_go_on,
    run_sweep,
)
from aegui.sweeps.results import figures

# A process pool of Windows waits for no more than 61 processes.
_MOST_JOBS = 61


def sweep(
    what: Annotated[
        str, typer.Argument(metavar="LESSON_OR_FILE", help="A lesson's name or a JSON file.")
    ],
    over: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=V1,V2,…",
            help=f"A setting and its values, once or twice; {AXIS_HELP}. FIELD is a path in the "
            "experiment's file or its end (dataset.features, learning_rate), or depth, "
            "code_share, dataset.",
        ),
    ] = None,
    seeds: Annotated[int | None, typer.Option(help="Seeds with which each trial is run.")] = None,
    rows: Annotated[int | None, typer.Option(help="Rows of data to make or take.")] = None,
    epochs: Annotated[int | None, typer.Option(help="Epochs to train.")] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, max=_MOST_JOBS, help="Worker processes on this machine.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Run on the workers of this Dask scheduler, such as tcp://127.0.0.1:8786.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder in which the sweep is kept; the same sweep, interrupted, goes on there."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="End with one line of JSON on standard output.")
    ] = False,
) -> None:
    """Train an experiment with every value of one setting, or two, and compare the runs."""
    control = TrainingControl()
    try:
        wanted = _sweep(what, over or [], seeds=seeds, rows=rows, epochs=epochs)
        # Before the folder is made: what cannot be run leaves nothing behind.
        crew = _crew(jobs, scheduler, wanted.trials())
        store = create_or_go_on(out or sweeps_folder(), wanted)
        with stopping(control), crew, ProgressLine(_title(wanted)) as line:
            result = run_sweep(wanted, crew, _Terminal(line), control, store)
    except (SpecError, RunError) as error:
        say(str(error))
        raise typer.Exit(BAD_INPUT) from error
    except SweepError as error:
        say(str(error))
        raise typer.Exit(FAILED) from error
    _report(result, as_json=as_json)


def _crew(jobs: int | None, scheduler: str | None, trials: tuple[TrialSpec, ...]) -> Crew:
    if jobs is not None and scheduler is not None:
        problem = Problem("--jobs", "is for this machine and --scheduler for a cluster; give one")
        raise SpecError("sweep", [problem])
    if scheduler is not None:
        from aegui.sweeps.cluster import Cluster

        return Cluster(scheduler)
    if jobs is not None and jobs > 1:
        from aegui.sweeps.processes import Processes

        convolves = any(trial.experiment.architecture.is_convolutional for trial in trials)
        return Processes(jobs, shares_cores=not convolves)
    return OneThread()


def _sweep(what: str, over: list[str], *, seeds: int | None, **options: int | None) -> SweepSpec:
    """Return the sweep that a lesson or a file has, or its experiment's, with the options given."""
    found = _find(what)
    base = changed(found.base if isinstance(found, SweepSpec) else found, what, **options)
    raw = found.model_dump() if isinstance(found, SweepSpec) else {}
    raw["base"] = base.model_dump()
    _let_options_win(raw, options)
    if over:
        raw["axes"] = [parse_axis(text, base).model_dump() for text in over]
    if seeds is not None:
        raw["seeds"] = seeds
        # Seeds alone are something to compare, too.
        raw.setdefault("axes", [{"field": "training.epochs", "values": (base.training.epochs,)}])
    if "axes" not in raw:
        example = f"or --seeds is needed, such as --over code.width=2,4,8; {AXIS_HELP}"
        raise SpecError(what, [Problem("--over", example)])
    return build_sweep(raw, what)


def _let_options_win(raw: dict[str, Any], options: dict[str, int | None]) -> None:
    """Put --rows and --epochs in the place of what the sweep itself has for them."""
    for axis in raw.get("axes", ()):
        value = options.get(axis["field"].rpartition(".")[2])
        if axis["field"] in ("dataset.rows", "training.epochs") and value is not None:
            axis["values"] = (value,)


def _find(what: str) -> ExperimentSpec | SweepSpec:
    chosen = lesson_or_file(what)
    if isinstance(chosen, Path):
        return read_experiment_or_sweep(chosen)
    return chosen.sweep or chosen.experiment


def _title(wanted: SweepSpec) -> str:
    return f"{wanted.base.dataset.title} over {' and '.join(axis.field for axis in wanted.axes)}"


class _Terminal(SweepObserver):
    """A sweep's observer that draws a progress bar and says what a person should know."""

    def __init__(self, line: ProgressLine) -> None:
        self._line = line
        self._sweep = ""

    def planned(self, plan: SweepPlan) -> None:
        self._line.say(plan.words)
        if plan.finished:
            self._line.say("going on with an interrupted sweep; what is finished is not repeated")

    def progressed(self, progress: SweepProgress) -> None:
        self._sweep = progress.words.lower()
        self._line.show(self._sweep, progress.fraction)

    def trial_progressed(self, progress: Progress) -> None:
        if progress.epoch == 0:
            self._line.show(f"{self._sweep} · {progress.doing.lower()}")

    def trial_ended(self, outcome: TrialOutcome) -> None:
        if outcome.summary.status is RunState.FAILED:
            self._line.say(
                f"trial {outcome.number}, {_settings(outcome)}: its loss stopped being a finite "
                "number; its figures are those of the last good epoch"
            )

    def trial_failed(self, failure: TrialFailure) -> None:
        self._line.say(f"trial {failure.trial.number} failed: {failure.message}")

    def happened(self, text: str) -> None:
        self._line.say(text)


def _report(result: SweepResult, *, as_json: bool) -> None:
    if result.stopped:
        kept = sum(outcome.folder is not None for outcome in result.outcomes)
        if kept == 0:
            say("stopped before a trial was finished")
            raise typer.Exit(INTERRUPTED)
        say(
            f"stopped; {kept} of {result.spec.trial_count} trials are kept in {result.folder}, "
            "and the same command goes on from there"
        )
        raise typer.Exit(INTERRUPTED)
    if result.not_kept is not None:
        say(result.not_kept)
    if not result.outcomes:
        raise typer.Exit(FAILED)
    if as_json:
        trials = [figures(outcome) for outcome in result.outcomes]
        typer.echo(json.dumps({"trials": trials, "seconds": result.seconds}, allow_nan=False))
    else:
        _print_table(result)
    has_failed = any(outcome.summary.status is RunState.FAILED for outcome in result.outcomes)
    if result.failures or has_failed:
        raise typer.Exit(FAILED)


def _print_table(result: SweepResult) -> None:
    """Print mean ± standard deviation over the seeds, a line for each setting."""
    table = Table(box=None, pad_edge=False)
    shown = [measure for measure in MEASURES if measure.name != "error_per_feature"]
    for heading in (*(axis.field for axis in result.spec.axes), *(m.short for m in shown)):
        table.add_column(heading, overflow="fold")
    columns = [result.points(measure) for measure in shown]
    for points in zip(*columns, strict=True):
        settings = (str(value) for value in points[0].settings.values())
        table.add_row(*settings, *(_mean_and_sd(point.mean, point.sd) for point in points))
    console = Console(highlight=False)
    console.print(table)
    words = f"{len(result.outcomes)} trials in {result.seconds:.1f} s"
    console.print(f"{words}; kept in {result.folder}", soft_wrap=True)


def _mean_and_sd(mean: float, sd: float) -> str:
    return f"{mean:.4g} ± {sd:.2g}" if sd else f"{mean:.4g}"


def _settings(outcome: TrialOutcome) -> str:
    return ", ".join(f"{field} = {value}" for field, value in outcome.settings.items())
