"""What only a debugger or a linker reads, taken out of the libraries; Linux on x86-64."""

import subprocess
from pathlib import Path

from names import hide_own_names, names_in

_MAGIC = b"\x7fELF"
_MANY_NAMES = ("libtensorflow_cc.so.2", "libtensorflow_framework.so.2")
_AT_ONCE = 50


def strip_all(folder: Path) -> None:
    """Strip every library below a folder, in place, and take out names that nobody asks for.

    Raises ``subprocess.CalledProcessError`` if ``strip`` cannot, and ``ValueError`` if one of
    TensorFlow's libraries is laid out in a new way.
    """
    libraries = [path for path in sorted(folder.rglob("*")) if _is_library(path)]
    # What was moved by patchelf, as a wheel's own copies of other libraries are, strip would
    # write back in a way that the loader refuses (binutils 2.40).
    whole = [path for path in libraries if not path.parent.name.endswith(".libs")]
    for start in range(0, len(whole), _AT_ONCE):
        subprocess.run(["strip", "--strip-unneeded", *whole[start : start + _AT_ONCE]], check=True)
    names = {path: names_in(path) for path in libraries}
    for path in libraries:
        if path.name in _MANY_NAMES:
            others = [names[other] for other in libraries if other != path]
            hide_own_names(path, set().union(*others))


def _is_library(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC
