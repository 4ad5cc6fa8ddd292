"""What happened: runs as folders on disk."""

from aegui.runs.about import (
    About,
    colour_run,
    note_run,
    read_about,
    rename_run,
    set_threshold,
)
from aegui.runs.baselines import read_baselines, write_baselines
from aegui.runs.cards import RunCard, read_card
from aegui.runs.folder import RunError
from aegui.runs.kept_rows import data_of
from aegui.runs.library import DamagedRun, Library, Listing
from aegui.runs.outcomes import read_outcome, write_outcome
from aegui.runs.packing import pack_run
from aegui.runs.reader import StoredRun, read_interrupted, read_run
from aegui.runs.stores import Interrupted, Store, open_writer, require_store
from aegui.runs.trash import Deleted, delete_runs, empty_trash, restore_runs
from aegui.runs.unpacking import unpack_run
from aegui.runs.writer import RunWriter

__all__ = [
    "About",
    "DamagedRun",
    "Deleted",
    "Interrupted",
    "Library",
    "Listing",
    "RunCard",
    "RunError",
    "RunWriter",
    "Store",
    "StoredRun",
    "colour_run",
    "data_of",
    "delete_runs",
    "empty_trash",
    "note_run",
    "open_writer",
    "pack_run",
    "read_about",
    "read_baselines",
    "read_card",
    "read_interrupted",
    "read_outcome",
    "read_run",
    "rename_run",
    "require_store",
    "restore_runs",
    "set_threshold",
    "unpack_run",
    "write_baselines",
    "write_outcome",
]
