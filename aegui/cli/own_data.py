"""A person's own file on the command line: options made into choices, and an experiment."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from aegui.cli.chosen import find_experiment
from aegui.cli.terminal import ProgressLine, say
from aegui.data import DataError
from aegui.specs import ExperimentSpec, FileSpec, Missing, Problem, Scaling, SpecError, TextColumns

if TYPE_CHECKING:
    from aegui.data.files import Watch

# Bytes that are read in a second or so.
_LARGE = 512 * 2**20

Data = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Your own rows: CSV or TSV, Parquet, NPY, NPZ, IDX, or a folder or zip of pictures.",
    ),
]
Label = Annotated[
    str | None, typer.Option(help="With --data: column (or array of an NPZ) of classes.")
]
Columns = Annotated[
    str | None, typer.Option(metavar="A,B,…", help="With --data: the columns to learn.")
]
MissingRows = Annotated[
    str | None,
    typer.Option("--missing", help="With --data: leave-out (rows that lack values) or "
                 "training-median."),
]  # fmt: skip
Texts = Annotated[
    str | None, typer.Option("--text", help="With --data: leave-out or one-hot, for texts.")
]
Scale = Annotated[
    str | None, typer.Option("--scaling", help="With --data: none, min-max or standard.")
]
ArrayName = Annotated[
    str | None, typer.Option("--array", help="With --data: the array of an NPZ to learn.")
]
Size = Annotated[
    str | None,
    typer.Option(metavar="HEIGHTxWIDTH", help="With --data: bring all pictures to one size."),
]
Colour = Annotated[
    bool, typer.Option("--colour", help="With --data: pictures in colour, not grey.")
]
Stream = Annotated[
    bool | None,
    typer.Option(
        "--stream/--no-stream",
        help="With --data: leave the rows of a NPY or Parquet file there while they are learned; "
        "without a word, if they do not fit into memory.",
    ),
]


def own_experiment(what: str | None, data: Path, options: dict[str, Any]) -> ExperimentSpec:
    """Return an experiment on a file's rows; what is found there is said on standard error.

    Parameters
    ----------
    what
        A lesson or file whose model and training are taken; None for what suits the rows.
    options
        Texts of the options that go with ``--data``, by name; None where not given.

    Raises
    ------
    SpecError
        An option is wrong, or the file cannot be learned from; the message says why.
    """
    base = None if what is None else find_experiment(what)
    # It brings in polars, which other experiments need not wait for.
    from aegui.data.files import (
        Choices,
        open_file,
        propose,
        report_on,
        suited_architecture,
        suited_experiment,
    )

    choices = Choices(**_choices(options))
    try:
        with _followed(data) as watch:
            opened = open_file(data, choices, watch)
            for sentence in report_on(opened).words:
                say(sentence)
            spec = propose(opened, choices, watch)
    except DataError as error:
        raise SpecError("--data", [Problem("", str(error))]) from error
    say(_used(spec))
    if base is None:
        experiment, reason = suited_experiment(spec)
    else:
        architecture, reason = suited_architecture(base.architecture, spec)
        experiment = base.model_copy(update={"dataset": spec, "architecture": architecture})
    if reason:
        say(reason)
    return experiment


@contextmanager
def _followed(data: Path) -> Iterator["Watch"]:
    """Draw how far the reading is of a file that takes a moment."""
    from aegui.data.files import UNWATCHED, Watch

    if not data.is_file() or data.stat().st_size < _LARGE:
        yield UNWATCHED
        return
    with ProgressLine(data.name) as line:
        yield Watch(told=line.show)


def refuse_without_data(options: dict[str, Any]) -> None:
    """Raise ``SpecError`` for options that go with ``--data`` alone."""
    given = [name for name, value in options.items() if value not in (None, False)]
    if given:
        raise SpecError(f"--{given[0]}", [Problem("", "goes with --data; give the file too")])


def with_rows(dataset: FileSpec, rows: int) -> FileSpec:
    """Return at most so many rows of the same file, fitted anew; raises ``SpecError``."""
    from aegui.data.files import refit

    try:
        return refit(dataset, rows=rows)
    except DataError as error:
        raise SpecError("--rows", [Problem("", str(error))]) from error


def _choices(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were given, as the fields of choices."""
    chosen = {name: value for name, value in options.items() if value is not None}
    if "columns" in chosen:
        chosen["columns"] = tuple(filter(None, map(str.strip, chosen["columns"].split(","))))
        if not chosen["columns"]:
            raise SpecError("--columns", [Problem("", "needs names, such as --columns a,b")])
    for name, words in (("missing", Missing), ("text", TextColumns), ("scaling", Scaling)):
        if name in chosen:
            chosen[name] = _one_of(name, chosen[name], get_args(words))
    if "size" in chosen:
        chosen["size"] = _size(chosen["size"])
    return chosen


def _one_of(option: str, value: str, words: tuple[str, ...]) -> str:
    word = value.lower().replace("-", "_")
    if word not in words:
        accepted = ", ".join(each.replace("_", "-") for each in words)
        raise SpecError(
            f"--{option}", [Problem("", f"is {value!r}, but must be one of {accepted}")]
        )
    return word


def _size(value: str) -> tuple[int, int]:
    height, _, width = value.lower().partition("x")
    if not (height.isdecimal() and width.isdecimal() and 1 <= int(height) <= 4096
            and 1 <= int(width) <= 4096):  # fmt: skip
        problem = f"is {value!r}, but must be two numbers of pixels, 1 to 4096, such as 28x28"
        raise SpecError("--size", [Problem("", problem)])
    return int(height), int(width)


def _used(spec: FileSpec) -> str:
    """Return what is learned of a file, in a sentence."""
    low, high = spec.value_range
    columns = f"{len(spec.columns)} columns as " if spec.columns else ""
    classes = f", {len(spec.classes)} classes" if spec.classes else ""
    return (
        f"Learned: {spec.train_rows} rows, tested on {spec.test_rows}; {columns}"
        f"{spec.features} features in [{low:.4g}, {high:.4g}]{classes}."
    )
