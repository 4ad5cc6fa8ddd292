"""What the frozen program is made of, as far as that can be told without freezing it."""

import ctypes.util
import importlib.util
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
RULES = runpy.run_path(str(ROOT / "packaging" / "rules.py"))


def test_the_lock_file_has_all_that_is_asked_for() -> None:
    lock = (ROOT / "packaging" / "lock-linux-x86_64.txt").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for text in (*project["dependencies"], *project["optional-dependencies"]["package"]):
        wanted = Requirement(text.replace("tensorflow>", "tensorflow-cpu>"))
        version = locked.get(wanted.name.lower())
        assert version is not None, f"{text}: remake the lock file (packaging/build.py --lock)"
        assert version in wanted.specifier


def test_with_a_library_goes_the_link_to_it() -> None:
    files = [
        ("tensorflow/libtensorflow_cc.so.2", "/site/libtensorflow_cc.so.2", "BINARY"),
        ("PySide6/Qt/lib/libQt6Network.so.6", "/site/libQt6Network.so.6", "BINARY"),
        ("libQt6Network.so.6", "PySide6/Qt/lib/libQt6Network.so.6", "SYMLINK"),
        ("PySide6/Qt/translations/qt_de.qm", "/site/qt_de.qm", "DATA"),
    ]
    carried, left_out = RULES["sort_out"](files)
    assert carried == files[:1]
    sources = {source for group in left_out.values() for source in group}
    assert sources == {"/site/libQt6Network.so.6", "/site/qt_de.qm"}


@pytest.mark.parametrize(
    ("argument", "sentence"),
    [("--remove", "'--remove' is not known"), ("--uninstall", "there is no aegui in")],
)
def test_the_installer_says_what_it_does_not_do(
    tmp_path: Path, argument: str, sentence: str
) -> None:
    done = subprocess.run(
        ["/bin/sh", ROOT / "packaging" / "install.sh", argument],
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert sentence in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_library_without_names_of_its_own_loads_and_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    names = importlib.import_module("names")
    found = importlib.util.find_spec("tensorflow")
    assert found is not None
    assert found.submodule_search_locations is not None
    library = Path(found.submodule_search_locations[0], "libtensorflow_framework.so.2")
    smaller = Path(shutil.copy(library, tmp_path))
    names.hide_own_names(smaller, set())
    assert smaller.stat().st_size < library.stat().st_size - 5_000_000
    code = (
        "import ctypes, sys; library = ctypes.CDLL(sys.argv[1]); "
        "library.TF_NewStatus.restype = ctypes.c_void_p; "
        "print(library.TF_GetCode(ctypes.c_void_p(library.TF_NewStatus())))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, smaller], capture_output=True, text=True, check=True
    )
    assert done.stdout == "0\n"


def test_libraries_of_the_system_are_named_with_their_licences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(ROOT / "packaging")
    own = tmp_path / "libmine.so.1"
    own.touch()
    of_system = Path(ctypes.util.find_library("z") or "")
    text = runpy.run_path(str(ROOT / "packaging" / "system_licences.py"))["system_licences"](
        [own, *Path("/lib").glob(f"*/{of_system}")]
    )
    assert "libmine.so.1: not found on the machine that made the program" in text
    if shutil.which("dpkg-query"):
        assert f"  zlib1g ({of_system}): Zlib" in text
        assert "Jean-loup Gailly and Mark Adler" in text
