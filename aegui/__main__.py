"""``aegui`` and ``python -m aegui``."""

import multiprocessing
import sys


def main() -> None:
    """Open the window, or with arguments do the same work without one."""
    if len(sys.argv) == 1:
        # Not through the command line's modules: their import would delay the first paint.
        from aegui.app import run

        sys.exit(run(sys.argv))
    from aegui.cli import command_line

    command_line()


if __name__ == "__main__":
    # Where this is a frozen program, a worker process of a sweep starts here too.
    multiprocessing.freeze_support()
    main()
