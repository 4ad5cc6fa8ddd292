"""A run's progress and end in words."""

from typing import TYPE_CHECKING

from aegui.control import Progress, RunState

if TYPE_CHECKING:
    # It brings in NumPy, which the first paint need not wait for.
    from aegui.records import RunResult


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
    """Return a line such as ``Finished · 10 epochs · 2.4 s``."""
    if result.state is RunState.FAILED:
        return "Failed: see the message above the plots"
    epochs = result.history.epochs
    if epochs == 0:
        return "Stopped before the first epoch"
    word = "Finished" if result.state is RunState.FINISHED else "Stopped"
    if any(event.kind == "early_stop" for event in result.history.events):
        word = "Stopped early"
    inside = result.history.position < epochs
    count = f"in epoch {epochs}" if inside else f"{epochs} epoch{'s' if epochs > 1 else ''}"
    return f"{word} · {count} · {_duration(result.train_seconds)}"


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s"


def _duration(seconds: float) -> str:
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min"
