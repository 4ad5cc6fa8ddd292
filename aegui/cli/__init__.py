"""The same work without a window."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from aegui import __version__
from aegui.cli.export_command import export
from aegui.cli.lessons_command import lessons
from aegui.cli.report_command import report
from aegui.cli.script_command import script
from aegui.cli.sweep_command import sweep
from aegui.cli.terminal import FAILED, say
from aegui.cli.train_command import go_on, train
from aegui.cli.use_command import decode, encode, reconstruct, score
from aegui.processor import ProcessorError

app = typer.Typer(
    help="A desktop laboratory for autoencoders. Without a command, the window opens; with an "
    ".aegui file in its place, it opens with that run.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def command_line() -> None:
    """Run the command line; the process ends with its exit status."""
    try:
        app()
    except ProcessorError as error:
        say(str(error))
        sys.exit(FAILED)


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
def selftest() -> None:
    """Open the window, train, draw a 3, and say whether all of it works."""
    from aegui.selftest import run_selftest

    raise typer.Exit(run_selftest())


@app.command()
def tour(
    out: Annotated[Path, typer.Option(help="Where the pictures go.")],
    theme: Annotated[str, typer.Option(help="dark or light.")] = "dark",
) -> None:
    """Walk through the window, and leave a picture of each thing to see."""
    if theme not in ("dark", "light"):
        raise typer.BadParameter(f"is {theme!r}, but must be dark or light", param_hint="--theme")
    from aegui.tour.walk import walk

    raise typer.Exit(walk(out, theme))


app.command()(lessons)
app.command()(train)
app.command("continue")(go_on)
app.command()(sweep)
app.command()(script)
for command in (encode, decode, reconstruct, score, export, report):
    app.command()(command)
