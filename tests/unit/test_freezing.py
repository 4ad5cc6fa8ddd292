"""What the frozen program is made of, as far as that can be told without freezing it."""

import re
import runpy
import subprocess
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
