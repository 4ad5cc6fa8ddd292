"""A process that quits while a QThread runs aborts: closing must end well in every state."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_STATES = ["shown", "loading", "ready", "queued", "data", "compiling"]
_STATES += ["training", "paused", "finished", "sweep starting", "sweeping"]


@pytest.mark.slow
@pytest.mark.parametrize("state", _STATES)
def test_closing_ends_with_status_0(state: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "AEGUI_HOME": str(home)}
    process = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("closing.py")), state],
        env=environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    assert "QThread" not in process.stderr
    assert "Traceback" not in process.stderr
    assert (home / "settings.json").exists()
    if state in ("training", "paused", "finished"):
        results = list(home.glob("runs/*/result.json"))
        assert len(results) == 1
        status = json.loads(results[0].read_text())["status"]
        assert status == ("finished" if state == "finished" else "stopped")
