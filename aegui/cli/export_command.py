"""``aegui export``."""

from pathlib import Path
from typing import Annotated, Any

import typer

from aegui.cli.chosen_run import chosen_run
from aegui.cli.terminal import BAD_INPUT, say
from aegui.cli.use_command import told
from aegui.exports.tables import TABLE_ENDINGS
from aegui.run_exports import KINDS, export_run

_FORMATS = ", ".join(ending[1:] for ending in TABLE_ENDINGS)


def export(
    run: Annotated[
        str, typer.Argument(metavar="RUN", help="A kept run's folder or name, or an .aegui file.")
    ],
    out: Annotated[Path, typer.Option(help="Folder for what is written.")],
    what: Annotated[
        str, typer.Option(help=f"Some of {','.join(KINDS)}, with commas between them.")
    ] = ",".join(KINDS),
    table: Annotated[str, typer.Option(help=f"What tables are written as: {_FORMATS}.")] = "csv",
) -> None:
    """Write a run's model, codes, reconstructions and errors in forms that other tools read."""
    kinds: list[Any] = [kind.strip() for kind in what.split(",")]
    for kind in kinds:
        if kind not in KINDS:
            _refuse("--what", kind, ", ".join(KINDS))
    if f".{table}" not in TABLE_ENDINGS:
        _refuse("--table", table, _FORMATS)
    with told(), chosen_run(run) as stored:
        for path in export_run(stored, out, kinds, f".{table}"):
            typer.echo(path)


def _refuse(option: str, value: str, accepted: str) -> None:
    say(f"{option}: is {value!r}, but must be of {accepted}")
    raise typer.Exit(BAD_INPUT)
