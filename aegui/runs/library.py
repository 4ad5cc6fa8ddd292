"""All runs below one folder, read again only where something changed."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from aegui.runs.cards import RunCard, read_card
from aegui.runs.documents import read_json
from aegui.runs.folder import DATA_FOLDER, HISTORY, RESULT, STATUS, SWEEP, RunError, cannot_read

_Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class DamagedRun:
    """A run's folder that cannot be read, why, and its bytes on the disk."""

    folder: Path
    error: RunError
    size: int = 0


@dataclass(frozen=True)
class Listing:
    """The runs of a library, newest first, and those that could not be read, by their paths."""

    cards: tuple[RunCard, ...] = ()
    damaged: tuple[DamagedRun, ...] = ()

    @property
    def errors(self) -> tuple[RunError, ...]:
        """What could not be read."""
        return tuple(run.error for run in self.damaged)


class Library:
    """Lists the runs below ``root``, finished or not, those of sweeps with the sweep's name.

    ``others`` are further folders of runs or of sweeps.

    What was read is kept, and read again when a file's time or size changed. Any thread may
    list; a place that is no folder lists nothing, and what aegui did not make is passed over.
    """

    def __init__(self, root: Path, *others: Path) -> None:
        self.root = root
        self._roots = (root, *others)
        self._lock = threading.Lock()
        self._known: dict[Path, tuple[_Signature, RunCard | DamagedRun]] = {}

    def list_runs(self) -> Listing:
        """Return all runs as they are on the disk now.

        Raises
        ------
        RunError
            The library, or a sweep's folder in it, cannot be read.
        """
        with self._lock:
            found = {}
            for folder, group in chain.from_iterable(map(_run_folders, self._roots)):
                try:
                    found[folder] = self._look(folder, group)
                except FileNotFoundError:
                    # Another program has deleted it since its name was read.
                    continue
            self._known = found
        results = [result for _, result in found.values()]
        cards = [result for result in results if isinstance(result, RunCard)]
        cards.sort(key=lambda card: (card.created, card.folder.name), reverse=True)
        damaged = [result for result in results if isinstance(result, DamagedRun)]
        return Listing(tuple(cards), tuple(sorted(damaged, key=lambda run: run.folder)))

    def _look(self, folder: Path, group: str) -> tuple[_Signature, RunCard | DamagedRun]:
        try:
            signature = _signature(folder)
        except FileNotFoundError:
            raise
        except OSError as error:
            return (), DamagedRun(folder, cannot_read(folder, error))
        known = self._known.get(folder)
        if known is not None and known[0] == signature and not _may_change(known[1]):
            return known
        size = sum(size for _, _, size in signature)
        try:
            card = read_card(folder)
        except RunError as error:
            return signature, DamagedRun(folder, error, size)
        return signature, replace(card, group=group, size=size)


def _may_change(known: RunCard | DamagedRun) -> bool:
    """Whether a run may be told differently though its files are the same: somebody died."""
    return isinstance(known, RunCard) and known.summary is None


def _signature(folder: Path) -> _Signature:
    """Return names, times in ns and sizes in bytes of all files of a run.

    Raises ``FileNotFoundError`` if the folder is gone.
    """
    files = []
    for path in [*folder.iterdir(), *(folder / DATA_FOLDER).glob("*")]:
        try:
            stat = path.stat()
        except FileNotFoundError:
            # It was being written beside another one, and has taken that one's place.
            continue
        files.append((path.name, stat.st_mtime_ns, stat.st_size))
    return tuple(sorted(files))


def _run_folders(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield the folders of runs, with the name of the sweep that they belong to."""
    for folder in _folders(root):
        if _has(folder, SWEEP):
            group = _sweep_name(folder)
            yield from ((run, group) for run in _folders(folder) if _is_run(run))
        elif _is_run(folder):
            yield folder, ""


def _folders(root: Path) -> list[Path]:
    try:
        return [path for path in root.iterdir() if path.is_dir() and path.name[:1] != "."]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise cannot_read(root, error) from error


def _is_run(folder: Path) -> bool:
    return _has(folder, STATUS, HISTORY, RESULT)


def _has(folder: Path, *names: str) -> bool:
    try:
        return any((folder / name).exists() for name in names)
    except OSError:
        # What may not be looked into is told of as a run that cannot be read.
        return SWEEP not in names


def _sweep_name(folder: Path) -> str:
    """Return what a sweep is over; a file that cannot be read is the sweep's own trouble."""
    try:
        axes = read_json(folder / SWEEP)["axes"]
        return " × ".join(str(axis["field"]).rpartition(".")[2] for axis in axes) or folder.name
    except (RunError, KeyError, TypeError):
        return folder.name
