"""What a run goes through beyond the window, tried once on very little.

A frozen program carries only what its maker saw being imported, so each part here is used, not
only imported.
"""

import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import numpy as np

import aegui
from aegui.control import RunState, TrainingControl
from aegui.records import FloatArray
from aegui.runs import StoredRun, read_run
from aegui.runs.packing import pack_run
from aegui.runs.unpacking import unpack_run
from aegui.specs import (
    ArchitectureSpec,
    ConvLayer,
    DenseLayer,
    ExperimentSpec,
    MnistSpec,
    TrainingSpec,
    VariationalCode,
)

_DATA = MnistSpec(rows=512)
_RUNS = "runs"
_TSNE_ROWS = 60


class PartError(Exception):
    """A part of the program does not work; the message names it and says why."""


def try_parts(folder: Path) -> Iterator[str]:
    """Try one part after the other, and yield the name of each that works.

    Parameters
    ----------
    folder
        An empty one, which what is written goes into.

    Raises
    ------
    PartError
        A part does not work.
    """
    for name, try_out in _PARTS.items():
        try:
            try_out(folder)
        except Exception as error:
            raise PartError(f"{name}: {type(error).__name__}: {error}") from error
        yield name


def _modules(_folder: Path) -> None:
    for module in pkgutil.walk_packages(aegui.__path__, "aegui."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def _training(folder: Path) -> None:
    """Train a model that is compiled without XLA, of convolutions and chance, and keep it."""
    from aegui.workflow import WorkflowObserver, run_experiment

    architecture = ArchitectureSpec(
        encoder=(ConvLayer(filters=8), DenseLayer(width=32, activation="relu")),
        code=VariationalCode(width=4),
    )
    training = TrainingSpec(epochs=1, batch_size=128, seed=1)
    experiment = ExperimentSpec(dataset=_DATA, architecture=architecture, training=training)
    result = run_experiment(experiment, TrainingControl(), WorkflowObserver(), folder / _RUNS)
    _require(result.state is RunState.FINISHED, f"it ended as {result.state.value}")


def _reopening(folder: Path) -> None:
    from aegui.engine.plain import trained_model

    run = _run(folder)
    experiment = run.card.experiment
    model = trained_model(experiment.architecture, experiment.dataset.row_shape, run.weights)
    answer = model.reconstruct(_digits())
    _require(answer.shape == _digits().shape, f"a reconstruction is {answer.shape}")


def _exporting(folder: Path) -> None:
    from aegui.run_exports import export_run

    paths = export_run(_run(folder), folder / "exports", ending=".parquet")
    empty = [path.name for path in paths if path.is_file() and not path.stat().st_size]
    _require(len(paths) == 12 and not empty, f"exports are {len(paths)}, empty are {empty}")


def _handing_on(folder: Path) -> None:
    from aegui.exports.notebook import keras_notebook
    from aegui.exports.script import keras_script

    run = _run(folder)
    _require("keras" in keras_script(run.card.experiment), "a script is without Keras")
    keras_notebook(run.card.experiment)
    pack_run(run.card.folder, folder / "handed.aegui")
    again = read_run(unpack_run(folder / "handed.aegui", folder / "received"))
    same = all(map(np.array_equal, run.weights, again.weights))
    _require(same, "a run came back with other weights")


def _reporting(folder: Path) -> None:
    from aegui.run_report import make_report
    from aegui.ui.handing.report_file import write_report

    write_report(make_report([_run(folder)]), folder / "report.html")
    words = (folder / "report.html").read_text(encoding="utf-8")
    _require("<table" in words and "image/svg" in words, "a report is without figures or tables")


def _baselines(folder: Path) -> None:
    from aegui.yardstick import baselines_of

    run = _run(folder)
    found = baselines_of(run.card.experiment, run.card.folder)
    _require(found.pca is not None, "there is no PCA")


def _map(_folder: Path) -> None:
    from aegui.analysis.tsne import make_tsne

    codes = np.random.default_rng(1).random((_TSNE_ROWS, 8), np.float32)
    found = make_tsne(codes, lambda _share: True)
    if found is None:
        raise PartError("t-SNE was called off by nobody")
    found.decode_places(found.places[:2])


def _own_data(folder: Path) -> None:
    """Read a table as CSV and Parquet, an array, and pictures."""
    import polars as pl
    from PIL import Image

    from aegui.data.files import Choices, open_file, propose

    place = folder / "own"
    (place / "pictures").mkdir(parents=True)
    table = pl.DataFrame(np.random.default_rng(1).random((40, 3)), schema=["a", "b", "c"])
    table.write_csv(place / "table.csv")
    table.write_parquet(place / "table.parquet")
    np.savez_compressed(place / "rows.npz", rows=table.to_numpy())
    for number, row in enumerate(_digits()):
        picture = Image.fromarray(np.uint8(255 * row.reshape(28, 28)))
        for ending in ("png", "jpg"):
            picture.save(place / "pictures" / f"{number}.{ending}")
    for name in ("table.csv", "table.parquet", "rows.npz", "pictures"):
        spec = propose(open_file(place / name, Choices()), Choices())
        _require(spec.features in (3, 784), f"{name} has {spec.features} features")


_PARTS: dict[str, Callable[[Path], None]] = {
    "modules": _modules,
    "training": _training,
    "reopening": _reopening,
    "exporting": _exporting,
    "handing on": _handing_on,
    "reporting": _reporting,
    "baselines": _baselines,
    "map": _map,
    "own data": _own_data,
}


def _run(folder: Path) -> StoredRun:
    """Return what the training left, read from the disk."""
    (path,) = (folder / _RUNS).iterdir()
    return read_run(path)


def _digits() -> FloatArray:
    from aegui.data import load_dataset

    return load_dataset(_DATA).test[:20]


def _require(is_so: bool, complaint: str) -> None:
    if not is_so:
        raise PartError(complaint)
