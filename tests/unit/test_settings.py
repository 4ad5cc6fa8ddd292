import json
import subprocess
import sys
from pathlib import Path

import pytest

from aegui.ui.settings import Settings, read_settings


def test_broken_settings_that_cannot_be_set_aside_stop_no_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError(30, "Read-only file system")

    path = tmp_path / "settings.json"
    path.write_text("{")
    monkeypatch.setattr(Path, "replace", refuse)
    assert read_settings(path) == Settings()
    assert path.read_text() == "{"


_WRITER = """
import sys
from pathlib import Path
from aegui.specs import ExperimentSpec
from aegui.ui.settings import Held, Settings, write_settings
held = Held(experiment=ExperimentSpec())
for count in range(300):
    own = (held,) * (int(sys.argv[2]) if count % 2 else 1)
    write_settings(Path(sys.argv[1]), Settings(own=own))
"""


def test_two_programs_that_keep_their_settings_at_once_leave_whole_ones(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(path), count], stderr=subprocess.PIPE, text=True
        )
        for count in ("3", "20")
    ]
    while any(writer.poll() is None for writer in writers):
        if path.exists():
            json.loads(path.read_text())
    assert [writer.communicate()[1] for writer in writers] == ["", ""]
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]
