"""``aegui`` and ``python -m aegui``."""

import multiprocessing
import sys
from pathlib import Path

from aegui.places import BUNDLE_ENDING


def main() -> None:
    """Open the window, or with arguments do the same work without one."""
    names_bundle = len(sys.argv) == 2 and sys.argv[1].lower().endswith(BUNDLE_ENDING)
    if names_bundle and not Path(sys.argv[1]).is_file():
        sys.stderr.write(f"aegui: {sys.argv[1]} is not there\n")
        sys.exit(2)
    if len(sys.argv) == 1 or names_bundle:
        # Not through the command line's modules: their import would delay the first paint.
        from aegui.app import run

        sys.exit(run(sys.argv))
    from aegui.cli import command_line

    command_line()


if __name__ == "__main__":
    # Where this is a frozen program, a worker process of a sweep starts here too.
    multiprocessing.freeze_support()
    main()
