"""Symbols that only a debugger or a linker reads, taken out of the libraries."""

import subprocess
from pathlib import Path

_MAGIC = b"\x7fELF"


def strip_all(folder: Path) -> None:
    """Strip every library below a folder, in place.

    What the loader reads (names that libraries know each other by, tables for exceptions) stays.
    Raises ``subprocess.CalledProcessError`` if ``strip`` cannot.
    """
    libraries = [path for path in sorted(folder.rglob("*")) if _is_library(path)]
    # Their own programs, not links to others: a library is stripped once.
    for start in range(0, len(libraries), 50):
        subprocess.run(["strip", "--strip-unneeded", *libraries[start : start + 50]], check=True)


def _is_library(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == _MAGIC
