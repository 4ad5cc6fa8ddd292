"""The compiled programs of this process: each made once, kept, and had by one run at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aegui.engine.keys import ProgramKey
from aegui.engine.program import Program
from aegui.engine.tensors import memory_errors
from aegui.specs import ExperimentSpec

# None is ever dropped. What it was compiled into stays in the process for good (ten programs made
# anew three times: 500 MB; kept: 200), so one that is asked for again must not be made again.
_programs: dict[ProgramKey, Program] = {}
_lock = threading.Lock()


class ProgramInUseError(RuntimeError):
    """Another training under way has the program that this one needs."""


def program_for(experiment: ExperimentSpec) -> Program:
    """Return the compiled program of an experiment, made once for each key and kept.

    Safe from any thread; others wait while one is made. To train with it, take ``leased``.

    Raises
    ------
    MemoryError
        There is not enough memory to make it.
    """
    key = ProgramKey.of(experiment)
    with memory_errors(), _lock:
        if key not in _programs:
            program = Program(key)
            program.compile(experiment.dataset.test_rows)
            _programs[key] = program
        return _programs[key]


@contextmanager
def leased(experiment: ExperimentSpec) -> Iterator[Program]:
    """Have an experiment's program for one run: two would change each other's weights.

    Raises
    ------
    ProgramInUseError
        Another run has it.
    """
    program = program_for(experiment)
    if not program.lease.acquire(blocking=False):
        raise ProgramInUseError(
            f"Another training of {experiment.shape} is under way in this aegui. Stop it, or wait "
            "for its end."
        )
    try:
        yield program
    finally:
        program.lease.release()
