"""What a list shows of runs."""

import math
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from aegui.records import Baselines, History, RunSummary
from aegui.runs.about import About, read_about
from aegui.runs.archives import UNREADABLE, read_place
from aegui.runs.baselines import baselines_there
from aegui.runs.documents import read_document
from aegui.runs.folder import EXPERIMENT, RESULT, STATE, STATUS, RunError, damaged
from aegui.runs.lines import read_history
from aegui.runs.own_file import with_own_file
from aegui.runs.status import RunStatus, is_at_work
from aegui.specs import ExperimentSpec


@dataclass(frozen=True)
class RunCard:
    """What a list shows of a run.

    ``summary`` is None where the run did not come to its end: then ``is_running`` tells whether
    somebody trains it now, and ``epochs_kept`` how many epochs it can be continued after (0: it
    begins anew). ``group`` is the name of the sweep that it belongs to, ``size`` its bytes on
    the disk, and ``warning`` says what is wrong beside the run itself. ``baselines`` are what its
    errors are measured against, None until they were worked out.
    """

    folder: Path
    created: datetime
    experiment: ExperimentSpec
    history: History
    summary: RunSummary | None
    about: About = field(default_factory=About)
    is_running: bool = False
    epochs_kept: int = 0
    group: str = ""
    size: int = 0
    warning: str = ""
    baselines: Baselines | None = None

    @property
    def name(self) -> str:
        """What the person calls it, or what was trained: ``MNIST digits 784–32–784``."""
        return self.about.name or f"{self.experiment.dataset.title} {self.experiment.shape}"

    @property
    def is_interrupted(self) -> bool:
        """Whether the run ended before its end, and can go on."""
        return self.summary is None and not self.is_running

    @property
    def error_per_feature(self) -> float | None:
        """Mean over test rows and features of |x − x̂|; None where no epoch was reached."""
        if self.summary is not None:
            error = self.summary.error.mean if self.summary.error else None
        else:
            error = self.history.last.error if len(self.history) else None
        return None if error is None else error / self.experiment.dataset.features


def read_card(folder: Path) -> RunCard:
    """Read what a list shows of a run.

    Raises
    ------
    RunError
        Something in the folder is missing or damaged; the message names the file.
    """
    experiment = with_own_file(folder, read_document(folder / EXPERIMENT, ExperimentSpec))
    status = read_document(folder / STATUS, RunStatus)
    # The result comes last: what it tells of is in the history.
    result = folder / RESULT
    summary = read_document(result, RunSummary) if result.exists() else None
    history = read_history(folder)
    if summary is not None and summary.epochs != math.floor(history.position):
        raise RunError(
            f"{folder} is damaged: its history has {math.floor(history.position)} epochs, and "
            f"{RESULT} tells of {summary.epochs}."
        )
    about, warning = _about(folder)
    card = RunCard(
        folder,
        status.created,
        experiment,
        history,
        summary,
        about,
        warning=warning,
        baselines=baselines_there(folder),
    )
    return card if summary is not None else _unfinished(card, status)


def _unfinished(card: RunCard, status: RunStatus) -> RunCard:
    path = card.folder / STATE
    epochs = 0
    if path.exists():
        try:
            epochs = read_place(path)[0] - 1
        except UNREADABLE as error:
            raise damaged(path, error, "The run cannot go on.") from error
    return replace(card, is_running=is_at_work(card.folder, status), epochs_kept=epochs)


def _about(folder: Path) -> tuple[About, str]:
    """Return what was said about a run; a bad file hides that, and not the run."""
    try:
        return read_about(folder), ""
    except RunError as error:
        return About(), f"{error} The run itself can be opened."
