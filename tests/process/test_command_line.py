"""``aegui train`` as a shell sees it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aegui.runs import read_baselines, read_run
from aegui.specs import (
    ArchitectureSpec,
    DenseCode,
    ExperimentSpec,
    NoiseSpec,
    SgdSpec,
    TrainingSpec,
)

SMALL = ExperimentSpec(
    dataset=NoiseSpec(rows=500, features=6),
    architecture=ArchitectureSpec(code=DenseCode(width=2)),
    training=TrainingSpec(epochs=2, batch_size=64),
)


def _aegui(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "aegui", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.slow
def test_a_lesson_trains_and_ends_with_one_line_of_json(tmp_path: Path) -> None:
    process = _aegui("train", "mnist", "--epochs", "1", "--rows", "6000", "--json",
                     "--out", str(tmp_path))  # fmt: skip
    assert process.returncode == 0, process.stderr
    figures = json.loads(process.stdout.splitlines()[-1])
    assert set(figures) == {
        "loss", "val_loss", "epochs", "error", "seconds", "peak_rss_mb", "run_dir",
        "baselines",
    }  # fmt: skip
    assert set(figures["error"]) == {"mean", "std"}
    assert set(figures["seconds"]) == {"prepare", "train", "total"}
    assert figures["epochs"] == 1
    assert 0.1 < figures["val_loss"] < 0.5
    baselines = figures["baselines"]
    assert set(baselines) == {"mean", "pca", "pca_width", "floor"}
    assert baselines["pca_width"] == 32
    assert baselines["pca"]["mean"] < baselines["mean"]["mean"]
    assert baselines["floor"] < figures["val_loss"]
    assert read_baselines(Path(figures["run_dir"])).pca_width == 32
    run = read_run(Path(figures["run_dir"]))
    assert run.card.folder.parent == tmp_path
    assert run.card.experiment.dataset.rows == 6000
    assert figures["val_loss"] == run.card.history.last.val_loss


@pytest.mark.slow
def test_a_file_trains_and_seeds_decide(tmp_path: Path) -> None:
    path = tmp_path / "my experiment.json"
    path.write_text(SMALL.model_dump_json())
    losses = []
    for seed in (1, 2):
        out = ("--json", "--out", str(tmp_path / "o"))
        process = _aegui("train", str(path), "--seed", str(seed), *out)
        assert process.returncode == 0, process.stderr
        figures = json.loads(process.stdout)
        assert read_run(Path(figures["run_dir"])).card.experiment.training.seed == seed
        losses.append(figures["loss"])
    assert losses[0] != losses[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["train", "mnits"], "there is no lesson of this name; there are noise-simple"),
        (["train", "missing.json"], "missing.json: cannot be read"),
        (["train", "mnist", "--epochs", "0"], "training.epochs: is 0, but must be at least 1"),
        (["train", "mnist", "--rows", "100"], "a batch of 256 is larger than the 100 training"),
        (["train", "noise-simple", "--seed", "-1"], "training.seed: is -1, but must be at least 0"),
        (["train", "mnist", "--epochs", "many"], "Invalid value for '--epochs'"),
        (["train", "mnist", "--fast"], "No such option"),
        (["trian"], "No such command"),
    ],
)
def test_bad_input_ends_with_status_2_and_names_the_fault(arguments: list[str], words: str) -> None:
    process = _aegui(*arguments)
    assert process.returncode == 2
    assert process.stdout == ""
    assert words in " ".join(process.stderr.replace("│", " ").split())
    assert "Traceback" not in process.stderr


def test_a_file_that_is_no_experiment_is_named(tmp_path: Path) -> None:
    path = tmp_path / "spec.json"
    for text, words in (
        ("{", "is not JSON"),
        ('{"epochs": 3}', "epochs: is not a setting"),
        (
            '{"architecture": {"code": {"kind": "dense", "width": -4}}}',
            "architecture.code.width: is -4",
        ),
    ):
        path.write_text(text)
        process = _aegui("train", str(path))
        assert process.returncode == 2
        assert f"{path}: " in process.stderr
        assert words in process.stderr


def test_a_place_that_cannot_be_written_is_bad_input(tmp_path: Path) -> None:
    path = tmp_path / "spec.json"
    path.write_text(SMALL.model_dump_json())
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    process = _aegui("train", str(path), "--out", str(blocked))
    assert process.returncode == 2
    assert process.stdout == ""
    assert f"{blocked} cannot be written" in process.stderr


@pytest.mark.slow
def test_a_failed_run_ends_with_status_1_and_an_empty_stdout(tmp_path: Path) -> None:
    explosive = SMALL.model_copy(
        update={
            "architecture": ArchitectureSpec(
                code=DenseCode(width=2, activation="linear"),
                output_activation="linear",
                loss="mean_squared_error",
                optimizer=SgdSpec(learning_rate=100),
            ),
            "training": TrainingSpec(epochs=100, batch_size=10),
        }
    )
    path = tmp_path / "explosive.json"
    path.write_text(explosive.model_dump_json())
    process = _aegui("train", str(path), "--json")
    assert process.returncode == 1
    assert process.stdout == ""
    assert "stopped being a finite number" in process.stderr


@pytest.mark.slow
def test_ctrl_c_stops_keeps_and_ends_with_status_130() -> None:
    home = Path(os.environ["AEGUI_HOME"])
    with subprocess.Popen(
        [sys.executable, "-m", "aegui", "train", "noise-deep", "--epochs", "5000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        deadline = time.monotonic() + 60
        while not any(path.read_text().count("\n") > 2 for path in home.rglob("history.csv")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == ""
    assert "what was learned is in" in err
    (folder,) = (home / "runs").iterdir()
    assert read_run(folder).card.history.epochs >= 1
