"""What a killed program leaves on disk goes on as if it had never been killed."""

import dataclasses
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from aegui.control import Progress, RunState, TrainingControl
from aegui.records import Continuation, EpochRecord, EpochSnapshot, RunResult
from aegui.runs import Interrupted, Library, RunError, Store, read_interrupted, read_run
from aegui.specs import (
    ArchitectureSpec,
    DenseCode,
    DenseLayer,
    EarlyStoppingSpec,
    ExperimentSpec,
    PlateauSpec,
    SinusoidsSpec,
    TrainingSpec,
)
from aegui.workflow import WorkflowObserver, run_experiment

EPOCHS = 6
EXPERIMENT = ExperimentSpec(
    dataset=SinusoidsSpec(rows=2000, features=16),
    architecture=ArchitectureSpec(
        encoder=(DenseLayer(width=8, dropout=0.1),), code=DenseCode(width=2)
    ),
    training=TrainingSpec(
        epochs=EPOCHS,
        batch_size=50,
        early_stopping=EarlyStoppingSpec(patience=4),
        plateau=PlateauSpec(patience=1),
    ),
)


class Witness(WorkflowObserver):
    """Copies a run's folder as it is at some moment: what a kill there would have left."""

    def __init__(self, root: Path, copies: Path, epoch: int, fraction: float) -> None:
        self.control = TrainingControl()
        self._root, self._copies = root, copies
        self._place = epoch - 1 + fraction
        self.copy: Path | None = None
        self.shown = -1

    def progressed(self, progress: Progress) -> None:
        if progress.epoch and progress.fraction * EPOCHS >= self._place:
            self._look()

    def epoch_shown(self, record: EpochRecord, _snapshot: EpochSnapshot) -> None:
        if self.copy is None:
            self.shown = record.epoch

    def _look(self) -> None:
        if self.copy is None:
            (folder,) = (path for path in self._root.iterdir() if path.name[0] != ".")
            self.copy = self._copies / folder.name
            shutil.copytree(folder, self.copy)
            _forget_who(self.copy)


def _forget_who(folder: Path) -> None:
    """Let the run be one of a process that is gone."""
    status = json.loads((folder / "run.json").read_text())
    (folder / "run.json").write_text(json.dumps(status | {"pid": 2**22 + 1}))


def _run(store: Store, start: Continuation | None = None, **changes: object) -> RunResult:
    training = EXPERIMENT.training.model_copy(update=changes)
    experiment = EXPERIMENT.model_copy(update={"training": training})
    return run_experiment(experiment, TrainingControl(), WorkflowObserver(), store, start)


def _losses(result: RunResult) -> list[EpochRecord]:
    return [dataclasses.replace(record, seconds=0.0) for record in result.history]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    return _run(tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize("seconds", [0.0, 2.0, 1e9])
@pytest.mark.parametrize(("epoch", "fraction"), [(1, 0.0), (2, 0.5), (4, 0.99)])
def test_what_a_kill_leaves_goes_on_with_the_same_losses(
    tmp_path: Path,
    whole: RunResult,
    monkeypatch: pytest.MonkeyPatch,
    seconds: float,
    epoch: int,
    fraction: float,
) -> None:
    # However old the state on the disk is: of the same chunk, or of epoch 0.
    monkeypatch.setattr("aegui.runs.writer._SECONDS_BETWEEN_STATES", seconds)
    monkeypatch.setattr("aegui.runs.writer._SECONDS_INSIDE_EPOCHS", seconds)
    witness = Witness(tmp_path / "runs", tmp_path / "killed", epoch, fraction)
    run_experiment(EXPERIMENT, witness.control, witness, tmp_path / "runs")
    assert witness.copy is not None
    (card,) = Library(tmp_path / "killed").list_runs().cards
    assert card.is_interrupted
    assert card.history.epochs == witness.shown
    assert card.epochs_kept <= witness.shown
    assert card.epochs_kept == (witness.shown if seconds == 0 else 0)

    card, start = read_interrupted(witness.copy)
    assert start is not None
    assert card.history.epochs == card.epochs_kept
    result = _run(Interrupted(witness.copy), start)
    assert result.state is RunState.FINISHED
    assert result.folder == witness.copy
    assert _losses(result) == _losses(whole)
    assert result.model is not None
    assert whole.model is not None
    for one, other in zip(result.model.weights, whole.model.weights, strict=True):
        np.testing.assert_array_equal(one, other)
    (run,) = Library(tmp_path / "killed").list_runs().cards
    assert run.history == result.history
    assert run.created == card.created
    np.testing.assert_array_equal(read_run(run.folder).row_errors, result.row_errors)


def _killed(tmp_path: Path) -> Path:
    witness = Witness(tmp_path / "runs", tmp_path / "killed", 3, 0.5)
    run_experiment(EXPERIMENT, witness.control, witness, tmp_path / "runs")
    assert witness.copy is not None
    return witness.copy


def test_a_run_killed_before_its_first_state_begins_anew(tmp_path: Path, whole: RunResult) -> None:
    folder = _killed(tmp_path)
    (folder / "state.npz").unlink()
    (folder / "history.csv").write_text((folder / "history.csv").read_text().splitlines()[0] + "\n")
    card, start = read_interrupted(folder)
    assert start is None
    assert not len(card.history)
    assert _losses(_run(Interrupted(folder), start)) == _losses(whole)


def test_a_continuation_stopped_before_its_data_changes_nothing(tmp_path: Path) -> None:
    folder = _killed(tmp_path)
    _, start = read_interrupted(folder)
    control = TrainingControl()
    control.stop()
    stopped = run_experiment(EXPERIMENT, control, WorkflowObserver(), Interrupted(folder), start)
    assert stopped.state is RunState.STOPPED
    assert read_interrupted(folder)[0].is_interrupted


def test_a_line_that_was_cut_off_is_trained_again(tmp_path: Path, whole: RunResult) -> None:
    folder = _killed(tmp_path)
    history = folder / "history.csv"
    history.write_bytes(history.read_bytes()[:-9])
    _, start = read_interrupted(folder)
    assert _losses(_run(Interrupted(folder), start)) == _losses(whole)


def test_a_run_all_of_whose_epochs_were_done_is_finished(tmp_path: Path, whole: RunResult) -> None:
    assert whole.folder is not None
    folder = tmp_path / whole.folder.name
    shutil.copytree(whole.folder, folder)
    (folder / "result.json").unlink()
    (folder / "state.npz.77.part").write_bytes(b"half a state")
    _forget_who(folder)
    card, start = read_interrupted(folder)
    assert card.epochs_kept == whole.history.epochs
    assert _losses(_run(Interrupted(folder), start)) == _losses(whole)
    assert not list(folder.glob("*part*"))


def test_a_run_that_somebody_trains_is_left_alone(tmp_path: Path) -> None:
    folder = _killed(tmp_path)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        status = json.loads((folder / "run.json").read_text())
        now = {"pid": other.pid, "continued": "2999-01-01T00:00:00Z"}
        (folder / "run.json").write_text(json.dumps(status | now))
        library = Library(tmp_path / "killed")
        (card,) = library.list_runs().cards
        assert card.is_running
        with pytest.raises(RunError, match="being trained now"):
            read_interrupted(folder)
        with pytest.raises(RunError, match="being trained now"):
            _run(Interrupted(folder))
        # The number of a process is used again by another that began later.
        (folder / "run.json").write_text(json.dumps(status | {"pid": other.pid}))
        (card,) = library.list_runs().cards
        assert card.is_running
        earlier = {"pid": other.pid, "created": "2001-01-01T00:00:00Z"}
        (folder / "run.json").write_text(json.dumps(status | earlier))
        (card,) = library.list_runs().cards
        assert card.is_interrupted
        (folder / "run.json").write_text(json.dumps(status | now))
        other.kill()
    # Nothing in the folder has changed, but the process is gone.
    (card,) = library.list_runs().cards
    assert card.is_interrupted


def test_only_one_of_two_goes_on(tmp_path: Path) -> None:
    folder = _killed(tmp_path)
    _, start = read_interrupted(folder)
    (folder / "claim").touch()
    with pytest.raises(RunError, match="just being continued"):
        _run(Interrupted(folder), start)
    # Left behind by a program that was killed within those milliseconds.
    os.utime(folder / "claim", (0, 0))
    assert _run(Interrupted(folder), start).state is RunState.FINISHED
    with pytest.raises(RunError, match="came to its end"):
        _run(Interrupted(folder), start)


def test_what_went_on_meanwhile_is_not_put_back(tmp_path: Path) -> None:
    folder = _killed(tmp_path)
    _, start = read_interrupted(folder)
    assert start is not None
    older = dataclasses.replace(start, state=dataclasses.replace(start.state, step=1))
    before = {path: path.read_bytes() for path in folder.iterdir()}
    for earlier in (older, None):
        with pytest.raises(RunError, match="gone on meanwhile"):
            _run(Interrupted(folder), earlier)
        assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_another_run_does_not_take_the_place_of_one(tmp_path: Path) -> None:
    folder = _killed(tmp_path)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(RunError, match=r"is the folder of a run, .*aegui continue"):
        _run(folder)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_run_is_known_to_be_running_while_it_is(tmp_path: Path) -> None:
    class Looker(WorkflowObserver):
        cards: list[bool] = []  # noqa: RUF012

        def epoch_shown(self, _record: EpochRecord, _snapshot: EpochSnapshot) -> None:
            (card,) = Library(tmp_path).list_runs().cards
            self.cards.append(card.is_running)

    run_experiment(EXPERIMENT, TrainingControl(), Looker(), tmp_path)
    assert Looker.cards
    assert all(Looker.cards)


def test_a_pause_brings_the_last_epoch_to_the_disk(tmp_path: Path) -> None:
    class Pauser(WorkflowObserver):
        def __init__(self) -> None:
            self.control = TrainingControl()
            self.kept: list[int] = []

        def epoch_shown(self, record: EpochRecord, _snapshot: EpochSnapshot) -> None:
            if record.epoch == 3:
                self.control.pause()

        def paused(self, is_paused: bool) -> None:
            if is_paused:
                (card,) = Library(tmp_path).list_runs().cards
                self.kept.append(card.epochs_kept)
                self.control.stop()

    pauser = Pauser()
    run_experiment(EXPERIMENT, pauser.control, pauser, tmp_path)
    assert pauser.kept == [3]


def test_an_exception_leaves_an_interrupted_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Breaker(WorkflowObserver):
        def epoch_shown(self, record: EpochRecord, _snapshot: EpochSnapshot) -> None:
            if record.epoch == 2:
                raise MemoryError

    monkeypatch.setattr("aegui.runs.writer._SECONDS_BETWEEN_STATES", 0.0)
    with pytest.raises(MemoryError):
        run_experiment(EXPERIMENT, TrainingControl(), Breaker(), tmp_path)
    (card,) = Library(tmp_path).list_runs().cards
    assert card.is_interrupted
    assert card.epochs_kept == 2
