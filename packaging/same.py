"""Libraries that several packages bring along, kept once."""

import os
from pathlib import Path


def link_same(folder: Path) -> None:
    """Make links of files that are the same as another of that name, in wheels' own folders.

    ``*.libs`` holds copies of the system's libraries, named after what is in them.
    """
    first: dict[str, Path] = {}
    for path in sorted(folder.glob("*.libs/*")):
        other = first.setdefault(path.name, path)
        if other != path and other.read_bytes() == path.read_bytes():
            path.unlink()
            path.symlink_to(os.path.relpath(other, path.parent))
