"""``aegui report``."""

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from aegui.cli.chosen_run import chosen_run
from aegui.cli.terminal import BAD_INPUT, say
from aegui.cli.use_command import told
from aegui.run_report import make_report

_ENDINGS = (".html", ".htm")


def report(
    runs: Annotated[
        list[str],
        typer.Argument(metavar="RUN…", help="Kept runs' folders or names, or .aegui files."),
    ],
    out: Annotated[Path, typer.Option(help="The file to write: .html.")],
) -> None:
    """Write a report of a run, or of several beside each other, as one HTML file."""
    if out.suffix.lower() not in _ENDINGS:
        say(f"--out: {out} must end in .html")
        raise typer.Exit(BAD_INPUT)
    with told(), ExitStack() as open_runs:
        made = make_report([open_runs.enter_context(chosen_run(run)) for run in runs])
    # Qt draws the figures.
    from aegui.ui.handing.report_file import write_report

    try:
        write_report(made, out)
    except OSError as error:
        say(f"{out} cannot be written ({error.strerror or error})")
        raise typer.Exit(BAD_INPUT) from error
