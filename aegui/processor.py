"""What the processor must be able to do."""

import platform
from pathlib import Path

_INTEL = ("x86_64", "AMD64", "i686")
_ABOUT = Path("/proc/cpuinfo")


class ProcessorError(RuntimeError):
    """TensorFlow cannot work on this computer; the message is a sentence that says why."""


def require_avx() -> None:
    """Refuse a processor without AVX: TensorFlow's libraries would end the process there.

    AVX alone is enough. Only Linux is asked; elsewhere nothing is known of it in advance.

    Raises
    ------
    ProcessorError
        The processor is of Intel's kind and does not list AVX among what it can do.
    """
    if platform.machine() not in _INTEL:
        return
    try:
        lines = _ABOUT.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    flags = [line.split(":", 1)[1].split() for line in lines if line.startswith("flags")]
    if flags and "avx" not in flags[0]:
        raise ProcessorError(
            "This computer's processor lacks AVX, which TensorFlow needs: nothing can be trained "
            "here. Runs that were trained elsewhere can be looked at."
        )
