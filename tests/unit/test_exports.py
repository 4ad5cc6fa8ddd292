"""Keras scripts and notebooks of experiments: run as they are, and compared with the engine."""

import ast
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from aegui.cli import app
from aegui.control import RunState, TrainingControl
from aegui.data import load_dataset, read_npz
from aegui.engine.backend import keras
from aegui.engine.models import build_models
from aegui.engine.seeds import initialise
from aegui.engine.training import train
from aegui.exports import keras_notebook, keras_script
from aegui.exports.script import sections
from aegui.places import resource
from aegui.records import EpochRecord, History, RunEvent, TrainingObserver
from aegui.specs import (
    LESSONS,
    AdamWSpec,
    ArchitectureSpec,
    ConvLayer,
    DenseCode,
    DenseLayer,
    EarlyStoppingSpec,
    ExperimentSpec,
    MaskingCorruption,
    MnistSpec,
    NoiseSpec,
    PlateauSpec,
    SgdSpec,
    TrainingSpec,
    VariationalCode,
)

# Steps of 100 rows come out even: a shorter last one would be compiled by itself.
ROWS = 2000


def _small(experiment: ExperimentSpec) -> ExperimentSpec:
    """Return an experiment with few rows, for two epochs."""
    training = experiment.training.model_copy(update={"epochs": 2, "batch_size": 100})
    dataset = experiment.dataset.model_copy(update={"rows": ROWS})
    return experiment.model_copy(update={"dataset": dataset, "training": training})


_ARCHITECTURES = {
    # Everything that no lesson has.
    "masked, sparse, stepping down": ExperimentSpec(
        dataset=NoiseSpec(features=12, low=-1.0, high=2.0),
        architecture=ArchitectureSpec(
            encoder=(DenseLayer(width=9, batch_norm=True, dropout=0.1),),
            code=DenseCode(width=3, activation="elu", l1=0.001),
            output_activation="linear",
            loss="mean_squared_error",
            optimizer=SgdSpec(learning_rate=0.05),
            corruption=MaskingCorruption(share=0.2),
        ),
        training=TrainingSpec(
            early_stopping=EarlyStoppingSpec(patience=4), plateau=PlateauSpec(patience=2)
        ),
    ),
    "warmed up, with strides that do not divide": ExperimentSpec(
        dataset=MnistSpec(),
        architecture=ArchitectureSpec(
            encoder=(ConvLayer(filters=2, stride=3), DenseLayer(width=20, activation="tanh")),
            code=VariationalCode(width=3, beta=0.5, warm_up_epochs=4),
            optimizer=AdamWSpec(),
        ),
    ),
}
_EXPERIMENTS = {lesson.name: lesson.experiment for lesson in LESSONS} | _ARCHITECTURES
# Lessons that begin with the same experiment have the same script.
_DIFFERENT = {experiment: name for name, experiment in reversed(_EXPERIMENTS.items())}


@pytest.fixture
def _digits_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Keras find the digits without a network."""
    found = read_npz(resource("mnist.npz"))
    parts = ((found["x_train"], found["y_train"]), (found["x_test"], found["y_test"]))
    monkeypatch.setattr(keras.datasets.mnist, "load_data", lambda: parts)


@pytest.mark.usefixtures("_digits_at_hand")
@pytest.mark.parametrize("name", sorted(_DIFFERENT.values()))
def test_a_script_trains_what_the_engine_trains(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    experiment = _small(_EXPERIMENTS[name])
    ours = train(
        experiment, load_dataset(experiment.dataset), TrainingControl(), TrainingObserver()
    )
    assert ours.state is RunState.FINISHED

    names: dict[str, Any] = {"__name__": "script"}
    for section in sections(experiment):
        exec(section.code, names)  # noqa: S102 - to run it is the test
        if section.heading == "The autoencoder":
            # From the same weights; drawn anew, losses would differ by what chance does.
            _require_first_weights(experiment, names["autoencoder"])
    dataset = load_dataset(experiment.dataset)
    np.testing.assert_allclose(names["train"], dataset.train, atol=1e-6)
    np.testing.assert_allclose(names["test"], dataset.test, atol=1e-6)
    (loss,) = [line for line in capsys.readouterr().out.splitlines() if "validation loss" in line]
    assert float(loss.split()[-1]) == pytest.approx(ours.history.last.val_loss, rel=0.02)


def _require_first_weights(experiment: ExperimentSpec, model: keras.Model) -> None:
    models = build_models(experiment.architecture, experiment.dataset.row_shape)
    initialise(models, experiment.training.seed)
    for ours, written in zip(models.autoencoder.get_weights(), model.get_weights(), strict=True):
        # β is a number that may be warmed up, and is drawn by nobody.
        if ours.ndim:
            np.testing.assert_array_equal(written, ours)


@pytest.mark.parametrize("name", sorted(_EXPERIMENTS))
def test_a_script_is_readable_python_without_aegui(name: str) -> None:
    text = keras_script(_EXPERIMENTS[name])
    tree = ast.parse(text)
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert imported == {"keras", "numpy"}
    assert max(len(line) for line in text.splitlines()) <= 100
    # As code is set everywhere: two empty lines before what is defined.
    assert not re.search(r"[^\n]\n{1,2}(class|def) ", text)
    assert "pip install tensorflow" in (ast.get_docstring(tree) or "")


def test_a_script_tells_small_losses(capsys: pytest.CaptureFixture[str]) -> None:
    *_, result = sections(_EXPERIMENTS["noise-simple"])
    rows = np.full((3, 2), 1e-4)
    names: dict[str, Any] = {
        "np": np,
        "test": rows,
        "autoencoder": SimpleNamespace(predict=lambda *_, **__: 2 * rows),
        "history": SimpleNamespace(history={"val_loss": [0.5, 0.000123456]}),
    }
    exec(result.code, names)  # noqa: S102
    told = capsys.readouterr().out
    assert "validation loss 0.0001235\n" in told
    assert "mean 0.0002, spread 0" in told


def test_a_script_says_what_of_its_run_it_does_not_do_again() -> None:
    experiment = _EXPERIMENTS["noise-simple"]
    record = EpochRecord(10, 0.5, 0.5, 8.0, 0.001, 1.0)
    for history in (None, History((record,)), History((record,), (RunEvent(3, "speed", "a"),))):
        assert keras_script(experiment, history) == keras_script(experiment)
    steered = History(
        (replace(record, epoch=4, fraction=0.5),),
        (
            RunEvent(1.0, "continued", "Continued"),
            RunEvent(2.25, "learning_rate", "Learning rate 0.001 → 0.01"),
        ),
    )
    script = keras_script(experiment, steered)
    title = "".join(json.loads(keras_notebook(experiment, steered))["cells"][0]["source"])
    for told in (ast.get_docstring(ast.parse(script)) or "", title):
        assert "its losses may differ" in told
        assert "- Continued after 1 epoch, " in told
        assert "- Learning rate 0.001 → 0.01 by hand after 2.25 epochs" in told
        assert "- Ended after 3.5 epochs of 10" in told
    stopped_itself = History(
        (replace(record, epoch=4),), (RunEvent(4.0, "early_stop", "No progress"),)
    )
    assert keras_script(experiment, stopped_itself) == keras_script(experiment)


@pytest.mark.slow
def test_a_script_runs_as_it_is(tmp_path: Path) -> None:
    experiment = _small(_EXPERIMENTS["noise-simple"])
    path = tmp_path / "noise.py"
    path.write_text(keras_script(experiment), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-I", str(path)], capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 0, ended.stderr
    found = re.search(r"error of a row: mean (\S+), spread", ended.stdout)
    assert found is not None
    # Noise: a quarter for each of 32 numbers.
    assert float(found[1]) == pytest.approx(8.0, abs=0.2)


def test_a_notebook_has_the_script_in_cells() -> None:
    experiment = _EXPERIMENTS["mnist-vae"]
    book = json.loads(keras_notebook(experiment))
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 4)
    kinds = [cell["cell_type"] for cell in book["cells"]]
    assert kinds == ["markdown"] + ["markdown", "code"] * len(sections(experiment))
    code = "\n".join("".join(c["source"]) for c in book["cells"] if c["cell_type"] == "code")
    script = keras_script(experiment)
    for line in filter(None, code.splitlines()):
        assert line in script


def test_the_command_prints_or_saves_a_script(tmp_path: Path) -> None:
    runner = CliRunner()
    printed = runner.invoke(app, ["script", "noise-simple"])
    assert printed.exit_code == 0
    assert printed.stdout == keras_script(_EXPERIMENTS["noise-simple"])
    few = runner.invoke(app, ["script", "noise-simple", "--rows", "500", "--epochs", "3"])
    assert "random((500, 32)" in few.stdout
    assert "epochs=3," in few.stdout
    for name, text in (
        ("noise.py", printed.stdout),
        ("noise.ipynb", keras_notebook(_EXPERIMENTS["noise-simple"])),
    ):
        path = tmp_path / name
        assert runner.invoke(app, ["script", "noise-simple", "--out", str(path)]).exit_code == 0
        assert path.read_text(encoding="utf-8") == text
    for arguments, words in (
        (["nosie"], "there is no lesson of this name"),
        (["noise-simple", "--epochs", "0"], "training.epochs: is 0, but must be at least 1"),
        (["noise-simple", "--out", str(tmp_path / "a.txt")], "a.txt must end in .py"),
        (["noise-simple", "--out", str(tmp_path / "no" / "a.py")], "a.py cannot be written (No"),
    ):
        refused = runner.invoke(app, ["script", *arguments])
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert refused.stderr.startswith("aegui: ")
        assert words in refused.stderr
