"""What a run leaves, in forms that other tools read: models, codes, reconstructions, errors."""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from aegui.analysis.error_ranks import USUAL_SHARE, rank_errors
from aegui.analysis.rows import in_parts
from aegui.data import Dataset
from aegui.exports.table_parts import Columns
from aegui.exports.tables import in_units, numbered, write_table
from aegui.records import FloatArray, IndexArray, TrainedModel
from aegui.runs import StoredRun, data_of
from aegui.runs.folder import writing

Kind = Literal["keras", "saved_model", "tflite", "codes", "reconstructions", "errors"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_TABLES: tuple[Kind, ...] = ("codes", "reconstructions", "errors")


def export_run(
    run: StoredRun, out: Path, kinds: Sequence[Kind] = KINDS, ending: str = ".csv"
) -> list[Path]:
    """Write what is wanted of a run into a folder, which is made; return the files and folders.

    Models come as autoencoder, encoder and decoder. Tables are of the test rows, in their order;
    the errors stand beside the row's number, its label if it has one, and whether they are above
    the run's threshold. Files that are there are replaced.

    Parameters
    ----------
    ending
        What tables are written as: one of ``aegui.exports.tables.TABLE_ENDINGS``.

    Raises
    ------
    RunError
        Something cannot be written; the message names the folder.
    TableError
        A table cannot be written; the message names it.
    DataError
        The run's data, of which the tables tell, cannot be had.
    """
    # What is written is moved into place once it is whole.
    making = out / f".{os.getpid()}.part"
    try:
        with writing(out):
            making.mkdir(parents=True)
            _write_models(run, making, kinds)
            _write_tables(run, making, kinds, ending)
            return [_put(path, out / path.name) for path in sorted(making.iterdir())]
    finally:
        shutil.rmtree(making, ignore_errors=True)


def score_columns(
    errors: FloatArray,
    labels: Sequence[object] | None,
    line: float | None,
    numbers: IndexArray | None = None,
) -> Columns:
    """Return number, label, error of rows, a threshold if there is one, and what is above it.

    ``numbers`` are the rows' places in a person's own file; without, rows are counted from 0.
    """
    places = np.arange(len(errors)) if numbers is None else numbers
    columns: dict[str, np.ndarray] = {"row": places}
    if labels is not None:
        columns["label"] = np.asarray(labels)
    columns["error"] = errors
    if line is not None:
        columns["threshold"] = np.full(len(errors), line)
        columns["above"] = errors > line
    return columns


def threshold_of(run: StoredRun) -> float | None:
    """Return the error above which a row of a run is unusual; None without finite errors.

    It is what a person chose, else the error that 95 % of the run's test rows are below.
    """
    chosen = run.card.about.threshold
    return chosen if chosen is not None else rank_errors(run.row_errors).quantile(USUAL_SHARE)


def _write_models(run: StoredRun, folder: Path, kinds: Sequence[Kind]) -> None:
    if not set(kinds) - set(_TABLES):
        return
    # It brings in TensorFlow, which tables can mostly do without.
    from aegui.engine.giving import write_keras, write_saved_models, write_tflite

    writers: dict[Kind, Callable[..., None]] = {
        "keras": write_keras,
        "saved_model": write_saved_models,
        "tflite": write_tflite,
    }
    for kind, write in writers.items():
        if kind in kinds:
            write(run.card.experiment, run.weights, folder)


def _write_tables(run: StoredRun, folder: Path, kinds: Sequence[Kind], ending: str) -> None:
    if not set(kinds) & set(_TABLES):
        return
    # Of a file that has changed or gone they are the rows that were kept.
    dataset, _ = data_of(run)
    model = _model(run)
    if "codes" in kinds:
        codes = in_parts(model.encode, dataset.test)
        write_table(folder / f"codes{ending}", numbered("code", codes))
    if "reconstructions" in kinds:
        made = in_parts(model.reconstruct, dataset.test)
        spec = run.card.experiment.dataset
        write_table(folder / f"reconstructions{ending}", in_units(spec, made))
    if "errors" in kinds:
        line = threshold_of(run)
        columns = score_columns(run.row_errors, _labels(dataset), line, dataset.test_numbers)
        write_table(folder / f"errors{ending}", columns, numbers="error")


def _labels(dataset: Dataset) -> list[object] | None:
    labels = dataset.test_labels
    if labels is None:
        return None
    names = dataset.class_names
    return [names[label] for label in labels] if names else list(labels)


def _model(run: StoredRun) -> TrainedModel:
    from aegui.engine.plain import trained_model

    experiment = run.card.experiment
    return trained_model(experiment.architecture, experiment.dataset.row_shape, run.weights)


def _put(path: Path, target: Path) -> Path:
    if target.is_dir():
        shutil.rmtree(target)
    return path.replace(target)
