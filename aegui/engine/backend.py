"""TensorFlow and Keras, imported without the greeting that TensorFlow writes to stderr."""

import gc
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from aegui.processor import require_avx

# Lines of the C++ side below the level of an error, written before it can be told to be quiet
# (TF_CPP_MIN_LOG_LEVEL does not reach them since TensorFlow 2.18).
_GREETING = re.compile(
    rb"^([IW]\d{4} |WARNING: All log messages before absl|To enable the following instructions)"
)


@contextmanager
def _without_greeting() -> Iterator[None]:
    """Hold back what is written to file descriptor 2; pass on all but the greeting."""
    if sys.stderr is None:
        # A program without a console: nobody would see it.
        yield
        return
    sys.stderr.flush()
    terminal = os.dup(2)
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            yield
        finally:
            sys.stderr.flush()
            os.dup2(terminal, 2)
            os.close(terminal)
            held.seek(0)
            for line in held:
                if not _GREETING.match(line):
                    os.write(2, line)


@contextmanager
def _outside_collections() -> Iterator[None]:
    """Keep what is made inside out of all searches for garbage, those of later too.

    A full collection holds the interpreter's lock. With the half million objects of TensorFlow and
    Keras in it one took 280 ms: five times while they were imported, and again with every program
    that was made and every run that ended. The window stood still as long.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


# LLVM's third level takes a third longer to compile than its second, for programs that run as
# fast (noise-deep: 2.4 and 1.9 s, 0.64 and 0.61 s an epoch). A flag of the user's comes last: it
# wins.
os.environ["XLA_FLAGS"] = f"--xla_backend_optimization_level=2 {os.environ.get('XLA_FLAGS', '')}"

# Before the import, which would end the process where there is none.
require_avx()

with _without_greeting(), _outside_collections():
    import keras
    import tensorflow as tf

# It warns that one function is traced again and again, where each architecture has its own.
tf.get_logger().setLevel("ERROR")

__all__ = ["keras", "tf"]
