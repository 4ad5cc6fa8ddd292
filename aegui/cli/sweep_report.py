"""What came of a sweep, told on the terminal."""

import json

import typer
from rich.console import Console
from rich.table import Table

from aegui.cli.terminal import FAILED, INTERRUPTED, say
from aegui.control import RunState
from aegui.sweeps import MEASURES, Measure, SweepPoint, SweepResult
from aegui.sweeps.results import figures


def report(result: SweepResult, *, as_json: bool) -> int:
    """Say what a sweep left, and return the exit status."""
    kept = sum(outcome.folder is not None for outcome in result.outcomes)
    if result.stopped:
        say(_stopped_in_words(result, kept))
        return INTERRUPTED
    if result.not_kept is not None:
        say(result.not_kept)
    if as_json:
        trials = [figures(outcome) for outcome in result.outcomes]
        typer.echo(json.dumps({"trials": trials, "seconds": result.seconds}, allow_nan=False))
    elif result.outcomes:
        _print_table(result, kept)
    has_failed = any(outcome.summary.status is RunState.FAILED for outcome in result.outcomes)
    return FAILED if result.failures or has_failed else 0


def _stopped_in_words(result: SweepResult, kept: int) -> str:
    if kept == 0:
        return "stopped; no trial was finished and kept"
    return (
        f"stopped; {kept} of {result.spec.trial_count} trials are kept in {result.folder}, "
        "and the same command goes on from there"
    )


def _print_table(result: SweepResult, kept: int) -> None:
    """Print mean ± standard deviation over the seeds, a line for each setting."""
    table = Table(box=None, pad_edge=False)
    for heading in (*(axis.field for axis in result.spec.axes), *(m.short for m in MEASURES)):
        table.add_column(heading, overflow="fold")
    cells = [_cells(result, measure) for measure in MEASURES]
    for settings in dict.fromkeys(tuple(o.settings.values()) for o in result.outcomes):
        table.add_row(*map(str, settings), *(column.get(settings, "–") for column in cells))
    console = Console(highlight=False)
    console.print(table)
    where = f"kept in {result.folder}" if kept == len(result.outcomes) else f"{kept} of them kept"
    words = f"{len(result.outcomes)} trials in {result.seconds:.1f} s"
    console.print(f"{words}; {where}", soft_wrap=True)


def _cells(result: SweepResult, measure: Measure) -> dict[tuple[object, ...], str]:
    return {tuple(p.settings.values()): _mean_and_sd(p) for p in result.points(measure)}


def _mean_and_sd(point: SweepPoint) -> str:
    return f"{point.mean:.4g} ± {point.sd:.2g}" if point.sd else f"{point.mean:.4g}"
