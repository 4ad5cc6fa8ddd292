"""``aegui script``."""

from pathlib import Path
from typing import Annotated

import typer

from aegui.cli.chosen import find_experiment
from aegui.cli.chosen_run import chosen_run
from aegui.cli.terminal import BAD_INPUT, say
from aegui.cli.train_command import changed
from aegui.exports import keras_notebook, keras_script
from aegui.places import BUNDLE_ENDING
from aegui.records import History
from aegui.runs import RunError
from aegui.specs import ExperimentSpec, SpecError

_WRITERS = {".py": keras_script, ".ipynb": keras_notebook}


def script(
    what: Annotated[
        str,
        typer.Argument(
            metavar="LESSON_FILE_OR_RUN",
            help="A lesson's name, a JSON file, a kept run's folder, or an .aegui file.",
        ),
    ],
    out: Annotated[
        Path | None, typer.Option(help="A file: .py, or .ipynb for a notebook. Else it is printed.")
    ] = None,
    rows: Annotated[int | None, typer.Option(help="Rows of data to make or take.")] = None,
    epochs: Annotated[int | None, typer.Option(help="Epochs to train.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of weights and row order.")] = None,
) -> None:
    """Write an experiment as a program with NumPy and Keras alone."""
    try:
        found, history = _found(what)
        experiment = changed(found, what, rows=rows, epochs=epochs, seed=seed)
    except (RunError, SpecError) as error:
        say(str(error))
        raise typer.Exit(BAD_INPUT) from error
    if out is None:
        typer.echo(keras_script(experiment, history), nl=False)
        return
    if out.suffix not in _WRITERS:
        say(f"--out: {out} must end in .py, or in .ipynb for a notebook")
        raise typer.Exit(BAD_INPUT)
    try:
        out.write_text(_WRITERS[out.suffix](experiment, history), encoding="utf-8")
    except OSError as error:
        say(f"{out} cannot be written ({error.strerror or error})")
        raise typer.Exit(BAD_INPUT) from error


def _found(what: str) -> tuple[ExperimentSpec, History | None]:
    """Return the experiment that is meant, and how it went if it is that of a run.

    Raises ``SpecError`` or ``RunError``.
    """
    path = Path(what)
    if path.suffix.lower() != BUNDLE_ENDING and not path.is_dir():
        return find_experiment(what), None
    with chosen_run(what) as run:
        return run.card.experiment, run.card.history
