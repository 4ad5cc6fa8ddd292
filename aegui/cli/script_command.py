"""``aegui script``."""

from pathlib import Path
from typing import Annotated

import typer

from aegui.cli.chosen import find_experiment
from aegui.cli.terminal import BAD_INPUT, say
from aegui.exports import ScriptError, keras_script, save_script
from aegui.specs import SpecError


def script(
    what: Annotated[
        str, typer.Argument(metavar="LESSON_OR_FILE", help="A lesson's name or a JSON file.")
    ],
    out: Annotated[
        Path | None, typer.Option(help="A file: .py, or .ipynb for a notebook. Else it is printed.")
    ] = None,
) -> None:
    """Write an experiment as a program with NumPy and Keras alone."""
    try:
        experiment = find_experiment(what)
        if out is None:
            typer.echo(keras_script(experiment), nl=False)
            return
        save_script(experiment, out)
    except (SpecError, ScriptError) as error:
        say(str(error))
        raise typer.Exit(BAD_INPUT) from error
