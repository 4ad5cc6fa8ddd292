"""Who goes first where cores are few."""

import logging
import os
import sys
import threading

logger = logging.getLogger(__name__)

_NICENESS = 10
_TURN_SECONDS = 0.00005


def take_turns_often() -> None:
    """Have threads hand on the interpreter's lock a hundred times as often as by default.

    Each time the window's thread comes back from Qt it waits until the thread that makes a
    program, all Python, hands on the lock, by default after 5 ms. Drawing a first picture comes
    back dozens of times: with noise-deep the window stood still for 277 ms (mean of four worst
    gaps), for 149 with turns of 0.5 ms, and for some 100 with these.
    """
    sys.setswitchinterval(_TURN_SECONDS)


def let_the_window_go_first() -> None:
    """Lower the calling thread's priority, and that of all threads it will start.

    A training takes every core; the window's own thread is to find one at once. On an idle
    machine it costs the training nothing. Linux alone has a priority for each thread; where that
    may not be changed, it stays.
    """
    if sys.platform != "linux":
        return
    try:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
    except OSError as error:
        logger.info("the window does not go first: %s", error)
