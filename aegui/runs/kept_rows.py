"""The test rows of a run on a person's own file, kept with it: the file may change or go."""

from pathlib import Path
from typing import Any

import numpy as np

from aegui.data import ArrayFileError, DataError, Dataset, load_dataset, read_npz
from aegui.data.dataset import Scale
from aegui.runs.folder import TEST_ROWS, RunError, damaged, replace_file
from aegui.runs.reader import StoredRun
from aegui.specs import FileSpec

# More would make each run as large as the file itself.
_MOST_BYTES = 256 * 2**20

_KEPT = "What is shown are the test rows that were kept with the run."


def write_test_rows(folder: Path, dataset: Dataset) -> None:
    """Keep test rows, their labels, numbers and names, unless they are many; raises ``OSError``."""
    if dataset.test.nbytes > _MOST_BYTES:
        return
    arrays: dict[str, Any] = {"test": dataset.test}
    optional = {"labels": dataset.test_labels, "numbers": dataset.test_numbers}
    arrays.update({name: array for name, array in optional.items() if array is not None})
    if dataset.test_names is not None:
        arrays["names"] = np.array(dataset.test_names, np.str_)
    replace_file(folder / TEST_ROWS, lambda file: np.savez(file, **arrays))


def data_of(run: StoredRun) -> tuple[Dataset, str]:
    """Return the rows that a run was trained and tested on, and what is to be said of them.

    Where the run's own file has changed or is gone, or its rows stay in it, which takes long to
    read, they are the test rows that were kept, with the first of them in place of the training
    rows.

    Raises
    ------
    DataError
        The data cannot be had, and no rows were kept.
    RunError
        The rows that were kept are damaged.
    """
    spec, path = run.card.experiment.dataset, run.card.folder / TEST_ROWS
    try:
        if isinstance(spec, FileSpec):
            # It brings in what reads files.
            from aegui.data.files import require_size

            # Rows that are at hand still say nothing of their file.
            require_size(spec)
            if spec.streaming and path.exists():
                return read_test_rows(path, spec), ""
        return load_dataset(spec), ""
    except DataError as error:
        if not isinstance(spec, FileSpec) or not path.exists():
            raise
        return read_test_rows(path, spec), f"{error} {_KEPT}"


def read_test_rows(path: Path, spec: FileSpec) -> Dataset:
    """Return the test rows that were kept, the first of them in place of the training rows.

    Raises
    ------
    RunError
        They are damaged; the message names the file.
    """
    try:
        arrays = read_npz(path)
    except ArrayFileError as error:
        raise damaged(path, error, "It holds the run's test rows.") from error
    test = arrays.get("test")
    wanted = (spec.test_rows, spec.features)
    if test is None or test.dtype != np.float32 or test.shape != wanted:
        raise RunError(f"{path} does not hold the run's {wanted[0]} test rows.")
    if not np.isfinite(test).all():
        raise RunError(f"{path} holds values that are not finite numbers.")
    labels = arrays.get("labels")
    names = arrays.get("names")
    for name, kinds in (("labels", "u"), ("numbers", "i"), ("names", "U")):
        array = arrays.get(name)
        if array is not None and (array.shape != wanted[:1] or array.dtype.kind not in kinds):
            raise RunError(f"{path} does not hold {name} for each of its rows.")
    return Dataset(
        train=test[:1].copy(),
        test=test,
        value_range=spec.value_range,
        scaling="as the run was trained",
        noun="picture" if spec.image_shape else "row",
        test_labels=labels,
        image_shape=spec.image_shape,
        columns=spec.feature_names,
        scale=Scale.of(spec.fit),
        class_names=spec.classes,
        test_numbers=arrays.get("numbers"),
        test_names=None if names is None else tuple(names.tolist()),
    )
