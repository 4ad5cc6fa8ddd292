"""``aegui sweep`` as a shell sees it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from aegui.runs import read_run
from aegui.specs import (
    ArchitectureSpec,
    Axis,
    DenseCode,
    ExperimentSpec,
    NoiseSpec,
    SweepSpec,
    TrainingSpec,
)

SMALL = ExperimentSpec(
    dataset=NoiseSpec(rows=600, features=6),
    architecture=ArchitectureSpec(code=DenseCode(width=2, activation="sigmoid")),
    training=TrainingSpec(epochs=2, batch_size=64),
)
PATIENCE = 90


@pytest.fixture
def experiment(tmp_path: Path) -> str:
    path = tmp_path / "small.json"
    path.write_text(SMALL.model_dump_json())
    return str(path)


def _start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "aegui", "sweep", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _sweep(*arguments: str) -> tuple[int, str, str]:
    with _start(*arguments) as process:
        out, err = process.communicate(timeout=150)
    assert "Traceback" not in err, err
    return process.returncode, out, err


def _figures(*arguments: str) -> dict[str, Any]:
    status, out, err = _sweep(*arguments, "--json")
    assert status == 0, err
    figures: dict[str, Any] = json.loads(out.splitlines()[-1])
    return figures


def _wait_for(is_so: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.slow
def test_one_process_and_two_give_the_same_figures(experiment: str, tmp_path: Path) -> None:
    over = ("--over", "features=3,6", "--over", "learning_rate=0.001..0.01x10", "--seeds", "2")
    one = _figures(experiment, *over, "--out", str(tmp_path / "one"))
    two = _figures(experiment, *over, "--out", str(tmp_path / "two"), "--jobs", "2")
    assert set(one) == {"trials", "seconds"}
    assert len(one["trials"]) == len(two["trials"]) == 8
    for alone, beside in zip(one["trials"], two["trials"], strict=True):
        assert set(alone) == {
            "settings", "seed", "loss", "val_loss", "error", "baselines", "seconds", "run_dir",
        }  # fmt: skip
        assert alone["baselines"] == beside["baselines"]
        assert alone["baselines"]["pca"]["mean"] < alone["baselines"]["mean"]["mean"]
        assert set(alone["error"]) == {"mean", "std"}
        for name in ("settings", "seed"):
            assert alone[name] == beside[name]
        for name in ("loss", "val_loss"):
            assert beside[name] == pytest.approx(alone[name], abs=1e-5)
        run = read_run(Path(beside["run_dir"]))
        assert run.card.experiment.dataset.features == beside["settings"]["dataset.features"]
        assert run.card.experiment.training.seed == beside["seed"]
        assert run.card.history.last.val_loss == beside["val_loss"]
    first = one["trials"][0]["settings"]
    assert first == {"dataset.features": 3, "architecture.optimizer.learning_rate": 0.001}


@pytest.mark.slow
def test_a_lesson_brings_its_own_sweep(tmp_path: Path) -> None:
    small = ("--rows", "2000", "--epochs", "1", "--seeds", "1", "--out", str(tmp_path))
    found = _figures("noise-features", *small)["trials"]
    assert [trial["settings"] for trial in found] == [
        {"dataset.features": features} for features in (2, 4, 8, 16, 32)
    ]
    (only,) = _figures("noise-deep-as-coded", *small)["trials"]
    assert only["settings"] == {"training.epochs": 1}
    assert read_run(Path(only["run_dir"])).card.history.epochs == 1


def _slow(tmp_path: Path) -> str:
    """Return a file of six trials, each long enough to be interrupted: half a second or more."""
    slow = SMALL.model_copy(
        update={
            "dataset": NoiseSpec(rows=4000, features=6),
            "training": TrainingSpec(epochs=100, batch_size=64),
        }
    )
    path = tmp_path / "slow.json"
    axis = Axis(field="architecture.code.width", values=(1, 2, 3))
    path.write_text(SweepSpec(base=slow, axes=(axis,), seeds=2).model_dump_json())
    return str(path)


def _kept(folder: Path) -> set[str]:
    return {path.parent.name for path in folder.glob("*/trial-*/result.json")}


@pytest.mark.slow
def test_a_killed_worker_costs_only_unfinished_trials(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with _start(_slow(tmp_path), "--jobs", "2", "--json", "--out", str(out)) as process:
        _wait_for(lambda: _kept(out))
        finished = {path: path.stat().st_mtime_ns for path in out.glob("*/trial-*/result.json")}
        workers = [
            child
            for child in psutil.Process(process.pid).children()
            if "spawn_main" in " ".join(child.cmdline())
        ]
        assert len(workers) == 2
        workers[0].kill()
        text, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    assert "A worker was lost; its trials are run again." in err
    assert len(json.loads(text)["trials"]) == 6
    for path, time_of_change in finished.items():
        assert path.stat().st_mtime_ns == time_of_change, "a finished trial was repeated"


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_killed_sweep_goes_on_without_repeating_a_trial(jobs: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = (_slow(tmp_path), "--json", "--out", str(out), "--jobs", jobs)
    with _start(*arguments) as process:
        _wait_for(lambda: _kept(out))
        workers = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.communicate(timeout=PATIENCE)
    assert process.returncode == -signal.SIGKILL
    _, alive = psutil.wait_procs(workers, timeout=30)
    assert not alive, "workers outlive the program that started them"
    before = {path: path.stat().st_mtime_ns for path in out.glob("*/trial-*/result.json")}
    assert 0 < len(before) < 6

    status, text, err = _sweep(*arguments)
    assert status == 0, err
    assert len(list(out.iterdir())) == 1, "it goes on in the same folder"
    trials = json.loads(text)["trials"]
    assert len(trials) == 6
    assert [trial["settings"]["architecture.code.width"] for trial in trials] == [1, 1, 2, 2, 3, 3]
    for path, time_of_change in before.items():
        assert path.stat().st_mtime_ns == time_of_change
    assert f"{6 - len(before)} of 6 trials left" in err


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_finished_trials_and_ends_with_status_130(jobs: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = (_slow(tmp_path), "--json", "--out", str(out), "--jobs", jobs)
    with subprocess.Popen(
        [sys.executable, "-m", "aegui", "sweep", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        _wait_for(lambda: _kept(out))
        # As a terminal does: to the program and to its workers.
        os.killpg(process.pid, signal.SIGINT)
        text, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, err
    assert text == ""
    assert "Traceback" not in err
    assert "KeyboardInterrupt" not in err
    assert "of 6 trials are kept in" in err
    assert 0 < len(_kept(out)) < 6


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["mnits", "--over", "rows=20"], "there is no lesson of this name; there are noise-simple"),
        (["missing.json"], "missing.json: cannot be read"),
        (["noise-simple"], "--over: or --seeds is needed, such as --over code.width=2,4,8"),
        (["noise-simple", "--over", "features"], "features: must be FIELD=VALUES"),
        (["noise-simple", "--over", "wings=1,2"], "wings: is not a setting that a sweep can"),
        (
            ["noise-simple", "--over", "features=1,4"],
            "dataset.features: is 1, but must be at least",
        ),
        (["noise-simple", "--over", "features=4..2"], "must go from the smaller number up"),
        (["noise-simple", "--over", "depth=9"], "depth: is 9, but 32 features can be halved no"),
        (["noise-simple", "--over", "features=2", "--over", "features=4"], "is swept twice"),
        (
            ["noise-simple", *("--over", "depth=1") * 3],
            "axes: has 3 entries, but may have at most 2",
        ),
        (
            ["noise-simple", "--over", "depth=1", "--seeds", "0"],
            "seeds: is 0, but must be at least",
        ),
        (["noise-simple", "--over", "depth=1", "--jobs", "0"], "Invalid value for '--jobs'"),
        (
            ["noise-simple", "--over", "depth=1", "--jobs", "2", "--scheduler", "tcp://x:1"],
            "--jobs: is for this machine and --scheduler for a cluster; give one",
        ),
        (
            ["noise-simple", "--over", "depth=1", "--scheduler", "nonsense"],
            "--scheduler: is 'nonsense', but must be an address such as tcp://127.0.0.1:8786",
        ),
        (["mnist", "--over", "depth=1", "--rows", "100"], "a batch of 256 is larger than the 100"),
    ],
)
def test_bad_input_ends_with_status_2_and_names_the_fault(arguments: list[str], words: str) -> None:
    status, out, err = _sweep(*arguments)
    assert status == 2
    assert out == ""
    assert words in " ".join(err.replace("│", " ").split())
    assert not (Path(os.environ["AEGUI_HOME"]) / "sweeps").exists()


def test_a_file_that_is_no_sweep_and_a_blocked_place_are_named(
    experiment: str, tmp_path: Path
) -> None:
    path = tmp_path / "sweep.json"
    for text, words in (
        ("{", "is not JSON"),
        ('{"base": {}, "axes": [{"field": "depth", "values": []}]}', "axes.0.values"),
        ('{"base": {"dataset": {"kind": "noise", "rows": 1}}, "axes": []}', "base.dataset.rows"),
    ):
        path.write_text(text)
        status, out, err = _sweep(str(path))
        assert (status, out) == (2, "")
        assert f"{path}: " in err
        assert words in err
    status, out, err = _sweep(experiment, "--over", "features=3", "--out", experiment)
    assert (status, out) == (2, "")
    assert f"{experiment} cannot be written" in err


@pytest.mark.slow
def test_a_scheduler_that_cannot_be_reached_is_named_within_a_bounded_time(experiment: str) -> None:
    address = "tcp://127.0.0.1:1"
    status, out, err = _sweep(experiment, "--over", "features=3", "--scheduler", address)
    assert (status, out) == (1, "")
    assert f"The scheduler at {address} cannot be reached" in err
    assert "dask scheduler" in err


@pytest.mark.slow
def test_a_training_that_explodes_is_named_and_the_others_are_told(tmp_path: Path) -> None:
    path = tmp_path / "explosive.json"
    raw = SMALL.model_dump(mode="json")
    raw["architecture"] |= {"loss": "mean_squared_error", "output_activation": "linear"}
    raw["architecture"]["code"]["activation"] = "linear"
    raw["architecture"]["optimizer"] = {"kind": "sgd", "learning_rate": 0.01}
    raw["training"] |= {"epochs": 60, "batch_size": 10}
    path.write_text(json.dumps(raw))
    status, out, err = _sweep(str(path), "--over", "learning_rate=0.001,100", "--json")
    assert status == 1
    assert len(json.loads(out)["trials"]) == 2
    assert "learning_rate = 100: its loss stopped being a finite number" in " ".join(err.split())
