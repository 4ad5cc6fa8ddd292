"""Trials in several processes of this machine."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait

from aegui.control import TrainingControl
from aegui.sentences import first_line
from aegui.specs import TrialSpec
from aegui.sweeps.crew import Crew
from aegui.sweeps.trial import SweepError, TrialEnd, run_trial
from aegui.workflow import WorkflowObserver


class Processes(Crew):
    """Worker processes, each with its share of the processor's cores if ``shares_cores``.

    Dense models compute the same with any number of threads, bit for bit; convolutions do not
    (5e-6 apart in the loss after three epochs of digits, with one thread and with two), so where
    there are some each process had better keep all of them.

    The processes are spawned, not forked: TensorFlow's threads do not survive a fork. Closing a
    pipe asks them to stop; it closes by itself when this process is killed, so that none is left
    behind.
    """

    def __init__(self, jobs: int, *, shares_cores: bool = True) -> None:
        """Make the pool; its processes start later. Raises ``SweepError`` if there can be none."""
        self._jobs = jobs
        self._shares_cores = shares_cores and jobs > 1
        self.task = run_in_worker
        self._open()

    @property
    def slots(self) -> int:
        """One trial for each process."""
        return self._jobs

    def start(self, _control: TrainingControl, _observer: WorkflowObserver) -> None:
        """Do nothing: the processes start with their first trial."""

    def stop(self) -> None:
        """Let the trials under way end after their chunk of steps."""
        self._stop.close()

    def restart(self) -> None:
        """Start new processes; the old ones have ended with their executor."""
        self.close()
        self._open()

    def is_lost(self, error: BaseException) -> bool:
        """Tell whether a process was killed: that fails the trials of all of them."""
        return isinstance(error, BrokenExecutor)

    def close(self) -> None:
        """End the processes once their trials have ended."""
        self._stop.close()
        self.executor.shutdown(cancel_futures=True)
        self._stopped.close()

    def _open(self) -> None:
        try:
            self._stopped, self._stop = multiprocessing.Pipe(duplex=False)
        except OSError as error:
            raise SweepError(f"No worker process can be had ({first_line(error)}).") from error
        threads = max(1, (os.cpu_count() or 1) // self._jobs)
        self.executor = _Pool(
            self._jobs,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_become_worker,
            initargs=(self._stopped, threads if self._shares_cores else None),
        )


class _Pool(ProcessPoolExecutor):
    """A pool whose processes do not hear Ctrl-C: the terminal sends it to all of them."""

    def submit(self, *arguments, **options) -> Future:  # type: ignore[no-untyped-def, type-arg]
        """Submit as always; the first call starts the processes."""
        with _ctrl_c_blocked():
            return super().submit(*arguments, **options)


@contextmanager
def _ctrl_c_blocked() -> Iterator[None]:
    """Block SIGINT on this thread: what is spawned inherits that, from its first instruction."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_control = TrainingControl()
"""Of a worker process: steers the trial under way."""


def run_in_worker(trial: TrialSpec) -> TrialEnd:
    """Run a trial in a worker process, which its parent can stop."""
    return run_trial(trial, _control)


def _become_worker(stopped: Connection, threads: int | None) -> None:
    if threads is not None:
        # Read by TensorFlow as it is imported, which is later.
        os.environ["TF_NUM_INTRAOP_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(threads)
    threading.Thread(target=_watch, args=(stopped,), name="watch", daemon=True).start()


def _watch(stopped: Connection) -> None:
    """Stop the training when the parent says so, and the process when the parent is gone."""
    wait([stopped])
    _control.stop()
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
