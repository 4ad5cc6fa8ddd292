"""What an import costs once Qt is there."""

import importlib
import linecache
from pathlib import Path

import pytest

import aegui.ui


def test_qt_does_not_keep_the_sources_of_what_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert aegui.ui.__doc__
    source = tmp_path / "aegui_test_newcomer.py"
    source.write_text("import json\nWORD = 'here'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))

    assert __import__("aegui_test_newcomer").WORD == "here"

    assert importlib.import_module("aegui_test_newcomer").WORD == "here"
    assert str(source) not in linecache.cache
