"""The environment that the program is frozen from: made afresh, from a list of exact versions."""

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "lock-linux-x86_64.txt"
PYTHONS = ("3.11", "3.12", "3.13")
_HEAD = """\
# Exact versions of all that the frozen program is made of and with, and the checksums of their
# wheels for each Python that aegui takes. Remade by: python packaging/build.py --lock
"""


def make_environment(folder: Path) -> Path:
    """Make a virtual environment of what the lock file names; return its interpreter.

    Raises ``subprocess.CalledProcessError`` when something cannot be had or has another checksum.
    """
    subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    # Compiling is left to PyInstaller, for what is carried.
    options = ["--quiet", "--disable-pip-version-check", "--no-compile", "--no-deps"]
    options += ["--require-hashes", f"--requirement={LOCK}"]
    subprocess.run([python, "-m", "pip", "install", *options], check=True)
    return python


def write_lock() -> None:
    """Ask pip what it would install for each Python, and write down versions and checksums.

    The first Python's versions are those of all: one list, whichever of them builds.
    """
    versions: dict[str, str] = {}
    hashes: defaultdict[str, set[str]] = defaultdict(set)
    for python in PYTHONS:
        wanted = [f"{name}=={version}" for name, version in versions.items()] or _wanted()
        for item in _resolve(python, wanted):
            name = item["metadata"]["name"].lower().replace("_", "-")
            versions[name] = item["metadata"]["version"]
            hashes[name].add(item["download_info"]["archive_info"]["hashes"]["sha256"])
    lines = [
        f"{name}=={versions[name]}"
        + "".join(f" \\\n    --hash=sha256:{each}" for each in sorted(hashes[name]))
        for name in sorted(versions)
    ]
    LOCK.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def _wanted() -> list[str]:
    """Return what aegui asks for, and PyInstaller, in the forms that a program has.

    TensorFlow comes without its parts for graphics cards, and polars for all processors that
    TensorFlow runs on, not only for those of the last ten years.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["package"]]
    forms = {"tensorflow": "tensorflow-cpu", "polars": "polars[rtcompat]"}
    parts = [name.partition(">") for name in wanted]
    return [forms.get(name, name) + sign + version for name, sign, version in parts]


def _resolve(python: str, wanted: list[str]) -> list[dict[str, Any]]:
    """Return pip's report of what it would install for a Python on Linux."""
    with tempfile.TemporaryDirectory() as nowhere:
        report = Path(nowhere, "report.json")
        options = ["--quiet", "--dry-run", "--ignore-installed", "--only-binary=:all:"]
        options += ["--python-version", python, "--target", nowhere, "--report", str(report)]
        subprocess.run([sys.executable, "-m", "pip", "install", *options, *wanted], check=True)
        found: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["install"]
        return found
