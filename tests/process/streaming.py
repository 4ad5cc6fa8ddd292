"""Train on a file by the command line with little memory: for test_streaming.py."""

import json
import resource
import sys
import threading
from pathlib import Path

import psutil

from aegui.cli import app
from aegui.engine.warm_up import warm_up

_MEGABYTE = 2**20
_SECONDS_BETWEEN_LOOKS = 0.01


def resident() -> int:
    """Return the bytes of memory that this process has for itself, without files that it reads."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    anonymous = next(line for line in lines if line.startswith("RssAnon:"))
    return int(anonymous.split()[1]) * 1024


class Peak(threading.Thread):
    """Looks at the memory again and again."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.before = self.most = resident()
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(_SECONDS_BETWEEN_LOOKS):
            self.most = max(self.most, resident())

    def end(self) -> float:
        """Return how many megabytes were added at most."""
        self._over.set()
        return (self.most - self.before) / _MEGABYTE


def main(megabytes: int, arguments: list[str]) -> None:
    """Train with so much memory beside TensorFlow's own; print how much was taken at most."""
    warm_up()
    own = psutil.Process().memory_info().data
    resource.setrlimit(resource.RLIMIT_DATA, (own + megabytes * _MEGABYTE, resource.RLIM_INFINITY))
    peak = Peak()
    peak.start()
    try:
        app(arguments)
    finally:
        json.dump({"megabytes": peak.end()}, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
