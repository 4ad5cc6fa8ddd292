"""What goes out of a run, read back by those that it is for."""

import csv
import shutil
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from aegui.cli import app
from aegui.engine.backend import keras, tf
from aegui.engine.models import build_models
from aegui.engine.plain import trained_model
from aegui.engine.seeds import initialise
from aegui.places import resource
from aegui.records import Baselines, ErrorFigures, FloatArray, History
from aegui.run_exports import export_run
from aegui.runs import (
    RunCard,
    RunError,
    StoredRun,
    note_run,
    read_run,
    rename_run,
    write_baselines,
)
from aegui.specs import (
    ArchitectureSpec,
    ConvLayer,
    DenseCode,
    DenseLayer,
    ExperimentSpec,
    MaskingCorruption,
    MnistSpec,
    VariationalCode,
)
from aegui.specs.presets import preset

# All that no other program knows of, or that works only while training.
STRANGE = ExperimentSpec(
    dataset=MnistSpec(),
    architecture=ArchitectureSpec(
        encoder=(
            ConvLayer(filters=2, stride=3, batch_norm=True, dropout=0.2),
            DenseLayer(width=20, activation="gelu"),
        ),
        code=VariationalCode(width=3),
        corruption=MaskingCorruption(share=0.3),
    ),
)
_PLAIN = ExperimentSpec(
    dataset=MnistSpec(),
    architecture=ArchitectureSpec(
        encoder=(DenseLayer(width=12),), code=DenseCode(width=4, l1=0.01)
    ),
)
_CONV = ExperimentSpec(dataset=MnistSpec(), architecture=preset("convolutional", MnistSpec()))
_MODELS = {"dense": _PLAIN, "convolutional": _CONV, "variational": STRANGE}
ROWS = np.random.default_rng(0).random((7, 784), dtype=np.float32)


@pytest.fixture(scope="module", params=sorted(_MODELS))
def any_run(request: pytest.FixtureRequest) -> StoredRun:
    experiment = _MODELS[request.param]
    models = build_models(experiment.architecture, experiment.dataset.row_shape)
    initialise(models, 3)
    rng = np.random.default_rng(1)
    weights = tuple(
        (w + rng.normal(0, 0.02, w.shape)).astype(np.float32)
        for w in models.autoencoder.get_weights()
    )
    card = RunCard(Path("none"), datetime.now(UTC), experiment, History(), None)
    return StoredRun(card, weights, np.zeros(10_000, np.float32), (), None)


def _expected(run: StoredRun) -> dict[str, tuple[FloatArray, FloatArray]]:
    experiment = run.card.experiment
    row_shape = experiment.dataset.row_shape
    model = trained_model(experiment.architecture, row_shape, run.weights)
    codes = model.encode(ROWS)
    return {
        "autoencoder": (ROWS, model.reconstruct(ROWS)),
        "encoder": (ROWS, codes),
        "decoder": (codes, model.decode(codes)),
    }


def _from_keras(folder: Path, name: str, rows: FloatArray) -> FloatArray:
    # Without what aegui has told this process of its own layers.
    known = dict(keras.saving.get_custom_objects())
    keras.saving.get_custom_objects().clear()
    try:
        model = keras.saving.load_model(folder / f"{name}.keras", safe_mode=True)
    finally:
        keras.saving.get_custom_objects().update(known)
    return np.asarray(model(rows, training=False))


def _from_saved_model(folder: Path, name: str, rows: FloatArray) -> FloatArray:
    loaded = tf.saved_model.load(str(folder / name))
    return loaded.serve(rows).numpy()


def _from_tflite(folder: Path, name: str, rows: FloatArray) -> FloatArray:
    interpreter = tf.lite.Interpreter(str(folder / f"{name}.tflite"))
    (given,), (said,) = interpreter.get_input_details(), interpreter.get_output_details()
    interpreter.resize_tensor_input(given["index"], rows.shape)
    interpreter.allocate_tensors()
    interpreter.set_tensor(given["index"], rows)
    interpreter.invoke()
    return interpreter.get_tensor(said["index"])


# The interpreter that comes with TensorFlow tells of its successor.
@pytest.mark.filterwarnings(r"ignore:\s+Warning. tf.lite.Interpreter is deprecated:UserWarning")
def test_models_say_the_same_in_their_own_runtimes(any_run: StoredRun, tmp_path: Path) -> None:
    written = export_run(any_run, tmp_path, ("keras", "saved_model", "tflite"))
    parts = ("autoencoder", "encoder", "decoder")
    assert {path.name for path in written} == {
        p + e for p in parts for e in ("", ".keras", ".tflite")
    }
    assert set(written) == set(tmp_path.iterdir())
    for part, (rows, expected) in _expected(any_run).items():
        for read in (_from_keras, _from_saved_model, _from_tflite):
            np.testing.assert_allclose(
                read(tmp_path, part, rows),
                expected,
                rtol=0,
                atol=1e-5,
                err_msg=f"{part} {read.__name__}",
            )


def test_tables_are_of_the_test_rows(tmp_path: Path) -> None:
    run = read_run(resource("pretrained"))
    command = ["export", str(resource("pretrained")), "--out", str(tmp_path)]
    said = CliRunner().invoke(app, [*command, "--what", "codes,errors"])
    assert said.exit_code == 0, said.stderr
    assert said.stdout.split() == [str(tmp_path / "codes.csv"), str(tmp_path / "errors.csv")]
    with (tmp_path / "errors.csv").open(newline="", encoding="utf-8") as file:
        head, *lines = csv.reader(file)
    assert head == ["row", "label", "error", "threshold", "above"]
    assert [line[0] for line in lines] == [str(row) for row in range(10_000)]
    assert np.array_equal(np.float32([line[2] for line in lines]), run.row_errors)
    assert sum(int(line[4]) for line in lines) == pytest.approx(500, abs=1)
    export_run(run, tmp_path, ("codes", "reconstructions", "errors"), ".npy")
    codes = np.load(tmp_path / "codes.npy")
    assert codes.shape == (10_000, 32)
    written = np.loadtxt(tmp_path / "codes.csv", delimiter=",", skiprows=1, max_rows=5)
    np.testing.assert_array_equal(np.float32(written), codes[:5])
    assert np.load(tmp_path / "reconstructions.npy").shape == (10_000, 784)
    assert np.array_equal(np.load(tmp_path / "errors.npy"), run.row_errors)


@pytest.mark.usefixtures("qapp")
def test_a_report_is_one_file_in_which_nothing_runs(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        shutil.copytree(resource("pretrained"), folder)
        # To work them out would take scikit-learn a second.
        write_baselines(folder, Baselines(mean=ErrorFigures(mean=118.0, std=16.0), pca=None,
                                          pca_width=32, floor=0.058))  # fmt: skip
    rename_run(one, "<script>alert(1)</script>")
    note_run(one, "</p><img src=x onerror=alert(1)>")
    out = tmp_path / "report.html"
    said = CliRunner().invoke(app, ["report", str(one), str(two), "--out", str(out)])
    assert said.exit_code == 0, said.stderr
    page = _Page()
    page.feed(out.read_text(encoding="utf-8"))
    assert page.open == []
    assert "script" not in page.tags
    assert page.tags.count("img") == 4
    assert all(source.startswith("data:image/svg+xml;base64,") for source in page.sources)
    for words in ("<script>alert(1)</script>", "onerror=alert(1)>", "25.71 ± 9.18", "118 ± 16",
                  "These runs have the same settings.", '"width": 32'):  # fmt: skip
        assert words in page.text
    for arguments, words in (
        ([str(one), "--out", str(tmp_path / "a.txt")], "a.txt must end in .html"),
        ([str(one), "--out", str(tmp_path / "no" / "a.html")], "a.html cannot be written (No"),
        ([str(one)] * 7 + ["--out", str(out)], "is of 1 to 6 runs, not of 7"),
    ):
        refused = CliRunner().invoke(app, ["report", *arguments])
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert words in refused.stderr


class _Page(HTMLParser):
    """Takes note of a document's tags, texts, and what its images are read from."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.sources: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("img", "meta"):
            self.open.append(tag)
        self.sources += [str(value) for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_what_cannot_be_exported_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    run = str(resource("pretrained"))
    for arguments, words in (
        (["--what", "onnx"], "--what: is 'onnx', but must be of keras, saved_model"),
        (["--table", "xls"], "--table: is 'xls', but must be of csv, npy"),
        (["--out", str(file / "x")], "x cannot be written (Not a directory)"),
    ):
        command = ["export", run, "--out", str(tmp_path / "out"), *arguments]
        said: Any = CliRunner().invoke(app, command)
        assert (said.exit_code, said.stdout) == (2, "")
        assert words in said.stderr
    assert list(tmp_path.iterdir()) == [file]

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("aegui.engine.giving.write_tflite", full)
    with pytest.raises(RunError, match="Free some space"):
        export_run(read_run(Path(run)), tmp_path / "out", ("keras", "tflite"))
    assert not list((tmp_path / "out").iterdir())
