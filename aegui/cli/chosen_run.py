"""What a run is called on the command line: its folder, its name, or an ``.aegui`` file."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aegui.places import BUNDLE_ENDING, runs_folder, sweeps_folder
from aegui.runs import Library, RunError, StoredRun, read_run, unpack_run

_MOST_LISTED = 5


@contextmanager
def chosen_run(what: str) -> Iterator[StoredRun]:
    """Read the run that is meant; that of an ``.aegui`` file lives in a folder until the end.

    A folder or a file goes first. A name is what the library calls a run, or its folder there.

    Raises
    ------
    RunError
        There is no such run, or several, or it is not finished or damaged.
    """
    path = Path(what)
    if path.suffix.lower() == BUNDLE_ENDING:
        with tempfile.TemporaryDirectory(prefix="aegui-") as place:
            yield read_run(unpack_run(path, Path(place)))
    else:
        yield read_run(path if path.is_dir() else _named(what))


def _named(what: str) -> Path:
    cards = Library(runs_folder(), sweeps_folder()).list_runs().cards
    found = [card.folder for card in cards if what in (card.name, card.folder.name)]
    if not found:
        raise RunError(
            f"{what}: there is no folder, no {BUNDLE_ENDING} file and no kept run of this name. "
            f"Kept runs are in {runs_folder()}."
        )
    if len(found) > 1:
        listed = ", ".join(map(str, found[:_MOST_LISTED]))
        raise RunError(f"{what}: {len(found)} runs are called so. Give a folder: {listed}")
    return found[0]
