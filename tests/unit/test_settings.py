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
