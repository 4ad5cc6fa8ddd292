"""Prove that an archive of aegui works where there is no Python, no checkout and an empty home.

    python packaging/prove.py packaging/dist/aegui-VERSION-linux-x86_64.tar.xz

Needs ``xz`` and Xvfb. Run by root, as in a container, it lets somebody without rights use the
program. The program lies in a folder that cannot be written, with spaces and letters beyond ASCII
in its path.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_NOBODY = 65534
_PATIENCE = 300
_NO: Mapping[str, str] = {}
# What is no reason for Python and Qt to end, and looks bad all the same.
_DEFECTS = ("Traceback", "Could not parse application stylesheet")
_PLACE = "Zoë's programs – программы"


class ProofError(Exception):
    """Something is not as it should be; the message says what."""


class Guest:
    """Somebody who has nothing but a home folder, and the programs of the system."""

    def __init__(self, home: Path) -> None:
        home.mkdir()
        self.home = home
        self._who: dict[str, Any] = {}
        if os.geteuid() == 0:
            os.chown(home, _NOBODY, _NOBODY)
            self._who = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}

    def run(
        self, *command: str | Path, status: int = 0, environment: Mapping[str, str] = _NO
    ) -> str:
        """Run a program with an environment of its own; return what it wrote.

        Raises ``ProofError`` where it ends with another status, or tells a defect.
        """
        done: subprocess.CompletedProcess[str] = subprocess.run(
            command,
            env={"HOME": str(self.home), "PATH": "/usr/bin:/bin"} | dict(environment),
            cwd=self.home,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_PATIENCE,
            check=False,
            **self._who,
        )
        if done.returncode != status or any(word in done.stderr for word in _DEFECTS):
            told = f"{' '.join(map(str, command))} ended with status {done.returncode}"
            raise ProofError(f"{told}, not {status}:\n{done.stdout}\n{done.stderr}")
        return done.stdout + done.stderr

    def everything(self) -> dict[str, tuple[int, bytes | str | None]]:
        """Return all that the home holds: kinds and rights, and what is in files and links."""
        found: dict[str, tuple[int, bytes | str | None]] = {}
        for path in sorted(self.home.rglob("*")):
            content: bytes | str | None = None
            if path.is_symlink():
                content = str(path.readlink())
            elif path.is_file():
                content = path.read_bytes()
            found[str(path.relative_to(self.home))] = (path.lstat().st_mode, content)
        return found


def main() -> int:
    """Prove one archive; return the exit status."""
    archive = Path(sys.argv[1]).resolve()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="aegui-proof-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        try:
            with _told("unpacked"):
                unpacked = _unpack(archive, place / _PLACE)
            _prove(unpacked, place)
        except ProofError as error:
            print(f"aegui's archive does not work: {error}")
            return 1
        finally:
            subprocess.run(["chmod", "-R", "u+w", place], check=True)
    print(f"{archive.name} works; proven in {time.perf_counter() - began:.0f} s")
    return 0


def _prove(unpacked: Path, place: Path) -> None:
    program = unpacked / "aegui"
    with _told("selftest off the screen, no locale"):
        guest = Guest(place / "first")
        print(guest.run(program, "selftest", environment={"QT_QPA_PLATFORM": "offscreen"}), end="")
    with _told("selftest under Xvfb"), _display() as display:
        guest = Guest(place / "second home")
        words = guest.run(program, "selftest", environment={"DISPLAY": display, "LANG": "C.UTF-8"})
        _require("selftest passed" in words, words)
    with _told("training by the command line"):
        _train(program, guest)
    with _told("a sweep in two processes"):
        _sweep(program, guest)
    with _told("without a display, a sentence"):
        words = guest.run(program, status=1)
        _require("no window can be opened here" in words, words)
    with _told("installed and removed"):
        _install(unpacked, Guest(place / "дом third"))


def _train(program: Path, guest: Guest) -> None:
    words = guest.run(program, "train", "mnist", "--epochs", "1", "--json")
    result = json.loads(words.splitlines()[0])
    _require(result["epochs"] == 1, words)
    runs = list((guest.home / ".local/share/aegui/runs").iterdir())
    _require(len(runs) == 1 and (runs[0] / "model.keras").is_file(), f"kept were {runs}")


def _sweep(program: Path, guest: Guest) -> None:
    little = ("--rows", "1000", "--epochs", "1")
    words = guest.run(
        program, "sweep", "mnist", "--over", "code.width=4,8", *little, "--jobs", "2", "--json"
    )
    trials = json.loads(words.splitlines()[0])["trials"]
    _require(len(trials) == 2, words)


def _install(unpacked: Path, guest: Guest) -> None:
    """Install twice, look at what is there, use it, and find the home as it was."""
    menu = guest.home / "my data" / "applications"
    guest.run("mkdir", "-p", menu)
    guest.run("sh", "-c", f"echo '[Desktop Entry]' > '{menu}/other.desktop'")
    before = guest.everything()
    data = {"XDG_DATA_HOME": str(guest.home / "my data")}
    for _ in range(2):
        guest.run("sh", unpacked / "install.sh", environment=data)
    entry = (menu / "aegui.desktop").read_text(encoding="utf-8")
    _require(f'Exec="{guest.home}/my data/aegui-program/aegui" %f' in entry, entry)
    icons = list((guest.home / "my data/icons/hicolor").rglob("aegui.*"))
    _require(len(icons) == 8, f"icons are {icons}")
    if shutil.which("update-mime-database"):
        kinds = (guest.home / "my data/mime/globs").read_text(encoding="utf-8")
        _require("application/x-aegui-run:*.aegui" in kinds, kinds)
    words = guest.run(guest.home / ".local/bin/aegui", "--version", environment=data)
    _require(words.startswith("aegui "), words)
    guest.run(
        "sh", guest.home / "my data/aegui-program/install.sh", "--uninstall", environment=data
    )
    after = guest.everything()
    changed = sorted(name for name in before | after if before.get(name) != after.get(name))
    _require(not changed, f"uninstalling left or changed {changed}")


def _unpack(archive: Path, target: Path) -> Path:
    """Unpack, and take everybody's right to write; return the program's folder."""
    target.mkdir()
    subprocess.run(["tar", "-xf", archive, "-C", target], check=True)
    subprocess.run(["chmod", "-R", "a-w", target], check=True)
    (unpacked,) = target.iterdir()
    return unpacked


@contextmanager
def _display() -> Iterator[str]:
    """Keep a screen that nobody sees, and give its name."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


@contextmanager
def _told(what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"{time.perf_counter() - began:6.1f} s  {what}", flush=True)


def _require(is_so: bool, words: str) -> None:
    if not is_so:
        raise ProofError(words)


if __name__ == "__main__":
    sys.exit(main())
