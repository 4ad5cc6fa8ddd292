"""What the program says that it is made of."""

import importlib.metadata as metadata
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from aegui import __version__
from aegui.ui.about_dialog import AboutDialog
from aegui.ui.help_dialog import HelpDialog
from aegui.ui.main_window import MainWindow
from aegui.versions import versions

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_help_leads_to_versions_and_licences(
    open_window: Callable[..., MainWindow], hands: Any
) -> None:
    window = open_window()
    seen: list[str] = []

    def look() -> None:
        about = QApplication.activeModalWidget()
        assert isinstance(about, AboutDialog)
        seen.extend([*hands.texts(about), about.licences.toPlainText()])
        hands.click(about, "Copy versions")
        about.close()

    def open_about() -> None:
        help_dialog = QApplication.activeModalWidget()
        assert isinstance(help_dialog, HelpDialog)
        QTimer.singleShot(0, look)
        hands.click(help_dialog, "About aegui…")
        help_dialog.close()

    QTimer.singleShot(0, open_about)
    hands.click(window.top_bar, "Help")
    assert f"aegui {__version__}" in seen
    assert metadata.version("keras") in seen
    assert "SIL OPEN FONT LICENSE" in seen[-1]
    assert f"Keras {metadata.version('keras')}" in QGuiApplication.clipboard().text()


def test_versions_that_nothing_tells_are_not_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def tell(name: str) -> str:
        if name != "tensorflow-cpu":
            raise metadata.PackageNotFoundError(name)
        return "2.99"

    monkeypatch.setattr("aegui.versions.version", tell)
    assert versions()["TensorFlow"] == "2.99"
    assert versions()["Keras"] == "not known"


def test_the_licences_are_made_the_same_again_and_name_all_that_is_needed(tmp_path: Path) -> None:
    made = []
    for name in ("one.txt", "two.txt"):
        script = str(ROOT / "packaging" / "make_licences.py")
        subprocess.run([sys.executable, script, str(tmp_path / name)], check=True, timeout=60)
        made.append((tmp_path / name).read_text(encoding="utf-8"))
    assert made[0] == made[1]
    kept = (ROOT / "resources" / "LICENCES.txt").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for text in (made[0], kept):
        heads = [line.split()[0] for line in text.split("=" * 78)[0].splitlines()[2:] if line]
        listed = {canonicalize_name(name) for name in heads}
        for line in project["dependencies"]:
            assert canonicalize_name(Requirement(line).name) in listed
        assert {"keras", "scipy", "shiboken6"} <= listed
