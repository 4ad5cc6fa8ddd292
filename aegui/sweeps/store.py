"""A sweep's folder: what was asked for, and a run folder for each trial that is finished."""

import logging
import shutil
from datetime import UTC, datetime
from pathlib import Path

from aegui.records import TrialOutcome
from aegui.runs import RunError, read_outcome, write_outcome
from aegui.runs.documents import read_json
from aegui.runs.folder import RESULT, SWEEP, replace_text, writing
from aegui.runs.outcomes import remove_half_written
from aegui.specs import SpecError, SweepSpec, TrialSpec
from aegui.specs.sweep_files import build_sweep
from aegui.sweeps.claims import Claim

logger = logging.getLogger(__name__)

TABLE = "trials.csv"
_GIVEN_UP = "given-up"
"""A file that says that nobody wants the sweep to go on."""
_COMPLETE = "complete"
"""A file that says that all trials were there once, whichever were deleted since."""


class SweepStore:
    """One sweep's folder; trials are ``trial-001`` and so on, ordinary run folders.

    A trial's folder appears whole once the trial has ended, so whatever happens, those that are
    there are finished.
    """

    def __init__(self, folder: Path, spec: SweepSpec) -> None:
        self.folder = folder
        self.spec = spec
        self._damaged: list[str] = []
        self._claim = Claim(folder)

    @classmethod
    def create(cls, root: Path, spec: SweepSpec) -> "SweepStore":
        """Make the folder of a new sweep below ``root``, claimed before others can see it.

        ``run_sweep`` lets go of it. Raises ``RunError``.
        """
        field = spec.axes[0].field.rpartition(".")[2]
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        name = f"{stamp}-sweep-{spec.base.dataset.kind}-{field}"
        with writing(root):
            root.mkdir(parents=True, exist_ok=True)
            store = cls(_new_folder(root, name), spec)
            try:
                store.claim()
                replace_text(store.folder / SWEEP, spec.model_dump_json(indent=2))
            except BaseException:
                store.release()
                shutil.rmtree(store.folder, ignore_errors=True)
                raise
        return store

    @classmethod
    def open(cls, folder: Path) -> "SweepStore":
        """Open a sweep's folder; raises ``RunError`` when it holds no sweep that can be read."""
        try:
            return cls(folder, build_sweep(read_json(folder / SWEEP), str(folder / SWEEP)))
        except (RunError, SpecError) as error:
            why = str(error).splitlines()[0]
            raise RunError(f"The sweep in {folder} cannot be read. {why}") from error

    @property
    def damaged(self) -> tuple[str, ...]:
        """What could not be read of the trials that are there; they are set aside and repeated."""
        return tuple(self._damaged)

    def claim(self) -> None:
        """Say that this process works at the sweep, and remove what a killed one was writing.

        Raises
        ------
        RunError
            Another one does, or the folder cannot be written.
        """
        self._claim.take()
        remove_half_written(self.folder)

    def release(self) -> None:
        """Say that nobody works at the sweep any more, and whether it came to its end.

        A folder that left nothing but what was asked for is removed.
        """
        try:
            if self.done == self.spec.trial_count:
                (self.folder / _COMPLETE).touch()
        except OSError as error:
            # It stays an interrupted one that has nothing left to do.
            logger.warning("%s is not marked as complete: %s", self.folder, error)
        self._claim.let_go()
        self._discard_if_empty()

    def _discard_if_empty(self) -> None:
        try:
            if [path.name for path in self.folder.iterdir()] == [SWEEP]:
                shutil.rmtree(self.folder)
        except OSError as error:
            logger.warning("%s stays: %s", self.folder, error)

    @property
    def is_claimed(self) -> bool:
        """Whether a process that lives works at the sweep."""
        return self._claim.is_taken

    def give_up(self) -> None:
        """Let the sweep be: it is not among the interrupted ones any more, its trials stay.

        Raises
        ------
        RunError
            The folder cannot be written.
        """
        with writing(self.folder):
            (self.folder / _GIVEN_UP).touch()

    @property
    def is_given_up(self) -> bool:
        """Whether nobody wants the sweep to go on."""
        return (self.folder / _GIVEN_UP).exists()

    @property
    def is_complete(self) -> bool:
        """Whether all trials are there, or were once."""
        return (self.folder / _COMPLETE).exists() or self.done >= self.spec.trial_count

    @property
    def done(self) -> int:
        """Number of finished trials."""
        there = {path.parent.name for path in self.folder.glob(f"trial-*/{RESULT}")}
        numbers = range(1, self.spec.trial_count + 1)
        return sum(self._folder(number).name in there for number in numbers) if there else 0

    def read(
        self, trials: tuple[TrialSpec, ...]
    ) -> tuple[tuple[TrialOutcome, ...], dict[Path, RunError]]:
        """Return what the finished trials left, and for those that cannot be read why."""
        found: list[TrialOutcome] = []
        problems: dict[Path, RunError] = {}
        for trial in trials:
            folder = self._folder(trial.number)
            if not folder.exists():
                continue
            try:
                found.append(read_outcome(folder, trial))
            except RunError as error:
                problems[folder] = error
        return tuple(found), problems

    def outcomes(self, trials: tuple[TrialSpec, ...]) -> tuple[TrialOutcome, ...]:
        """Return what the finished trials left, for a sweep that goes on.

        A trial that cannot be read is moved aside, told of in ``damaged``, and not among them.
        """
        found, problems = self.read(trials)
        for folder, error in problems.items():
            self._set_aside(folder)
            self._damaged.append(str(error))
        return found

    def keep(self, outcome: TrialOutcome) -> TrialOutcome:
        """Write a trial's run folder and return the outcome with it.

        Brings in the engine, which writes the model.

        Raises
        ------
        RunError
            It cannot be written.
        """
        from aegui.engine.inference import save_keras
        from aegui.engine.plain import trained_model

        experiment, weights = outcome.experiment, outcome.weights
        model = trained_model(experiment.architecture, experiment.dataset.row_shape, weights)
        return write_outcome(
            self._folder(outcome.number),
            outcome,
            model,
            lambda path: save_keras(experiment, weights, path),
        )

    def write_table(self, text: str) -> None:
        """Write the trials as ``trials.csv`` beside their folders; raises ``RunError``."""
        path = self.folder / TABLE
        with writing(path):
            replace_text(path, text)

    def _folder(self, number: int) -> Path:
        return self.folder / f"trial-{number:03}"

    def _set_aside(self, folder: Path) -> None:
        try:
            folder.rename(_free_name(folder.with_name(f"damaged-{folder.name}")))
        except OSError as error:
            raise RunError(f"{folder} cannot be moved aside ({error.strerror}).") from error


def _new_folder(root: Path, name: str) -> Path:
    while True:
        folder = _free_name(root / name)
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        return folder


def _free_name(folder: Path) -> Path:
    number = 2
    wanted = folder
    while wanted.exists():
        wanted = folder.with_name(f"{folder.name}-{number}")
        number += 1
    return wanted
