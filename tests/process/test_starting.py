"""What the program does before there is a window."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def _start(*arguments: str, **environment: str | None) -> subprocess.CompletedProcess[str]:
    whole = {name: value for name, value in (os.environ | environment).items() if value is not None}
    return subprocess.run(
        [sys.executable, "-m", "aegui", *arguments],
        env=whole,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


_NOTHING: dict[str, str | None] = {
    "DISPLAY": None,
    "WAYLAND_DISPLAY": None,
    "QT_QPA_PLATFORM": None,
}


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param(_NOTHING, id="no display"),
        pytest.param(_NOTHING | {"DISPLAY": ":4711"}, id="a dead display"),
        pytest.param(
            _NOTHING | {"DISPLAY": ":4711", "QT_QPA_PLATFORM_PLUGIN_PATH": "/nowhere"},
            id="no xcb plugin",
        ),
    ],
)
def test_without_a_usable_display_a_sentence_is_said(environment: dict[str, str | None]) -> None:
    process = _start(**environment)
    assert process.returncode == 1
    assert process.stdout == ""
    assert "no window can be opened here" in process.stderr
    assert "libxcb-cursor0" in process.stderr
    assert "Traceback" not in process.stderr


def test_a_later_end_of_qt_is_no_missing_display(tmp_path: Path) -> None:
    code = (
        "from PySide6.QtCore import qFatal; from aegui.app import make_application; "
        "application = make_application(['aegui']); qFatal('the plot is lost')"
    )
    process = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "AEGUI_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert process.returncode == 1
    assert "the plot is lost" in process.stderr
    assert "the window broke off" in process.stderr
    assert "display" not in process.stderr


def test_commands_that_need_no_display_work_without_one() -> None:
    process = _start("lessons", **_NOTHING)
    assert process.returncode == 0
    for name in ("noise-simple", "noise-deep", "mnist"):
        assert name in process.stdout


_HEAVY = ("tensorflow", "keras", "sklearn", "pyqtgraph", "polars", "PIL")


@pytest.mark.parametrize(
    ("module", "heavy"),
    [("aegui.app", ("numpy", *_HEAVY)), ("aegui.control", ("numpy",)), ("aegui.cli", _HEAVY)],
)
def test_the_window_does_not_wait_for_heavy_imports(module: str, heavy: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print([name for name in {heavy} if name in sys.modules])"
    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert process.stdout.strip() == "[]"


def test_the_window_does_not_wait_for_the_command_line() -> None:
    code = "import sys, aegui.app, aegui.__main__; print({'typer', 'rich'} & set(sys.modules))"
    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert process.stdout.strip() == "set()"
