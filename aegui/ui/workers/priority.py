"""Who goes first where cores are few."""

import logging
import os
import sys
import threading

logger = logging.getLogger(__name__)

_NICENESS = 10


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
