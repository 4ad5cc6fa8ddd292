"""Sweeps that were interrupted, and can go on."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aegui.runs import RunError
from aegui.runs.folder import SWEEP
from aegui.specs import SweepSpec
from aegui.sweeps.store import SweepStore


@dataclass(frozen=True)
class UnfinishedSweep:
    """A sweep that was interrupted: ``done`` of ``trials`` are finished and kept."""

    folder: Path
    spec: SweepSpec
    done: int
    trials: int


def stores_in(root: Path) -> Iterator[SweepStore | RunError]:
    """Yield the sweeps below ``root``, newest first, and for each that cannot be read why."""
    for path in sorted(root.glob(f"*/{SWEEP}"), reverse=True):
        try:
            yield SweepStore.open(path.parent)
        except RunError as error:
            yield error


def list_unfinished(root: Path) -> list[UnfinishedSweep]:
    """Return the interrupted sweeps below ``root`` that nobody works at, newest first."""
    return [
        UnfinishedSweep(store.folder, store.spec, store.done, store.spec.trial_count)
        for store in stores_in(root)
        if isinstance(store, SweepStore)
        and not (store.is_complete or store.is_claimed or store.is_given_up)
    ]


def list_unreadable(root: Path) -> list[str]:
    """Return a sentence for each sweep below ``root`` that cannot be read."""
    return [str(store) for store in stores_in(root) if isinstance(store, RunError)]


def create_or_go_on(root: Path, spec: SweepSpec) -> SweepStore:
    """Return the folder of the same sweep that was interrupted below ``root``, or a new one.

    Raises
    ------
    RunError
        A new one cannot be made.
    """
    for unfinished in list_unfinished(root):
        if unfinished.spec == spec:
            return SweepStore(unfinished.folder, spec)
    return SweepStore.create(root, spec)
