"""A run's progress and end in words."""

import math
from typing import TYPE_CHECKING

from aegui.control import Progress, RunState

if TYPE_CHECKING:
    # It brings in NumPy, which the first paint need not wait for.
    from aegui.records import History, RunEvent, RunResult


def progress_in_words(progress: Progress) -> str:
    """Return a line such as ``Epoch 7 of 24 · 0.22 s per epoch · 4 s left``."""
    if progress.epoch == 0:
        return f"{progress.doing}…"
    parts = [f"Epoch {progress.epoch} of {progress.epochs}"]
    if progress.seconds_per_epoch is not None:
        parts.append(f"{_seconds(progress.seconds_per_epoch)} per epoch")
    if progress.seconds_left is not None:
        parts.append(f"{_duration(progress.seconds_left)} left")
    return " · ".join(parts)


def result_in_words(result: "RunResult") -> str:
    """Return a line such as ``Finished · 10 epochs · 2.4 s``.

    Of a run that went on it tells the last leg: ``Finished · 10 more epochs · 2.4 s``.
    """
    if result.state is RunState.FAILED:
        return "Failed: see the message above the plots"
    history = result.history
    start, events = _last_leg(history)
    epochs = history.epochs - start
    if epochs == 0:
        return f"Stopped before {'another' if start else 'the first'} epoch"
    word = "Finished" if result.state is RunState.FINISHED else "Stopped"
    if any(event.kind == "early_stop" for event in events):
        word = "Stopped early"
    more = "more " if start else ""
    count = f"{epochs} {more}epoch{'s' if epochs > 1 else ''}"
    if history.position < history.epochs:
        count = f"in epoch {history.epochs}"
    return f"{word} · {count} · {_duration(result.train_seconds)}"


def _last_leg(history: "History") -> tuple[int, "tuple[RunEvent, ...]"]:
    """Return the epochs that were done where a run went on last, and what has happened since."""
    begins = [place for place, event in enumerate(history.events) if event.kind == "continued"]
    if not begins:
        return 0, history.events
    return math.floor(history.events[begins[-1]].position), history.events[begins[-1] :]


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s"


def _duration(seconds: float) -> str:
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min"
