"""``aegui encode``, ``decode``, ``reconstruct`` and ``score``: a trained model on new rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from aegui.analysis.rows import in_parts
from aegui.cli.chosen_run import chosen_run
from aegui.cli.terminal import BAD_INPUT, say
from aegui.data import DataError
from aegui.data.row_files import RowFile, read_rows, scaled_as
from aegui.engine.plain import trained_model
from aegui.exports.tables import TableError, in_units, numbered, require_table, write_table
from aegui.records import FloatArray, TrainedModel
from aegui.run_exports import score_columns, threshold_of
from aegui.runs import RunError, StoredRun
from aegui.specs import FileSpec

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
    with told(), chosen_run(run) as stored:
        require_table(out)
        rows = _rows(stored, file).values
        write_table(out, numbered("code", in_parts(_model(stored).encode, rows)))


def decode(run: Run, file: Codes, out: Out) -> None:
    """Write the rows that codes stand for, by a trained model."""
    with told(), chosen_run(run) as stored:
        require_table(out)
        experiment = stored.card.experiment
        codes = read_rows(file, experiment.architecture.code.width).values
        write_table(out, in_units(experiment.dataset, in_parts(_model(stored).decode, codes)))


def reconstruct(run: Run, file: Rows, out: Out) -> None:
    """Write the reconstructions of rows, by a trained model."""
    with told(), chosen_run(run) as stored:
        require_table(out)
        rows = _rows(stored, file).values
        made = in_parts(_model(stored).reconstruct, rows)
        write_table(out, in_units(stored.card.experiment.dataset, made))


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
    with told(), chosen_run(run) as stored:
        require_table(out)
        rows = _rows(stored, file)
        errors = in_parts(_errors_by(_model(stored)), rows.values)
        line = threshold_of(stored) if threshold is None else threshold
        write_table(out, score_columns(errors, rows.labels, line), numbers="error")
        if line is not None:
            above = int((errors > line).sum())
            typer.echo(f"{above} of {len(errors)} rows are above {line:.6g}")


@contextmanager
def told() -> Iterator[None]:
    """Say what could not be done, and end with the status for it."""
    try:
        yield
    except (RunError, DataError, TableError) as error:
        say(str(error))
        raise typer.Exit(BAD_INPUT) from error


def _rows(run: StoredRun, file: Path) -> RowFile:
    """Return the rows of a file, scaled as those that the run learned from."""
    dataset = run.card.experiment.dataset
    if isinstance(dataset, FileSpec):
        # Most runs are on other data, and need not wait for its libraries.
        from aegui.data.files import rows_for

        return RowFile(rows_for(dataset, file))
    rows = read_rows(file, dataset.features)
    return RowFile(scaled_as(dataset, rows.values), rows.labels)


def _model(run: StoredRun) -> TrainedModel:
    experiment = run.card.experiment
    return trained_model(experiment.architecture, experiment.dataset.row_shape, run.weights)


def _errors_by(model: TrainedModel) -> Callable[[FloatArray], FloatArray]:
    return lambda rows: np.abs(rows - model.reconstruct(rows)).sum(axis=1)
