"""``aegui sweep``."""

from pathlib import Path
from typing import Annotated, Any

import typer

from aegui.cli.chosen import lesson_or_file
from aegui.cli.sweep_report import report
from aegui.cli.terminal import BAD_INPUT, FAILED, ProgressLine, say, stopping
from aegui.cli.train_command import changed
from aegui.control import Progress, RunState, TrainingControl
from aegui.places import sweeps_folder
from aegui.processor import require_avx
from aegui.records import TrialOutcome
from aegui.runs import RunError
from aegui.specs import ExperimentSpec, Problem, SpecError, SweepSpec, TrialSpec
from aegui.specs.axis_text import AXIS_HELP, parse_axis
from aegui.specs.sweep_files import build_sweep, read_experiment_or_sweep
from aegui.sweeps import (
    Crew,
    OneThread,
    SweepError,
    SweepObserver,
    SweepPlan,
    SweepProgress,
    TrialFailure,
    create_or_go_on,
    run_sweep,
)

# A process pool of Windows waits for no more than 61 processes.
_MOST_JOBS = 61


What = Annotated[
    str, typer.Argument(metavar="LESSON_OR_FILE", help="A lesson's name or a JSON file.")
]
Over = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIELD=V1,V2,…",
        help=f"A setting and its values, once or twice; {AXIS_HELP}. FIELD is a path in the "
        "experiment's file or its end (dataset.features, learning_rate), or depth, "
        "code_share, dataset.",
    ),
]
Seeds = Annotated[int | None, typer.Option(help="Seeds with which each trial is run.")]
Rows = Annotated[int | None, typer.Option(help="Rows of data to make or take.")]
Epochs = Annotated[int | None, typer.Option(help="Epochs to train.")]
Jobs = Annotated[
    int | None, typer.Option(min=1, max=_MOST_JOBS, help="Worker processes on this machine.")
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Run on the workers of this Dask scheduler, such as tcp://127.0.0.1:8786.",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        help="Folder in which the sweep is kept; the same sweep, interrupted, goes on there."
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="End with one line of JSON on standard output.")
]


def sweep(
    what: What,
    over: Over = None,
    seeds: Seeds = None,
    rows: Rows = None,
    epochs: Epochs = None,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    out: Out = None,
    as_json: AsJson = False,
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
    raise typer.Exit(report(result, as_json=as_json))


def _crew(jobs: int | None, scheduler: str | None, trials: tuple[TrialSpec, ...]) -> Crew:
    if jobs is not None and scheduler is not None:
        problem = Problem("--jobs", "is for this machine and --scheduler for a cluster; give one")
        raise SpecError("sweep", [problem])
    if scheduler is not None:
        from aegui.sweeps.cluster import Cluster

        return Cluster(scheduler)
    # Else each trial would fail of it.
    require_avx()
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


def _settings(outcome: TrialOutcome) -> str:
    return ", ".join(f"{field} = {value}" for field, value in outcome.settings.items())
