"""What the commands share: exit statuses, Ctrl-C, a progress bar, sentences on standard error."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

from aegui.control import TrainingControl

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130

_stderr = Console(stderr=True, highlight=False)


def say(text: str) -> None:
    """Write a sentence to standard error."""
    sys.stderr.write(f"aegui: {text}\n")


@contextmanager
def stopping(control: TrainingControl) -> Iterator[None]:
    """Let Ctrl-C end the work in good order; a second one ends the process."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        control.stop()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class ProgressLine:
    """A context that draws a progress bar, with news beside it, on standard error."""

    def __init__(self, title: str) -> None:
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[news]}"),
            console=_stderr,
        )
        self._task = self._bar.add_task(title, total=1.0, news="")

    def __enter__(self) -> "ProgressLine":
        self._bar.start()
        return self

    def __exit__(self, *_details: object) -> None:
        self._bar.stop()

    def show(self, news: str, fraction: float | None = None) -> None:
        """Show news, and how far the work is if that is known."""
        self._bar.update(self._task, completed=fraction, news=news)

    def say(self, text: str) -> None:
        """Write a sentence above the bar."""
        self._bar.console.print(f"aegui: {text}", markup=False, soft_wrap=True)
