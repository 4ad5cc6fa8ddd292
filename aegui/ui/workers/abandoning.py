"""Work that is left to itself once nobody waits for it any more."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Event, Lock, Thread
from typing import TypeVar

from aegui.ui.workers.priority import let_the_window_go_first

T = TypeVar("T")

# So long may it take until somebody who calls off has been heard.
_SECONDS = 0.02


class Ear:
    """Hears what abandonable work tells until it is called off, and nothing afterwards.

    Work that is left to itself may outlive the object that its news were meant for: a signal of
    that, sent then, would end the process.
    """

    def __init__(self, hear: Callable[[str, float], object]) -> None:
        self.called_off = Event()
        self._hear = hear
        self._hearing = Lock()

    def tell(self, doing: str, fraction: float) -> None:
        """Hear what is done and how far it is, 0 to 1; from any thread."""
        with self._hearing:
            if not self.called_off.is_set():
                self._hear(doing, fraction)

    def call_off(self) -> None:
        """Hear nothing more; what is being heard has been heard when this returns."""
        self.called_off.set()
        with self._hearing:
            return


def until_called_off(work: Callable[[], T], called_off: Event) -> T | None:
    """Return what ``work`` returns, or None as soon as it is called off; raises what it raises.

    Foreign code such as a parser of files cannot be interrupted. Called off, it goes on to its
    end on a thread of its own, which no window and no program waits for, and what it makes is
    dropped.
    """
    future: Future[T] = Future()
    Thread(target=_work_out, args=(work, future), name="abandonable", daemon=True).start()
    while not called_off.is_set():
        try:
            return future.result(_SECONDS)
        except TimeoutError:
            if future.done():
                raise
    return None


def _work_out(work: Callable[[], T], future: Future[T]) -> None:
    let_the_window_go_first()
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
        future.set_exception(error)
