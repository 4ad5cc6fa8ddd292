"""Starts in bad places: each says a sentence, or simply works."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from aegui.runs import Library

ROOT = Path(__file__).resolve().parent.parent.parent
_OPENED = str(Path(__file__).with_name("opened.py"))
_NO_AVX = "processor\t: 0\nflags\t\t: fpu sse4_2 popcnt\n"


def _open(
    *options: str, cwd: Path | None = None, **environment: str | None
) -> subprocess.Popen[str]:
    given = os.environ | {"QT_QPA_PLATFORM": "offscreen"} | environment
    return subprocess.Popen(
        [sys.executable, _OPENED, *options],
        cwd=cwd,
        env={name: value for name, value in given.items() if value is not None},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _end(process: subprocess.Popen[str]) -> tuple[dict[str, Any], str]:
    """Return what was seen, and what stood on standard error; the end must be a good one."""
    out, err = process.communicate(timeout=90)
    assert process.returncode == 0, err
    return json.loads(out), err


def test_a_home_and_a_current_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    home = str(tmp_path / "file" / "home")
    nowhere = {"AEGUI_HOME": None, "XDG_DATA_HOME": None, "XDG_STATE_HOME": None, "HOME": home}
    # There not even root may make a file.
    cwd = Path("/proc") if sys.platform == "linux" else None
    seen, err = _end(_open("--train", cwd=cwd, **nowhere))
    assert seen["state"] == "failed"
    assert "cannot be written" in seen["notice"]
    assert "There is no log" in err
    assert "Traceback" not in err


def test_a_path_with_spaces_and_other_letters(tmp_path: Path) -> None:
    place = tmp_path / "Größe und Maß 数"
    shutil.copytree(ROOT / "aegui", place / "aegui", ignore=shutil.ignore_patterns("__pycache__"))
    (place / "resources").symlink_to(ROOT / "resources")
    home = place / "meine Läufe"
    seen, err = _end(_open("--train", cwd=place, AEGUI_HOME=str(home), PYTHONPATH=str(place)))
    assert seen["program"].startswith(str(place))
    assert seen["state"] == "finished"
    assert seen["notice"] == ""
    assert err == ""
    assert len(Library(home / "runs").list_runs().cards) == 1


def test_two_at_once_do_not_meet(tmp_path: Path) -> None:
    processes = [_open("--train", AEGUI_HOME=str(tmp_path)) for _ in range(2)]
    for seen, err in map(_end, processes):
        assert (seen["state"], seen["notice"], err) == ("finished", "", "")
    listing = Library(tmp_path / "runs").list_runs()
    assert len(listing.cards) == 2
    assert listing.errors == ()
    assert json.loads((tmp_path / "settings.json").read_text())["experiment"]
    logs = {path.name for path in (tmp_path / "logs").iterdir()}
    assert logs == {"aegui.log", "aegui-2.log"}


def test_broken_settings(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_bytes(b'{"theme": "dark", \xff\x00')
    (tmp_path / "window.ini").write_bytes(b"[General\ngeometry=@ByteArray(\\x1\\xd9junk\n\xff\x00]")
    seen, err = _end(_open(AEGUI_HOME=str(tmp_path)))
    assert seen["notice"] == ""
    assert "settings.broken.json" in err
    assert "Traceback" not in err
    assert (tmp_path / "settings.broken.json").exists()
    assert json.loads((tmp_path / "settings.json").read_text())["theme"] == "system"


def test_a_crash_is_told_once_and_quietly(tmp_path: Path) -> None:
    crash = tmp_path / "logs" / "aegui.crash"
    crash.parent.mkdir()
    crash.write_text("Fatal Python error: Segmentation fault\n")
    seen, err = _end(_open(AEGUI_HOME=str(tmp_path)))
    assert seen["notice"].startswith("aegui ended unexpectedly last time")
    assert err == ""
    assert "Segmentation fault" in crash.with_suffix(".log").read_text()
    assert not crash.exists()
    seen, _ = _end(_open(AEGUI_HOME=str(tmp_path)))
    assert seen["notice"] == ""


def test_a_window_that_cannot_be_opened_says_so_in_a_dialog(tmp_path: Path) -> None:
    code = """
import sys
from PySide6.QtWidgets import QLabel
import aegui.app as app
from aegui.places import resource
app.open_window = lambda _application: resource("nothing.qss")
app.ErrorDialog.exec = lambda self: print([part.text() for part in self.findChildren(QLabel)])
sys.exit(app.run(["aegui"]))
"""
    process = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "AEGUI_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert process.returncode == 1
    for said in (process.stdout, process.stderr):
        assert "aegui cannot open its window: " in said
        assert "nothing.qss is missing" in said
    assert "Traceback" not in process.stderr
    assert "Traceback" in (tmp_path / "logs" / "aegui.log").read_text()
    assert not (tmp_path / "logs" / "aegui.crash").exists()


def test_a_processor_without_avx_is_told_in_the_window(tmp_path: Path) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(_NO_AVX)
    seen, err = _end(_open("--train", "--cpuinfo", str(cpuinfo), AEGUI_HOME=str(tmp_path)))
    assert seen["state"] == "failed"
    assert seen["notice"].startswith("This computer's processor lacks AVX, which TensorFlow needs")
    assert err == ""


@pytest.mark.parametrize(
    "command", [["train", "noise-simple"], ["sweep", "noise-simple", "--seeds", "2"]]
)
def test_a_processor_without_avx_is_told_on_the_command_line(
    tmp_path: Path, command: list[str]
) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(_NO_AVX)
    code = (
        "import platform, sys; from pathlib import Path; import aegui.processor as processor; "
        f"processor._ABOUT, processor._INTEL = Path({str(cpuinfo)!r}), (platform.machine(),); "
        f"sys.argv = ['aegui', *{command!r}, '--epochs', '1', '--out', {str(tmp_path / 'out')!r}]; "
        "from aegui.__main__ import main; main()"
    )
    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=90, check=False
    )
    assert process.returncode == 1
    assert process.stdout == ""
    assert "lacks AVX, which TensorFlow needs" in process.stderr
    assert "Traceback" not in process.stderr
    assert not list(tmp_path.glob("out/*"))
