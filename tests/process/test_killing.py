"""``aegui train`` killed with -9 at any moment: what was finished is readable, the rest goes on."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from aegui.runs import Library, RunCard, read_run
from aegui.specs import (
    ArchitectureSpec,
    DenseCode,
    DenseLayer,
    ExperimentSpec,
    SinusoidsSpec,
    TrainingSpec,
)

EPOCHS = 120
EXPERIMENT = ExperimentSpec(
    dataset=SinusoidsSpec(rows=20_000, features=16),
    architecture=ArchitectureSpec(encoder=(DenseLayer(width=12),), code=DenseCode(width=2)),
    training=TrainingSpec(epochs=EPOCHS, batch_size=20),
)
# Losses of two processes agree to the last bits only with an equal number of threads.
_THREADS = {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}


def _aegui(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "aegui", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | _THREADS,
    )


def _kill(process: subprocess.Popen[str], root: Path, seconds: float) -> None:
    """Kill a process so many seconds after its run's folder has appeared."""
    deadline = time.monotonic() + 90
    while not Library(root).list_runs().cards:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def _only_card(root: Path) -> RunCard:
    listing = Library(root).list_runs()
    assert listing.errors == ()
    (card,) = listing.cards
    return card


def _end(process: subprocess.Popen[str]) -> RunCard:
    out, err = process.communicate(timeout=150)
    assert process.returncode == 0, err
    return read_run(Path(json.loads(out.splitlines()[-1])["run_dir"])).card


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_run_that_is_killed_again_and_again_comes_to_the_same_end(tmp_path: Path) -> None:
    path = tmp_path / "experiment.json"
    path.write_text(EXPERIMENT.model_dump_json())
    whole = _end(_aegui("train", str(path), "--json", "--out", str(tmp_path / "whole")))

    root = tmp_path / "killed"
    moments = np.random.default_rng(4)
    _kill(_aegui("train", str(path), "--out", str(root)), root, moments.uniform(0.0, 0.5))
    kept = 0
    for _ in range(2):
        card = _only_card(root)
        assert card.is_interrupted
        assert kept <= card.epochs_kept <= card.history.epochs < EPOCHS
        kept = card.epochs_kept
        # Loading TensorFlow takes most of this: the kill may come before, or inside an epoch.
        process = _aegui("continue", str(card.folder))
        time.sleep(moments.uniform(3.0, 7.0))
        process.kill()
        process.communicate()
        if _only_card(root).summary is not None:
            break
    card = _only_card(root)
    if card.summary is None:
        card = _end(_aegui("continue", str(card.folder), "--json"))
    losses = [[(r.epoch, r.loss, r.val_loss) for r in c.history] for c in (whole, card)]
    assert losses[0] == losses[1]


@pytest.mark.slow
def test_what_was_shown_is_on_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "experiment.json"
    path.write_text(EXPERIMENT.model_dump_json())
    finished = _end(_aegui("train", str(path), "--epochs", "1", "--json", "--out", str(tmp_path)))
    endless = ["train", str(path), "--epochs", "90000", "--out", str(tmp_path)]
    process = _aegui(*endless)
    deadline = time.monotonic() + 90
    shown, kept_before = 0, 0
    while shown < 30:
        assert time.monotonic() < deadline
        card = next((c for c in Library(tmp_path).list_runs().cards if c.is_running), None)
        shown, kept_before = (card.history.epochs, card.epochs_kept) if card else (0, 0)
        time.sleep(0.05)
    process.kill()
    process.communicate()
    newest, oldest = Library(tmp_path).list_runs().cards
    assert newest.is_interrupted
    assert newest.history.epochs >= shown
    assert newest.epochs_kept >= kept_before
    assert oldest.folder == finished.folder
    assert read_run(oldest.folder).card.history == finished.history


def test_what_cannot_be_continued_is_told(tmp_path: Path) -> None:
    for folder, words in ((tmp_path / "nothing", "experiment.json is missing"),):
        process = _aegui("continue", str(folder))
        out, err = process.communicate(timeout=60)
        assert process.returncode == 2
        assert out == ""
        assert words in err
        assert "Traceback" not in err


@pytest.mark.slow
def test_two_programs_in_one_library_do_not_meet(tmp_path: Path) -> None:
    path, root = tmp_path / "experiment.json", tmp_path / "runs"
    path.write_text(EXPERIMENT.model_dump_json())
    train = ["train", str(path), "--epochs", "3", "--json", "--out", str(root)]
    ended = [_end(process) for process in [_aegui(*train), _aegui(*train)]]
    assert ended[0].folder != ended[1].folder
    listing = Library(root).list_runs()
    assert {card.folder for card in listing.cards} == {card.folder for card in ended}
    assert listing.errors == ()

    (ended[0].folder / "result.json").unlink()
    both = [_aegui("continue", str(ended[0].folder), "--json") for _ in range(2)]
    said = [process.communicate(timeout=150) for process in both]
    statuses = sorted(process.returncode for process in both)
    # The other one is told, unless it came so late that all was over.
    assert statuses == [0, 2]
    refused = next(err for process, (_, err) in zip(both, said, strict=True) if process.returncode)
    assert "being trained now" in refused or "its end" in refused or "just being" in refused
    assert read_run(ended[0].folder).card.history.epochs == 3
