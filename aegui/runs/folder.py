"""A run's folder: the names in it, written whole or not at all."""

import os
from pathlib import Path
from typing import BinaryIO, Protocol

EXPERIMENT = "experiment.json"
STATUS = "run.json"
HISTORY = "history.csv"
EVENTS = "events.csv"
FRAMES = "frames.npz"
STATE = "state.npz"
ERRORS = "errors.npy"
MODEL = "model.keras"
RESULT = "result.json"
BASELINES = "baselines.json"


class RunError(Exception):
    """A run that cannot be kept or read; the message names the file, the reason and the remedy."""


class _Write(Protocol):
    def __call__(self, file: BinaryIO, /) -> None: ...


def replace_file(path: Path, write: _Write) -> None:
    """Write a file beside ``path`` and rename it, so that a reader never sees half of it."""
    beside = path.with_name(path.name + ".part")
    with beside.open("wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def replace_text(path: Path, text: str) -> None:
    """Write a text file whole; see ``replace_file``."""
    replace_file(path, lambda file: _write_text(file, text))


def _write_text(file: BinaryIO, text: str) -> None:
    file.write(text.encode("utf-8"))
