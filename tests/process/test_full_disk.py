"""A disk that takes no more: the run goes on, says so, and nothing that was there is harmed."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from aegui.runs import Library, read_run
from aegui.specs import ArchitectureSpec, DenseCode, ExperimentSpec, NoiseSpec, TrainingSpec

EXPERIMENT = ExperimentSpec(
    dataset=NoiseSpec(rows=500, features=40),
    architecture=ArchitectureSpec(code=DenseCode(width=20)),
    training=TrainingSpec(epochs=2, batch_size=64),
)


def _train(tmp_path: Path, most_bytes: int | None) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        if most_bytes is not None:
            # Writing beyond it fails as it does on a full disk, only in other words.
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    path = tmp_path / "experiment.json"
    path.write_text(EXPERIMENT.model_dump_json())
    return subprocess.run(
        [sys.executable, "-m", "aegui", "train", str(path), "--json", "--out", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=limit,
    )


@pytest.mark.slow
def test_a_state_that_finds_no_room_is_told(tmp_path: Path) -> None:
    whole = _train(tmp_path, None)
    assert whole.returncode == 0, whole.stderr
    (finished,) = Library(tmp_path).list_runs().cards

    process = _train(tmp_path, 10_000)
    figures = json.loads(process.stdout.splitlines()[-1])
    assert figures["run_dir"] is None
    assert figures["val_loss"] == finished.history.last.val_loss
    assert "cannot be written (File too large). Free some space on that disk" in process.stderr
    assert "Traceback" not in process.stderr
    newest, oldest = Library(tmp_path).list_runs().cards
    assert newest.is_interrupted
    assert not list(newest.folder.glob("*part*"))
    assert oldest == finished
    assert read_run(oldest.folder).card.history == finished.history


@pytest.mark.slow
def test_a_folder_that_finds_no_room_is_told_before_training(tmp_path: Path) -> None:
    process = _train(tmp_path, 100)
    assert process.returncode == 2
    assert process.stdout == ""
    assert f"{tmp_path} cannot be written (File too large)" in process.stderr
    assert "Traceback" not in process.stderr
    assert Library(tmp_path).list_runs().cards == ()
    assert [path.name for path in tmp_path.iterdir()] == ["experiment.json"]
