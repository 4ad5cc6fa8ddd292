"""From the start of the process to the first paint, and to the first drawn stroke rebuilt.

Every repeat is a process of its own, see ``opening.py``. One start before them is not counted:
it brings the files into memory ("warm"). ``--cold`` asks the kernel to forget them before every
start (Linux; what another process holds stays in memory). ``--program`` measures a frozen program,
which has what ``opening.py`` does built in.
"""

import json as json_format
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from report import at_most, show, write_json
from stage import choose_platform

LIMITS = {"first paint": 0.7, "reconstruction": 6.0}
FROZEN_LIMITS = {"first paint": 0.8, "reconstruction": 8.0}
FROZEN_COLD_LIMITS = {"first paint": 3.0}
_OPENING = str(Path(__file__).with_name("opening.py"))


def start(command: list[str]) -> dict[str, float]:
    """Start the application once, as at a first launch; return its times in seconds."""
    # A person's Python keeps the modules that it has compiled, and so does this one.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory(prefix="aegui-benchmark-") as folder:
        began = {"AEGUI_BENCHMARK_BEGAN": str(time.monotonic())}
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            check=True,
            timeout=120,
            env=environment | {"AEGUI_HOME": folder} | began,
        )
    return dict(json_format.loads(done.stdout))


def forget_files(folder: Path) -> None:
    """Ask the kernel to drop a folder's files from memory."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def main(
    repeats: Annotated[int, typer.Option(min=1, help="Counted starts.")] = 7,
    cold: Annotated[bool, typer.Option(help="Read all files from the disk each time.")] = False,
    program: Annotated[
        Path | None, typer.Option(help="Folder of a frozen program, built with --stopwatch.")
    ] = None,
    json: Annotated[Path | None, typer.Option(help="Write the figures here.")] = None,
) -> None:
    """Measure how long the window takes to appear and to be of use."""
    where = choose_platform()
    command, files = [sys.executable, _OPENING], Path(sysconfig.get_path("purelib"))
    if program is not None:
        command, files = [str(program / "aegui-stopwatch")], program
    starts = []
    for number in range(repeats + 1):
        if cold:
            forget_files(files)
        its = start(command)
        if number:
            starts.append(its)
    times = {what: [its[what] for its in starts] for what in starts[0]}
    limits = _limits(cold=cold, frozen=program is not None)
    rows = [
        (what, f"{median(its):.3f}", f"{min(its):.3f}–{max(its):.3f}", _limit(limits, what, its))
        for what, its in sorted(times.items(), key=lambda item: median(item[1]))
    ]
    kind = "cold" if cold else "warm"
    title = f"Seconds since the process's start, {kind}, {repeats} starts, platform {where}"
    show(title, ("until", "median", "range", "limit"), rows)
    write_json(json, {"platform": where, "cold": cold, "seconds": times})


def _limits(*, cold: bool, frozen: bool) -> dict[str, float]:
    if not frozen:
        return LIMITS
    return FROZEN_COLD_LIMITS if cold else FROZEN_LIMITS


def _limit(limits: dict[str, float], what: str, seconds: list[float]) -> str:
    return at_most(median(seconds), limits[what], 1) if what in limits else ""


if __name__ == "__main__":
    typer.run(main)
