"""``aegui script``."""

from pathlib import Path
from typing import Annotated

import typer

from aegui.cli.chosen import find_experiment
from aegui.cli.terminal import BAD_INPUT, say
from aegui.cli.train_command import changed
from aegui.exports import keras_notebook, keras_script
from aegui.specs import SpecError

_WRITERS = {".py": keras_script, ".ipynb": keras_notebook}


def script(
    what: Annotated[
        str, typer.Argument(metavar="LESSON_OR_FILE", help="A lesson's name or a JSON file.")
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
        found = find_experiment(what)
        experiment = changed(found, what, rows=rows, epochs=epochs, seed=seed)
    except SpecError as error:
        say(str(error))
        raise typer.Exit(BAD_INPUT) from error
    if out is None:
        typer.echo(keras_script(experiment), nl=False)
        return
    if out.suffix not in _WRITERS:
        say(f"--out: {out} must end in .py, or in .ipynb for a notebook")
        raise typer.Exit(BAD_INPUT)
    try:
        out.write_text(_WRITERS[out.suffix](experiment), encoding="utf-8")
    except OSError as error:
        say(f"{out} cannot be written ({error.strerror or error})")
        raise typer.Exit(BAD_INPUT) from error
