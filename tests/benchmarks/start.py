"""From the start of the process to the first paint, and to the first drawn stroke rebuilt.

Every repeat is a process of its own, see ``opening.py``. One start before them is not counted:
it brings the files into memory ("warm"). ``--cold`` asks the kernel to forget them before every
start (Linux; what another process holds stays in memory).
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
_OPENING = str(Path(__file__).with_name("opening.py"))


def start() -> dict[str, float]:
    """Start the application once, as at a first launch; return its times in seconds."""
    # A person's Python keeps the modules that it has compiled, and so does this one.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory(prefix="aegui-benchmark-") as folder:
        began = {"AEGUI_BENCHMARK_BEGAN": str(time.monotonic())}
        done = subprocess.run(
            [sys.executable, _OPENING],
            stdout=subprocess.PIPE,
            check=True,
            timeout=120,
            env=environment | {"AEGUI_HOME": folder} | began,
        )
    return dict(json_format.loads(done.stdout))


def forget_files() -> None:
    """Ask the kernel to drop the environment's files from memory."""
    for path in Path(sysconfig.get_path("purelib")).rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def main(
    repeats: Annotated[int, typer.Option(min=1, help="Counted starts.")] = 7,
    cold: Annotated[bool, typer.Option(help="Read all files from the disk each time.")] = False,
    json: Annotated[Path | None, typer.Option(help="Write the figures here.")] = None,
) -> None:
    """Measure how long the window takes to appear and to be of use."""
    where = choose_platform()
    starts = []
    for number in range(repeats + 1):
        if cold:
            forget_files()
        its = start()
        if number:
            starts.append(its)
    times = {what: [its[what] for its in starts] for what in starts[0]}
    rows = [
        (what, f"{median(its):.3f}", f"{min(its):.3f}–{max(its):.3f}", _limit(what, its))
        for what, its in sorted(times.items(), key=lambda item: median(item[1]))
    ]
    kind = "cold" if cold else "warm"
    title = f"Seconds since the process's start, {kind}, {repeats} starts, platform {where}"
    show(title, ("until", "median", "range", "limit"), rows)
    write_json(json, {"platform": where, "cold": cold, "seconds": times})


def _limit(what: str, seconds: list[float]) -> str:
    return at_most(median(seconds), LIMITS[what], 1) if what in LIMITS else ""


if __name__ == "__main__":
    typer.run(main)
