"""Freeze aegui on this machine: a folder that runs without Python, and an archive of it.

    python packaging/build.py              # folder and release archive, in packaging/dist
    python packaging/build.py --quick      # the archive packed fast, and larger
    python packaging/build.py --stopwatch  # with a second program, that start.py measures with
    python packaging/build.py --lock       # write the lock file anew, from pyproject.toml
    python packaging/build.py --compare A B    # of two folders: whether they hold the same files

Needs Python with pip and venv, and on Linux ``xz`` and the binutils (``strip``, ``as``, ``ld``).
The program is made in an environment of its own; what it leaves out is said in ``rules.py``.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar, TypeVarTuple

import icu
import sizes
from archive import pack
from environment import ROOT, make_environment, write_lock
from same import link_same
from stripping import strip_all
from system_licences import system_licences

sys.path.insert(0, str(ROOT))

from aegui import __version__

HERE = ROOT / "packaging"
WORK, DIST = HERE / "build", HERE / "dist"
NAME = f"aegui-{__version__}-{sys.platform}-{platform.machine()}"
T = TypeVar("T")
Ts = TypeVarTuple("Ts")
_BESIDE = (HERE / "install.sh", HERE / "CHANGELOG.md", ROOT / "LICENSE")


def main() -> int:
    """Do what the arguments say; return the exit status."""
    options = _options()
    if options.lock:
        write_lock()
        return 0
    if options.compare:
        return sizes.compare(*options.compare)
    build(quick=options.quick, stopwatch=options.stopwatch)
    return 0


def build(*, quick: bool, stopwatch: bool) -> None:
    """Make folder and archive, and say how large they are and what took how long."""
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.rmtree(DIST, ignore_errors=True)
    WORK.mkdir()
    python = _timed("environment", make_environment, WORK / "venv")
    _timed("icons", _run, [python, HERE / "make_icons.py", WORK / "icons"], os.environ)
    _timed("PyInstaller", _freeze, python, stopwatch)
    folder = (DIST / "aegui").rename(DIST / NAME)
    left_out = json.loads((WORK / "aegui" / "left-out.json").read_text(encoding="utf-8"))
    before = sizes.by_part(folder / "_internal")
    if sys.platform == "linux":
        _add_system_licences(folder / "_internal" / "resources" / "LICENCES.txt")
        _timed("strip", _make_smaller, folder / "_internal")
        for path in _BESIDE:
            shutil.copy(path, folder)
        shutil.copytree(WORK / "icons", folder / "icons")
    sizes.report(folder, before, left_out)
    if sys.platform == "linux":
        archive = _timed("archive", pack, folder, quick)
        print(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB")


def _freeze(python: Path, stopwatch: bool) -> None:
    # What PyInstaller keeps between its runs would come from other builds.
    environment = os.environ | {"PYINSTALLER_CONFIG_DIR": str(WORK / "pyinstaller")}
    # Two builds are to be alike: sets are in the same order in both.
    environment |= {"PYTHONHASHSEED": "1", "AEGUI_STOPWATCH": "1" if stopwatch else ""}
    # Where in a line something failed is a sixth of the bytecode, and told beside sources alone.
    environment |= {"PYTHONNODEBUGRANGES": "1"}
    options = ["--noconfirm", "--log-level=ERROR", f"--distpath={DIST}", f"--workpath={WORK}"]
    _run([python, "-m", "PyInstaller", *options, HERE / "aegui.spec"], environment)


def _add_system_licences(licences: Path) -> None:
    """Have the list of licences go on with those of what this machine's system gave."""
    listed = json.loads((WORK / "aegui" / "libraries.json").read_text(encoding="utf-8"))
    # What pip installed and Python itself are in the list.
    known = (WORK, ROOT, Path(sysconfig.get_path("stdlib")))
    others = [path for path in map(Path, listed) if not any(map(path.is_relative_to, known))]
    others = [path for path in others if not path.name.startswith("libpython")]
    with licences.open("a", encoding="utf-8") as file:
        file.write("\n\n" + system_licences(others))


def _make_smaller(internal: Path) -> None:
    strip_all(internal)
    link_same(internal)
    for path in internal.glob("PySide6/Qt/lib/libicudata.so.*"):
        icu.shrink(path, WORK)


def _run(command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
    subprocess.run(command, check=True, env=environment)


def _timed(what: str, do: Callable[[*Ts], T], *arguments: *Ts) -> T:
    began = time.perf_counter()
    result = do(*arguments)
    print(f"{what}: {time.perf_counter() - began:.0f} s", flush=True)
    return result


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="pack the archive fast, and larger")
    parser.add_argument("--stopwatch", action="store_true", help="add a program to measure with")
    parser.add_argument("--lock", action="store_true", help="write the lock file anew")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("A", "B"), help="of two folders")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
