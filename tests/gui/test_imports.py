"""What an import costs once Qt is there."""

import importlib
import linecache
from pathlib import Path

import pytest


def test_qt_does_not_keep_the_sources_of_what_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    importlib.import_module("aegui.ui")
    source = tmp_path / "aegui_test_newcomer.py"
    source.write_text("WORD = 'here'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))

    # As the statement does it: `import_module` goes round what PySide6 puts in its way.
    assert __import__("aegui_test_newcomer").WORD == "here"

    assert str(source) not in linecache.cache
