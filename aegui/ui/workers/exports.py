"""What goes out of runs, written on the task thread."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aegui.runs import read_run

if TYPE_CHECKING:
    # It brings in scikit-learn.
    from aegui.run_report import Report


def write_exports(folder: Path, out: Path, kinds: Sequence[str], ending: str) -> None:
    """Write what is wanted of a run into a folder; not for the GUI thread.

    ``kinds`` are some of ``aegui.run_exports.KINDS``; all of them where there are none.
    ``ending`` tells what tables are written as. See ``aegui.run_exports.export_run`` for what it
    raises.
    """
    # Models bring in TensorFlow.
    from aegui.run_exports import KINDS, export_run

    chosen = [kind for kind in KINDS if kind in kinds or not kinds]
    export_run(read_run(folder), out, chosen, ending)


def read_report(folders: Sequence[Path]) -> "Report":
    """Return what a report of runs has to tell; not for the GUI thread.

    See ``aegui.run_report.make_report`` for what it raises.
    """
    from aegui.run_report import make_report

    return make_report([read_run(folder) for folder in folders])
