import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aegui.control import Progress, RunState, TrainingControl
from aegui.data import load_dataset
from aegui.records import Continuation, EpochRecord, EpochSnapshot, RunResult
from aegui.runs import Library, Listing, RunError, read_card, read_interrupted, read_run
from aegui.runs.lines import add_record, write_history
from aegui.specs import (
    ArchitectureSpec,
    DenseCode,
    ExperimentSpec,
    NoiseSpec,
    SgdSpec,
    TrainingSpec,
)
from aegui.workflow import WorkflowObserver, run_experiment

EXPERIMENT = ExperimentSpec(
    dataset=NoiseSpec(rows=300, features=6),
    architecture=ArchitectureSpec(code=DenseCode(width=2)),
    training=TrainingSpec(epochs=2, batch_size=64),
)


EXPLODING = EXPERIMENT.model_copy(
    update={
        "architecture": ArchitectureSpec(
            code=DenseCode(width=2, activation="linear"),
            output_activation="linear",
            loss="mean_squared_error",
            optimizer=SgdSpec(learning_rate=10.0),
        ),
        "training": TrainingSpec(epochs=100, batch_size=64),
    }
)


def _run(root: Path, experiment: ExperimentSpec = EXPERIMENT) -> RunResult:
    return run_experiment(experiment, TrainingControl(), WorkflowObserver(), root)


def test_a_run_is_read_back_as_it_was(tmp_path: Path) -> None:
    result = _run(tmp_path)
    assert result.folder is not None
    run = read_run(result.folder)
    assert run.card.experiment == EXPERIMENT
    assert run.card.history == result.history
    assert run.card.summary == result.summary
    assert result.model is not None
    np.testing.assert_array_equal(run.row_errors, result.row_errors)
    for stored, trained in zip(run.weights, result.model.weights, strict=True):
        np.testing.assert_array_equal(stored, trained)
    assert not [path.name for path in result.folder.iterdir() if "part" in path.name]


def test_a_summary_has_the_figures_of_the_last_epoch(tmp_path: Path) -> None:
    result = _run(tmp_path)
    summary = result.summary
    assert summary is not None
    assert summary.status is RunState.FINISHED
    assert summary.epochs == 2
    assert summary.val_loss == result.history.last.val_loss
    assert summary.error is not None
    assert summary.error.mean == pytest.approx(result.history.last.error)
    assert summary.seconds.total >= summary.seconds.train
    assert summary.peak_rss_mb > 100


def test_a_start_that_does_not_fit_leaves_no_folder(tmp_path: Path) -> None:
    result = _run(tmp_path)
    assert result.training is not None
    wider = ArchitectureSpec(code=DenseCode(width=3))
    other = EXPERIMENT.model_copy(update={"architecture": wider})
    start = Continuation(result.training)
    with pytest.raises(RunError, match=r"cannot go on .* weight_000"):
        run_experiment(other, TrainingControl(), WorkflowObserver(), tmp_path, start)
    assert list(tmp_path.iterdir()) == [result.folder]


def test_two_runs_do_not_share_a_program(tmp_path: Path) -> None:
    class Second(WorkflowObserver):
        said = ""

        def epoch_shown(self, record: EpochRecord, _snapshot: EpochSnapshot) -> None:
            if record.epoch == 1:
                with pytest.raises(RunError) as refused:
                    _run(tmp_path)
                self.said = str(refused.value)

    second = Second()
    result = run_experiment(EXPERIMENT, TrainingControl(), second, tmp_path)
    assert second.said.startswith("Another training of 6–2–6 is under way in this aegui.")
    assert list(tmp_path.iterdir()) == [result.folder]
    assert _run(tmp_path).state is RunState.FINISHED


def test_runs_are_listed_newest_first_and_unreadable_ones_are_told(tmp_path: Path) -> None:
    folders = [_run(tmp_path).folder for _ in range(3)]
    assert folders[1] is not None
    (folders[1] / "experiment.json").write_text('{"dataset": 3}')
    (tmp_path / "not-a-run").mkdir()
    listing = Library(tmp_path).list_runs()
    assert [card.folder for card in listing.cards] == [folders[2], folders[0]]
    assert len(listing.errors) == 1
    assert "experiment.json" in str(listing.errors[0])


def test_a_place_without_runs_lists_none(tmp_path: Path) -> None:
    assert Library(tmp_path / "nowhere").list_runs() == Listing()


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("experiment.json", lambda path: path.write_text("{")),
        ("experiment.json", lambda path: path.unlink()),
        ("history.csv", lambda path: path.write_text("epoch,loss\nx,y\n")),
        ("result.json", lambda path: path.write_text(json.dumps({"schema_version": 2}))),
        ("errors.npy", lambda path: np.save(path, np.zeros(3, np.float32))),
        ("errors.npy", lambda path: np.save(path, np.array([object()]), allow_pickle=True)),
        ("state.npz", lambda path: path.write_bytes(path.read_bytes()[:200])),
        ("state.npz", lambda path: np.savez(path, weight_000=np.zeros(4, np.float32))),
        ("state.npz", lambda path: path.unlink()),
        ("errors.npy", lambda path: path.unlink()),
        ("history.csv", lambda path: path.write_text(path.read_text()[:90])),
    ],
)
def test_a_damaged_run_is_refused_with_the_place(tmp_path: Path, name: str, damage: object) -> None:
    folder = _run(tmp_path).folder
    assert folder is not None
    damage(folder / name)  # type: ignore[operator]
    with pytest.raises(RunError, match=folder.name):
        read_run(folder)


def test_an_unfinished_run_has_a_card_but_cannot_be_opened(tmp_path: Path) -> None:
    folder = _run(tmp_path).folder
    assert folder is not None
    (folder / "result.json").unlink()
    assert read_card(folder).summary is None
    assert read_card(folder).history.epochs == 2
    with pytest.raises(RunError, match="did not come to its end"):
        read_run(folder)
    (card,) = Library(tmp_path).list_runs().cards
    assert card.is_interrupted
    assert card.epochs_kept == 2


def test_a_place_that_cannot_be_written_is_named_before_training(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(RunError, match=r"file.* cannot be written"):
        _run(blocked)


class NeverAsked(WorkflowObserver):
    def progressed(self, _progress: Progress) -> None:
        raise AssertionError("nothing is made for a run that cannot be kept")


def test_a_place_that_may_not_be_looked_into_is_named_before_the_data_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Path.exists

    def denied(path: Path) -> bool:
        if path.name == "run.json":
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(Path, "exists", denied)
    with pytest.raises(RunError, match=r"cannot be written \(Permission denied\).*read only"):
        run_experiment(EXPERIMENT, TrainingControl(), NeverAsked(), tmp_path)
    monkeypatch.undo()
    monkeypatch.setattr("aegui.runs.stores.os.access", lambda *_arguments, **_options: False)
    with pytest.raises(RunError, match=r"new cannot be written \(Permission denied\)"):
        run_experiment(EXPERIMENT, TrainingControl(), NeverAsked(), tmp_path / "new")


def test_a_disk_that_fills_up_does_not_end_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("aegui.runs.archives.np.savez", full)
    result = _run(tmp_path)
    assert result.state is RunState.FINISHED
    assert result.model is not None
    assert result.folder is None
    assert "No space left on device" in str(result.failure)
    (card,) = Library(tmp_path).list_runs().cards
    assert card.is_interrupted
    assert card.epochs_kept == 0
    assert not list(card.folder.glob("*part*"))


def test_a_failed_run_whose_end_finds_no_room_goes_on_from_its_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aegui.runs.writer._SECONDS_BETWEEN_STATES", 0.0)
    whole = _run(tmp_path / "whole", EXPLODING)
    assert whole.folder is not None
    run = read_run(whole.folder)
    assert run.card.summary is not None
    assert run.card.summary.status is RunState.FAILED
    assert run.training is None
    assert whole.model is not None
    for stored, trained in zip(run.weights, whole.model.weights, strict=True):
        np.testing.assert_array_equal(stored, trained)

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("aegui.runs.writer.np.save", full)
    result = _run(tmp_path / "full", EXPLODING)
    assert result.folder is None
    assert result.failure is not None
    assert result.failure.is_not_finite
    assert "stopped being a finite number" in str(result.failure)
    assert "cannot be written (No space left on device)" in str(result.failure)
    (card,) = Library(tmp_path / "full").list_runs().cards
    assert card.is_interrupted
    assert read_interrupted(card.folder)[1] is not None


class Reader(WorkflowObserver):
    """Reads at each epoch what is kept of the run, and takes note of what is told."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.kept: list[tuple[int, int]] = []
        self.told: list[tuple[int, str]] = []

    def epoch_shown(self, _record: EpochRecord, _snapshot: EpochSnapshot) -> None:
        (card,) = Library(self._root).list_runs().cards
        self.kept.append((card.history.epochs, card.epochs_kept))

    def keeping_changed(self, sentence: str) -> None:
        self.told.append((len(self.kept), sentence))


def test_keeping_is_tried_again_and_what_is_missing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aegui.runs.writer._SECONDS_BETWEEN_STATES", 0.0)
    monkeypatch.setattr("aegui.runs.writer._SECONDS_BETWEEN_TRIES", 0.0)
    full = (2, 3)
    reader = Reader(tmp_path)

    def add(folder: Path, record: EpochRecord) -> None:
        if len(reader.kept) in full:
            raise OSError(28, "No space left on device")
        add_record(folder, record)

    def write(*arguments: Any) -> None:
        if len(reader.kept) in full:
            raise OSError(28, "No space left on device")
        write_history(*arguments)

    monkeypatch.setattr("aegui.runs.writer.add_record", add)
    monkeypatch.setattr("aegui.runs.writer.write_history", write)
    training = TrainingSpec(epochs=5, batch_size=64)
    experiment = EXPERIMENT.model_copy(update={"training": training})
    result = run_experiment(experiment, TrainingControl(), reader, tmp_path)
    assert result.failure is None
    assert reader.kept == [(0, 0), (1, 1), (1, 1), (1, 1), (4, 4), (5, 5)]
    (failed, why), (again, good) = reader.told
    assert (failed, again) == (2, 4), "it is told at once, and once"
    assert "cannot be written (No space left on device)" in why
    assert why.endswith("The run goes on, and aegui tries again every few seconds.")
    assert good == "The run is kept again, with all that was missing."
    assert result.folder is not None
    assert read_run(result.folder).card.history == result.history


def test_a_run_stopped_before_its_data_leaves_no_folder(tmp_path: Path) -> None:
    control = TrainingControl()
    control.stop()
    result = run_experiment(EXPERIMENT, control, WorkflowObserver(), tmp_path / "runs")
    assert result.state is RunState.STOPPED
    assert not (tmp_path / "runs").exists()


def test_results_do_not_depend_on_being_kept(tmp_path: Path) -> None:
    kept = _run(tmp_path).history
    unkept = run_experiment(EXPERIMENT, TrainingControl(), WorkflowObserver()).history
    scalars = [[dataclasses.replace(r, seconds=0.0) for r in history] for history in (kept, unkept)]
    assert scalars[0] == scalars[1]
    assert load_dataset(EXPERIMENT.dataset).test.shape == (30, 6)
