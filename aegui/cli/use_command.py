"""``aegui encode``, ``decode``, ``reconstruct`` and ``score``: a trained model on new rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from aegui.analysis.rows import in_parts
from aegui.cli.chosen_run import chosen_run
from aegui.cli.terminal import BAD_INPUT, say
from aegui.data import DataError
from aegui.data.row_files import RowFile, read_rows, scaled_as
from aegui.engine.plain import trained_model
from aegui.exports.tables import TableError, in_units, numbered, table_writer
from aegui.records import FloatArray, TrainedModel
from aegui.run_exports import score_columns, threshold_of
from aegui.runs import RunError, StoredRun
from aegui.specs import FileSpec

if TYPE_CHECKING:
    from aegui.data.files import NewRows

Run = Annotated[
    str, typer.Argument(metavar="RUN", help="A kept run's folder or name, or an .aegui file.")
]
Rows = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="Rows of numbers, .csv or .npy; for a run on a file of your own, any such file.",
    ),
]
Codes = Annotated[Path, typer.Argument(metavar="FILE", help="Codes, .csv or .npy.")]
Out = Annotated[Path, typer.Option(help="The file to write: .csv, .npy or .parquet.")]


def encode(run: Run, file: Rows, out: Out) -> None:
    """Write the codes of rows, by a trained model."""
    with told(file), chosen_run(run) as stored, table_writer(out) as add:
        model = _model(stored)
        for rows in _rows(stored, file):
            add(numbered("code", in_parts(model.encode, rows.values)))


def decode(run: Run, file: Codes, out: Out) -> None:
    """Write the rows that codes stand for, by a trained model."""
    with told(file), chosen_run(run) as stored, table_writer(out) as add:
        experiment = stored.card.experiment
        codes = read_rows(file, experiment.architecture.code.width).values
        add(in_units(experiment.dataset, in_parts(_model(stored).decode, codes)))


def reconstruct(run: Run, file: Rows, out: Out) -> None:
    """Write the reconstructions of rows, by a trained model."""
    with told(file), chosen_run(run) as stored, table_writer(out) as add:
        model = _model(stored)
        for rows in _rows(stored, file):
            made = in_parts(model.reconstruct, rows.values)
            add(in_units(stored.card.experiment.dataset, made))


def score(
    run: Run,
    file: Rows,
    out: Out,
    threshold: Annotated[
        float | None,
        typer.Option(help="An error above which a row is unusual. Else the one chosen for the "
                          "run, or the error that 95 % of its test rows are below."),
    ] = None,
) -> None:  # fmt: skip
    """Write the error of rows by a trained model, and which are above a threshold.

    The error of a row is the sum of |x − x̂| over its numbers. An NPY file holds the errors alone.
    """
    with told(file), chosen_run(run) as stored:
        line = threshold_of(stored) if threshold is None else threshold
        count = above = 0
        # A person's own rows are counted as in the window.
        first = 1 if isinstance(stored.card.experiment.dataset, FileSpec) else 0
        with table_writer(out, numbers="error") as add:
            errors_of = _errors_by(_model(stored))
            for rows in _rows(stored, file):
                errors = in_parts(errors_of, rows.values)
                numbers = np.arange(first + count, first + count + len(errors))
                add(score_columns(errors, rows.labels, line, numbers))
                count += len(errors)
                above += 0 if line is None else int((errors > line).sum())
        if line is not None:
            typer.echo(f"{above} of {count} rows are above {line:.6g}")


@contextmanager
def told(file: Path | None = None) -> Iterator[None]:
    """Say what could not be done with a file, and end with the status for it."""
    try:
        yield
    except MemoryError as error:
        say(
            f"{file or 'What is to be written'} does not fit into memory. Part it, or write its "
            "rows as NPY or Parquet: a run on a file of your own reads these part by part."
        )
        raise typer.Exit(BAD_INPUT) from error
    except (RunError, DataError, TableError) as error:
        say(str(error))
        raise typer.Exit(BAD_INPUT) from error


def _rows(run: StoredRun, file: Path) -> "Iterator[RowFile | NewRows]":
    """Yield the rows of a file, scaled as those that the run learned from."""
    dataset = run.card.experiment.dataset
    if isinstance(dataset, FileSpec):
        # Most runs are on other data, and need not wait for its libraries.
        from aegui.data.files import rows_in_parts

        yield from rows_in_parts(dataset, file)
        return
    rows = read_rows(file, dataset.features)
    yield RowFile(scaled_as(dataset, rows.values), rows.labels)


def _model(run: StoredRun) -> TrainedModel:
    experiment = run.card.experiment
    return trained_model(experiment.architecture, experiment.dataset.row_shape, run.weights)


def _errors_by(model: TrainedModel) -> Callable[[FloatArray], FloatArray]:
    return lambda rows: np.abs(rows - model.reconstruct(rows)).sum(axis=1)
