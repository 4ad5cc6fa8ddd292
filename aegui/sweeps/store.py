"""A sweep's folder: what was asked for, and a run folder for each trial that is finished."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from pydantic import BaseModel, ConfigDict, ValidationError

from aegui.records import TrialOutcome
from aegui.runs import RunError, read_outcome, write_outcome
from aegui.runs.folder import RESULT, replace_text
from aegui.specs import SpecError, SweepSpec, TrialSpec
from aegui.specs.sweep_files import parse_sweep

SWEEP = "sweep.json"
TABLE = "trials.csv"
_OWNER = "owner.json"
_GIVEN_UP = "given-up"
"""A file that says that nobody wants the sweep to go on."""
_COMPLETE = "complete"
"""A file that says that all trials were there once, whichever were deleted since."""


class _Owner(BaseModel):
    """The process that works at a sweep; by its start too, since numbers come again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pid: int
    started: float

    @property
    def is_alive(self) -> bool:
        try:
            process = psutil.Process(self.pid)
            # Killed and not yet taken note of by its parent, it works no more.
            is_gone = process.status() == psutil.STATUS_ZOMBIE
            return bool(process.create_time() == self.started) and not is_gone
        except psutil.NoSuchProcess:
            return False


@dataclass(frozen=True)
class UnfinishedSweep:
    """A sweep that was interrupted: ``done`` of ``trials`` are finished and kept."""

    folder: Path
    spec: SweepSpec
    done: int
    trials: int


class SweepStore:
    """One sweep's folder; trials are ``trial-001`` and so on, ordinary run folders.

    A trial's folder appears whole once the trial has ended, so whatever happens, those that are
    there are finished.
    """

    def __init__(self, folder: Path, spec: SweepSpec) -> None:
        self.folder = folder
        self.spec = spec
        self._damaged: list[str] = []

    @classmethod
    def create(cls, root: Path, spec: SweepSpec) -> "SweepStore":
        """Make the folder of a new sweep below ``root``; raises ``RunError``."""
        field = spec.axes[0].field.rpartition(".")[2]
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        name = f"{stamp}-sweep-{spec.base.dataset.kind}-{field}"
        try:
            root.mkdir(parents=True, exist_ok=True)
            folder = _new_folder(root, name)
            replace_text(folder / SWEEP, spec.model_dump_json(indent=2))
        except OSError as error:
            raise RunError(
                f"{root} cannot be written ({error.strerror or error}). "
                "Free some space or choose another place."
            ) from error
        return cls(folder, spec)

    @classmethod
    def open(cls, folder: Path) -> "SweepStore":
        """Open a sweep's folder; raises ``RunError`` when it holds no sweep that can be read."""
        try:
            text = (folder / SWEEP).read_text(encoding="utf-8")
            return cls(folder, parse_sweep(text, str(folder / SWEEP)))
        except (OSError, UnicodeDecodeError, SpecError) as error:
            why = str(error).splitlines()[0]
            raise RunError(f"The sweep in {folder} cannot be read ({why}).") from error

    @classmethod
    def create_or_go_on(cls, root: Path, spec: SweepSpec) -> "SweepStore":
        """Return the folder of the same sweep that was interrupted below ``root``, or a new one."""
        for unfinished in list_unfinished(root):
            if unfinished.spec == spec:
                return cls(unfinished.folder, spec)
        return cls.create(root, spec)

    @property
    def damaged(self) -> tuple[str, ...]:
        """What could not be read of the trials that are there; they are set aside and repeated."""
        return tuple(self._damaged)

    def claim(self) -> None:
        """Say that this process works at the sweep.

        Raises
        ------
        RunError
            Another one does, or the folder cannot be written.
        """
        if self.is_claimed:
            raise RunError(f"Another aegui is working at the sweep in {self.folder}.")
        me = _Owner(pid=os.getpid(), started=psutil.Process().create_time())
        try:
            replace_text(self.folder / _OWNER, me.model_dump_json())
        except OSError as error:
            raise RunError(f"{self.folder} cannot be written ({error.strerror}).") from error

    def release(self) -> None:
        """Say that nobody works at the sweep any more, and whether it came to its end."""
        if self.done == self.spec.trial_count:
            # On a full disk it stays an interrupted one that has nothing left to do.
            with suppress(OSError):
                (self.folder / _COMPLETE).touch()
        (self.folder / _OWNER).unlink(missing_ok=True)

    def discard_if_empty(self) -> None:
        """Remove the folder of a sweep that left nothing but what was asked for."""
        if self.folder.is_dir() and [path.name for path in self.folder.iterdir()] == [SWEEP]:
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def is_claimed(self) -> bool:
        """Whether a process that lives works at the sweep."""
        try:
            return _Owner.model_validate_json((self.folder / _OWNER).read_bytes()).is_alive
        except (OSError, ValidationError):
            return False

    def give_up(self) -> None:
        """Let the sweep be: it is not among the interrupted ones any more, its trials stay.

        Raises
        ------
        RunError
            The folder cannot be written.
        """
        try:
            (self.folder / _GIVEN_UP).touch()
        except OSError as error:
            raise RunError(f"{self.folder} cannot be written ({error.strerror}).") from error

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
        return sum(1 for _ in self.folder.glob(f"trial-*/{RESULT}"))

    def outcomes(self, trials: tuple[TrialSpec, ...]) -> tuple[TrialOutcome, ...]:
        """Return what the finished trials left.

        A trial that cannot be read is moved aside, told of in ``damaged``, and not among them.
        """
        found: list[TrialOutcome] = []
        for trial in trials:
            folder = self._folder(trial.number)
            if not folder.exists():
                continue
            try:
                found.append(read_outcome(folder, trial))
            except RunError as error:
                self._set_aside(folder)
                self._damaged.append(str(error))
        return tuple(found)

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
        try:
            replace_text(path, text)
        except OSError as error:
            raise RunError(f"{path} cannot be written ({error.strerror}).") from error

    def _folder(self, number: int) -> Path:
        return self.folder / f"trial-{number:03}"

    def _set_aside(self, folder: Path) -> None:
        try:
            folder.rename(_free_name(folder.with_name(f"damaged-{folder.name}")))
        except OSError as error:
            raise RunError(f"{folder} cannot be moved aside ({error.strerror}).") from error


def list_unfinished(root: Path) -> list[UnfinishedSweep]:
    """Return the interrupted sweeps below ``root`` that nobody works at, newest first."""
    found: list[UnfinishedSweep] = []
    for path in sorted(root.glob(f"*/{SWEEP}"), reverse=True):
        try:
            store = SweepStore.open(path.parent)
        except RunError:
            # Not one of this program's, or of a newer one: nothing that could go on.
            continue
        if not (store.is_complete or store.is_claimed or store.is_given_up):
            found.append(
                UnfinishedSweep(store.folder, store.spec, store.done, store.spec.trial_count)
            )
    return found


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
