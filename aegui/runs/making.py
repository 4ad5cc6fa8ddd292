"""A run's folder, made so that nobody sees it before it can be read."""

import os
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

from aegui.records import Continuation, History
from aegui.runs.archives import write_frames, write_state
from aegui.runs.folder import (
    EXPERIMENT,
    FRAMES,
    STATE,
    STATUS,
    RunError,
    flush_folder,
    replace_text,
)
from aegui.runs.lines import write_history
from aegui.runs.status import RunStatus
from aegui.specs import ExperimentSpec

NEW = ".new-"
"""What the name of a folder begins with that is not a run yet; the process number follows."""


def make_folder(root: Path, experiment: ExperimentSpec, start: Continuation | None) -> Path:
    """Make a folder below ``root`` for a run that this process starts; raises ``OSError``."""
    making = root / f"{NEW}{os.getpid()}-{time.monotonic_ns()}"
    making.mkdir(parents=True)
    try:
        replace_text(making / EXPERIMENT, experiment.model_dump_json(indent=2))
        replace_text(making / STATUS, RunStatus.now().model_dump_json(indent=2))
        _write_start(making, start)
        return name_folder(making, root, experiment)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise


def _write_start(folder: Path, start: Continuation | None) -> None:
    if start is None:
        write_history(folder, History())
        return
    write_history(folder, start.state.history.whole_epochs())
    write_state(folder / STATE, start.state)
    if start.frames:
        write_frames(folder / FRAMES, start.frames)


def name_folder(making: Path, root: Path, experiment: ExperimentSpec) -> Path:
    """Give a folder its name; renaming takes no name that somebody has."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    name = f"{stamp}-{experiment.dataset.kind}-{experiment.architecture.code.width}"
    for number in range(1, 10_000):
        folder = root / (name if number == 1 else f"{name}-{number}")
        try:
            making.rename(folder)
        except OSError:
            if not folder.exists():
                raise
        else:
            flush_folder(root)
            return folder
    raise RunError(f"{root} holds too many runs of one second. Try again.")
