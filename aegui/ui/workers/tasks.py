"""Short work off the GUI thread: previews, reading runs. One after another."""

import logging
import queue
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThread, Signal, Slot

from aegui.ui.workers.priority import let_the_window_go_first

logger = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class _Task:
    key: str
    number: int
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[str], None]
    must_run: bool


class TaskThread(QThread):
    """Runs functions and hands their results to the GUI thread.

    A task that was asked for again under the same key before it was over is not reported: what
    a person no longer waits for is not shown. Nor is it worked on, unless it must run: closing
    waits for all of those.
    """

    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tasks")
        self._queue: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._newest: dict[str, int] = {}
        self._ended.connect(self._report)
        self.start()

    def submit(
        self,
        key: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
        *,
        must_run: bool = False,
    ) -> None:
        """Run ``work`` on the thread, then ``done`` or ``failed`` (with a sentence) on the GUI's.

        A failure's sentence is the message of the error that ``work`` raised. ``must_run`` is for
        what changes something on the disk, as a person wished: it is done also when the window
        closes before its turn has come, and reported to nobody then.
        """
        number = self._newest.get(key, 0) + 1
        self._newest[key] = number
        self._queue.put(_Task(key, number, work, done, failed, must_run))

    def forget(self, key: str) -> None:
        """Do not report what was asked for under a key."""
        self._newest[key] = self._newest.get(key, 0) + 1

    def close(self) -> None:
        """End after the task under way, and those that must run, and wait for that."""
        self._newest.clear()
        self._queue.put(None)
        self.wait()

    def run(self) -> None:
        """Work off the queue until it is closed."""
        let_the_window_go_first()
        while (task := self._queue.get()) is not None:
            if not (task.must_run or self._newest.get(task.key) == task.number):
                continue
            try:
                result = task.work()
            except Exception as error:
                logger.exception("task %s failed", task.key)
                self._ended.emit(task, None, str(error) or type(error).__name__)
            else:
                self._ended.emit(task, result, None)

    @Slot(object, object, object)
    def _report(self, task: _Task, result: Any, error: str | None) -> None:
        if self._newest.get(task.key) != task.number:
            return
        if error is None:
            task.done(result)
        else:
            task.failed(error)
