"""Functions compiled by TensorFlow: with XLA where that makes them faster."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aegui.engine.backend import tf
from aegui.specs import ArchitectureSpec

logger = logging.getLogger(__name__)


def gains_from_xla(architecture: ArchitectureSpec) -> bool:
    """Tell whether an architecture trains faster with XLA than as a plain graph.

    Measured on two cores, seconds an epoch with XLA and without: 900 000 × 32 noise, 32–2–32:
    0.13 and 0.6; MNIST 784–512–256–128–32–…: 1.2 and 1.6; variational 784–256–2–256–784: 0.46
    and 1.0. The other way about for convolutions (12 and 3.4) and for random numbers over whole
    rows or layers, corruption and dropout (14 and 0.9).
    """
    layers = (*architecture.encoder, *architecture.decoder_layers)
    is_random = architecture.corruption is not None or any(layer.dropout for layer in layers)
    return not (architecture.is_convolutional or is_random)


class CompiledFunctions:
    """Functions by name, each compiled at its first call. Threads may call them side by side."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]], *, with_xla: bool) -> None:
        self._functions = functions
        self._lock = threading.Lock()
        # One value, which another thread may replace when it finds out that there is no XLA.
        self._made = self._compile(with_xla=with_xla)

    def trace(self, name: str, *arguments: tf.Tensor) -> None:
        """Make a function's graph, which goes on in Python, for arguments of these shapes."""
        self._made.compiled[name].get_concrete_function(*arguments)

    def call(self, name: str, *arguments: tf.Tensor) -> Any:
        """Call a function, which compiles it if need be; without XLA where that is missing."""
        made = self._made
        try:
            return made.compiled[name](*arguments)
        except (tf.errors.InvalidArgumentError, tf.errors.UnimplementedError):
            if not made.with_xla:
                raise
            with self._lock:
                if self._made.with_xla:
                    # XLA refuses before it does a step, so nothing is done twice.
                    logger.warning("XLA is missing here; training as a plain graph", exc_info=True)
                    self._made = self._compile(with_xla=False)
            return self._made.compiled[name](*arguments)

    def trace_counts(self) -> dict[str, int]:
        """Return how many graphs each function was made into; each keeps its memory for good."""
        return {
            name: function.experimental_get_tracing_count()
            for name, function in self._made.compiled.items()
        }

    def _compile(self, *, with_xla: bool) -> "_Made":
        compiled = {
            name: tf.function(function, jit_compile=with_xla, autograph=False)
            for name, function in self._functions.items()
        }
        return _Made(compiled, with_xla)


@dataclass(frozen=True)
class _Made:
    compiled: dict[str, Any]
    with_xla: bool
