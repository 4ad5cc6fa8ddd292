"""Work that is left to itself once nobody waits for it any more."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Event, Thread
from typing import TypeVar

from aegui.ui.workers.priority import let_the_window_go_first

T = TypeVar("T")

# So long may it take until somebody who calls off has been heard.
_SECONDS = 0.02


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
