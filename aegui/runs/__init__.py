"""What happened: runs as folders on disk."""

from aegui.runs.baselines import read_baselines, write_baselines
from aegui.runs.folder import RunError
from aegui.runs.outcomes import read_outcome, write_outcome
from aegui.runs.reader import RunCard, StoredRun, list_runs, read_card, read_run
from aegui.runs.writer import RunWriter

__all__ = [
    "RunCard",
    "RunError",
    "RunWriter",
    "StoredRun",
    "list_runs",
    "read_baselines",
    "read_card",
    "read_outcome",
    "read_run",
    "write_baselines",
    "write_outcome",
]
