"""What goes out of runs, written on the task thread."""

from collections.abc import Sequence
from pathlib import Path

from aegui.runs import read_run


def write_exports(folder: Path, out: Path, kinds: Sequence[str]) -> None:
    """Write what is wanted of a run into a folder; not for the GUI thread.

    ``kinds`` are some of ``aegui.run_exports.KINDS``; all of them where there are none. See
    ``aegui.run_exports.export_run`` for what it raises.
    """
    # Models bring in TensorFlow.
    from aegui.run_exports import KINDS, export_run

    chosen = [kind for kind in KINDS if kind in kinds or not kinds]
    export_run(read_run(folder), out, chosen)
