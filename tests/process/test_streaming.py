"""A file of more bytes than memory is trained on by the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROWS, FEATURES = 5_000_000, 32
MOST_MEGABYTES = 550
"""Beside TensorFlow's own: the rows take 640, and twice as much to be learned in memory."""


def _write(path: Path) -> None:
    part = np.random.default_rng(0).random((ROWS // 10, FEATURES), dtype=np.float32)
    rows = np.lib.format.open_memmap(path, "w+", np.float32, (ROWS, FEATURES))
    for place in range(10):
        rows[place::10] = part
    del rows


@pytest.mark.slow
def test_a_file_larger_than_memory_is_trained_on_within_its_limit(tmp_path: Path) -> None:
    data = tmp_path / "rows.npy"
    _write(data)
    words = ["train", "noise-simple", "--data", str(data), "--epochs", "2", "--json"]
    script = Path(__file__).with_name("streaming.py")
    process = subprocess.run(
        [sys.executable, str(script), str(MOST_MEGABYTES), *words],
        env=os.environ | {"AEGUI_HOME": str(tmp_path / "home"), "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    data.unlink()
    assert process.returncode == 0, process.stderr
    assert "The rows stay in the file" in process.stderr, "nobody asked for it"
    summary, memory = map(json.loads, process.stdout.splitlines()[-2:])
    assert summary["epochs"] == 2
    # The cross-entropy of always answering one half is 0.693.
    assert summary["val_loss"] < 0.69
    assert memory["megabytes"] < 0.6 * ROWS * FEATURES * 4 / 2**20
