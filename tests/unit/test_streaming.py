"""Rows that stay in their file: each is learned once an epoch, and a run goes on as in memory."""

import dataclasses
import re
import tempfile
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aegui.control import RunState, TrainingControl
from aegui.data import DataError, Dataset, load, load_dataset, preview_rows
from aegui.data.files import (
    Choices,
    ReadingStoppedError,
    Watch,
    open_file,
    propose,
    propose_file,
    report_on,
)
from aegui.data.files.row_groups import row_groups
from aegui.engine.keys import ProgramKey
from aegui.engine.windows import windows_of
from aegui.records import Continuation, EpochRecord, EpochSnapshot, FloatArray
from aegui.runs import data_of, read_run
from aegui.specs import (
    ArchitectureSpec,
    DenseCode,
    ExperimentSpec,
    FileSpec,
    FitSpec,
    NpyFormat,
    StreamSpec,
    TrainingSpec,
    check,
    is_runnable,
)
from aegui.ui.opening import read_opened
from aegui.workflow import WorkflowObserver, run_experiment

ROWS, FEATURES = 1000, 6
STREAMED = Choices(stream=True)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read some forty rows at a time, and hold some two hundred."""
    monkeypatch.setattr("aegui.data.files.wanted._ARRAY_BLOCK_BYTES", 40 * FEATURES * 4)
    monkeypatch.setattr("aegui.data.files.wanted._TABLE_BLOCK_BYTES", 40 * FEATURES * 4)
    monkeypatch.setattr("aegui.data.files.wanted._WINDOW_BYTES", 200 * FEATURES * 4)
    monkeypatch.setattr("aegui.data.files.sources._PART_BYTES", 64 * FEATURES * 4)
    monkeypatch.setattr("aegui.data.files.streaming._SAMPLE_VALUES", 50 * FEATURES)


def write(folder: Path, kind: str, *, gaps: bool = True) -> tuple[Path, FloatArray]:
    """Write rows of six numbers, and return them; the first tells which row it is."""
    rows = np.random.default_rng(3).normal(size=(ROWS, FEATURES)).astype(np.float32)
    rows[:, 0] = np.arange(ROWS)
    if gaps:
        rows[100:130, 1] = np.nan
        rows[777, 2] = np.inf
    path = folder / f"rows.{kind}"
    if kind == "npy":
        np.save(path, rows)
    else:
        frame = pl.DataFrame(rows, [f"c{place}" for place in range(FEATURES)])
        frame.with_columns(kind=pl.Series(["a", "b"] * (ROWS // 2))).write_parquet(path)
    return path, rows


def all_rows(dataset: Dataset) -> FloatArray:
    """Return all training rows of a stream, in the units of the file."""
    assert dataset.stream is not None
    parts = [np.empty((count, FEATURES), np.float32) for count in dataset.stream.counts]
    for block, part in enumerate(parts):
        dataset.stream.read_into(part, block)
    return dataset.unscale(np.concatenate(parts)).astype(np.float32)


@pytest.mark.parametrize("kind", ["npy", "parquet"])
@pytest.mark.parametrize("wanted", [None, 300])
def test_each_complete_row_trains_or_tests_once(
    kind: str, wanted: int | None, tmp_path: Path
) -> None:
    path, rows = write(tmp_path, kind)
    label = "" if kind == "npy" else "kind"
    spec = propose_file(path, Choices(stream=True, rows=wanted, label=label))
    dataset = load_dataset(spec)
    train, test = all_rows(dataset), dataset.unscale(dataset.test).astype(np.float32)
    assert (len(train), len(test)) == (spec.train_rows, spec.test_rows)
    numbers = np.concatenate([train[:, 0], test[:, 0]]).round().astype(int)
    complete = np.flatnonzero(np.isfinite(rows).all(axis=1))
    assert len(set(numbers)) == len(numbers) == min(wanted or ROWS, len(complete))
    assert set(numbers) <= set(complete)
    np.testing.assert_allclose(np.concatenate([train, test]), rows[numbers], atol=1e-4)
    assert dataset.test_numbers is not None
    np.testing.assert_array_equal(dataset.test_numbers, test[:, 0].round() + 1)
    if label:
        assert dataset.test_labels is not None
        names = [dataset.class_name(number) for number in dataset.test_labels]
        assert names == ["ab"[number % 2] for number in test[:, 0].round().astype(int)]


def test_they_are_scaled_by_the_training_rows_alone(tmp_path: Path) -> None:
    path, _ = write(tmp_path, "npy")
    for scaling in ("min_max", "standard"):
        spec = propose_file(path, Choices(stream=True, scaling=scaling))
        train = all_rows(load_dataset(spec)).astype(np.float64)
        shift, factor = (
            (train.min(axis=0), np.ptp(train, axis=0))
            if scaling == "min_max"
            else (train.mean(axis=0), train.std(axis=0))
        )
        np.testing.assert_allclose(spec.fit.shifts, shift, rtol=1e-4, atol=1e-4)
        np.testing.assert_allclose(spec.fit.factors, factor, rtol=1e-4)


def test_gaps_are_filled_by_the_median_of_a_sample_and_the_report_says_so(tmp_path: Path) -> None:
    path, rows = write(tmp_path, "parquet")
    choices = Choices(stream=True, missing="training_median", text="one_hot")
    opened = open_file(path, choices)
    assert report_on(opened).words[-1] == (
        "The rows stay in the file: each epoch reads them from there. A median that fills gaps is "
        "that of a sample of them."
    )
    spec = propose(opened, choices)
    assert (spec.rows, spec.fit.words[-1]) == (ROWS, ("a", "b"))
    assert abs(spec.fit.fills[1] - np.nanmedian(rows[:, 1])) < 0.7
    sample = load_dataset(spec).train
    assert len(sample) < spec.train_rows
    assert np.isfinite(sample).all()


def test_a_column_without_a_text_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    frame = pl.DataFrame({"a": range(100), "b": range(100)})
    frame.with_columns(note=pl.lit(None, pl.String)).write_parquet(path)
    choices = Choices(columns=("a", "b", "note"), text="one_hot", stream=True, missing="leave_out")
    with pytest.raises(DataError, match="column 'note' has no value"):
        propose_file(path, choices)


class Counted:
    """A stream of rows whose one number is their own, in blocks of given counts."""

    def __init__(self, counts: list[int]) -> None:
        self.counts = np.array(counts)
        self._edges = np.concatenate([[0], np.cumsum(counts)])

    def read_into(self, rows: FloatArray, block: int) -> None:
        rows[...] = np.arange(*self._edges[block : block + 2])[:, None]


def experiment_of(rows: int, batch: int, window: int, seed: int) -> ExperimentSpec:
    fit = FitSpec(fills=(0, 0), shifts=(0, 0), factors=(1, 1), words=((), ()))
    dataset = FileSpec(
        path="x.npy",
        size=1,
        sha256="0" * 64,
        format=NpyFormat(),
        rows=rows + 10,
        features=2,
        low=0,
        high=1,
        fit=fit,
        streaming=StreamSpec(block_rows=1, window_rows=window, test_rows=10),
    )
    return ExperimentSpec(dataset=dataset, training=TrainingSpec(batch_size=batch, seed=seed))


def taken(windows: Any, epoch: int, step: int, batch: int, rows: int) -> list[list[int]]:
    """Return which rows each step of an epoch takes, from a step on."""
    steps = []
    for window in windows.of_epoch(epoch, step):
        data, order = np.array(window.data)[:, 0], np.array(window.order)
        for number in range(max(step, window.first), window.end):
            size = min(batch, rows - number * batch)
            place = (number - window.first) * batch
            steps.append(data[order[place : place + size]].astype(int).tolist())
    return steps


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(st.integers(0, 9), min_size=1, max_size=12).filter(lambda c: sum(c) > 0),
    batch=st.integers(1, 7),
    window=st.integers(1, 30),
    seed=st.integers(0, 5),
    data=st.data(),
)
def test_an_epoch_takes_each_row_once_and_goes_on_inside_as_it_began(
    counts: list[int], batch: int, window: int, seed: int, data: st.DataObject
) -> None:
    rows = sum(counts)
    experiment = experiment_of(rows, min(batch, rows), window, seed)
    key = ProgramKey.of(experiment)
    steps = -(-rows // key.batch)
    program: Any = SimpleNamespace(key=key, steps=steps)
    dataset: Any = SimpleNamespace(stream=Counted(counts))

    def epoch_from(windows: Any, epoch: int, step: int) -> list[list[int]]:
        return taken(windows, epoch, step, key.batch, rows)

    windows = windows_of(experiment, dataset, program)
    first, second = (epoch_from(windows, epoch, 0) for epoch in (1, 2))
    windows.close()
    for epoch in (first, second):
        assert len(epoch) == steps
        assert sorted(chain.from_iterable(epoch)) == list(range(rows))
    step = data.draw(st.integers(0, steps - 1))
    again = windows_of(experiment, dataset, program)
    assert epoch_from(again, 2, step) == second[step:]
    again.close()


def experiment_on(path: Path, **changes: Any) -> ExperimentSpec:
    spec = propose_file(path, STREAMED)
    assert spec.streaming is not None
    assert spec.streaming.window_rows < spec.train_rows / 3
    architecture = ArchitectureSpec(
        code=DenseCode(width=2, activation="linear"),
        output_activation="linear",
        loss="mean_squared_error",
    )
    training = TrainingSpec(**({"epochs": 3, "batch_size": 16} | changes))
    return ExperimentSpec(dataset=spec, architecture=architecture, training=training)


class Following(WorkflowObserver):
    """Does something once, when an epoch has ended or a share of the run is over."""

    def __init__(self, at: float, act: Any) -> None:
        self._at, self._act = at, act

    def _look(self, position: float) -> None:
        if self._act is not None and position >= self._at:
            act, self._act = self._act, None
            act()

    def progressed(self, progress: Any) -> None:
        if progress.epoch:
            self._look(progress.fraction * progress.epochs)

    def epoch_shown(self, record: EpochRecord, _snapshot: EpochSnapshot) -> None:
        self._look(record.position)


def losses(result: Any) -> list[float]:
    return [record.val_loss for record in result.history.records if record.fraction == 1]


@pytest.mark.parametrize("kind", ["npy", "parquet"])
def test_a_run_stopped_inside_a_window_goes_on_to_the_same_losses(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = write(tmp_path, kind, gaps=kind == "npy")
    experiment = experiment_on(path)
    whole = run_experiment(experiment, TrainingControl(), WorkflowObserver())
    assert losses(whole)[-1] < losses(whole)[0]
    control = TrainingControl()
    stopped = run_experiment(experiment, control, Following(1.4, control.stop))
    assert stopped.state is RunState.STOPPED
    assert stopped.training is not None
    assert 0 < stopped.history.position % 1 < 1
    # Another day: what was read is forgotten.
    monkeypatch.setattr(load, "_last", load._LastDataset())
    monkeypatch.setattr("aegui.data.files.last_stream.last_stream._known", None)
    start = Continuation(stopped.training, stopped.frames)
    finished = run_experiment(experiment, TrainingControl(), WorkflowObserver(), None, start)
    assert losses(finished) == losses(whole)
    again = run_experiment(experiment, TrainingControl(), WorkflowObserver())
    assert losses(again) == losses(whole)


@pytest.mark.parametrize("harm", ["gone", "cut off", "changed"])
def test_a_run_whose_file_is_lost_stops_and_is_kept(harm: str, tmp_path: Path) -> None:
    path, rows = write(tmp_path, "npy")
    experiment = experiment_on(path, epochs=5)
    whole = run_experiment(experiment, TrainingControl(), WorkflowObserver())
    spare = path.read_bytes()
    # Whether the missing rows or the file's new size are found first is up to the reading thread.
    told = {"gone": "is not there", "cut off": "was (cut off|changed)", "changed": "was changed"}

    def lose() -> None:
        if harm == "gone":
            path.unlink()
        elif harm == "cut off":
            with path.open("r+b") as file:
                file.truncate(path.stat().st_size // 20)
        else:
            # Not written over: a reader would find it cut off for a moment.
            np.save(path.with_name("other.npy"), rows + 1)
            path.with_name("other.npy").replace(path)

    result = run_experiment(experiment, TrainingControl(), Following(1.0, lose), tmp_path / "runs")
    assert result.state is RunState.STOPPED
    assert re.search(told[harm], str(result.failure))
    assert "what it had learned is kept" in str(result.failure)
    assert result.folder is not None
    assert result.training is not None
    kept = read_run(result.folder)
    shown, warning = data_of(kept)
    assert len(shown.test) == experiment.dataset.test_rows
    assert ("changed since" in warning or "not there" in warning) is (harm != "changed")

    path.write_bytes(spare)
    start = Continuation(result.training, result.frames)
    finished = run_experiment(experiment, TrainingControl(), WorkflowObserver(), None, start)
    assert losses(finished) == losses(whole)


def test_a_kept_run_is_opened_without_reading_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = write(tmp_path, "parquet")
    experiment = experiment_on(path, epochs=1)
    result = run_experiment(experiment, TrainingControl(), WorkflowObserver(), tmp_path / "runs")
    assert result.folder is not None
    monkeypatch.setattr(load, "_last", load._LastDataset())
    monkeypatch.setattr("aegui.data.files.loading.open_file", None)
    run, dataset = read_opened(result.folder)
    assert run.warning == ""
    assert run.card.experiment == experiment
    assert len(dataset.test) == experiment.dataset.test_rows
    assert preview_rows(experiment.dataset, 4).shape == (4, FEATURES)


def test_memory_decides_where_nobody_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = write(tmp_path, "npy")
    assert propose_file(path).streaming is None
    monkeypatch.setattr("aegui.data.files.sources.free_memory", lambda: path.stat().st_size)
    assert propose_file(path).streaming is not None
    assert propose_file(path, Choices(stream=False)).streaming is None


def test_more_at_once_than_memory_has_is_refused() -> None:
    experiment = experiment_of(1000, 10, 2**31 - 1, 0)
    problems = check(experiment)
    assert not is_runnable(problems)
    assert "dataset.streaming.window_rows" in [problem.field for problem in problems]


def test_what_cannot_stay_in_its_file_is_told(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("a,b\n" + "1,2\n3,4\n" * 9)
    with pytest.raises(DataError, match=r"only those of NPY and Parquet files can"):
        open_file(table, STREAMED)
    turned = tmp_path / "a.npy"
    np.save(turned, np.asfortranarray(np.random.default_rng(0).random((40, 3))))
    with pytest.raises(DataError, match=r"is written column by column"):
        open_file(turned, STREAMED)
    path, _ = write(tmp_path, "parquet")
    with pytest.raises(DataError, match=r"has no column 'z'"):
        propose_file(path, dataclasses.replace(STREAMED, columns=("c1", "z")))


def test_the_reading_can_be_called_off_at_any_step(tmp_path: Path) -> None:
    path, _ = write(tmp_path, "npy")
    steps: list[str] = []
    propose_file(path, STREAMED, Watch(told=lambda doing, _: steps.append(doing)))
    assert list(dict.fromkeys(steps)) == [
        "Reading",
        "Looking at all rows",
        "Looking for gaps",
        "Finding the scale of all rows",
    ]
    for most in range(0, len(steps), 7):
        left = iter(range(most))
        watch = Watch(goes_on=lambda left=left: next(left, None) is not None)
        with pytest.raises(ReadingStoppedError):
            propose_file(path, STREAMED, watch)


@pytest.mark.parametrize(("groups", "expected"), [(100, 100), (10, 40), (300, 30), (70, 70)])
def test_a_parquet_file_is_read_group_by_group(
    groups: int, expected: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part of a group is unpacked with all that comes before it there."""
    monkeypatch.setattr("aegui.data.files.wanted._GROUP_BYTES", 120 * FEATURES * 4)
    path = tmp_path / "rows.parquet"
    rows = np.random.default_rng(3).normal(size=(ROWS, FEATURES)).astype(np.float32)
    rows[:, 0] = np.arange(ROWS)
    frame = pl.DataFrame(rows, [f"c{place}" for place in range(FEATURES)])
    # Texts and gaps put statistics of other kinds into the file's end.
    frame = frame.with_columns(note=pl.lit("a"), gap=pl.lit(None, pl.Int64))
    frame.write_parquet(path, row_group_size=groups)
    assert [group.rows for group in row_groups(path)] == [
        *[groups] * (ROWS // groups),
        *filter(None, [ROWS % groups]),
    ]
    spec = propose_file(path, STREAMED)
    assert spec.streaming is not None
    assert spec.streaming.block_rows == expected
    train = all_rows(load_dataset(spec))
    np.testing.assert_allclose(train, rows[train[:, 0].round().astype(int)], atol=1e-4)
    assert len(np.unique(train[:, 0].round())) == spec.train_rows


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_a_parquet_file_whose_end_is_damaged_has_no_known_groups(written: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        path.write_bytes(b"PAR1" + written + len(written).to_bytes(4, "little") + b"PAR1")
        groups = row_groups(path)
    assert all(group.rows >= 0 for group in groups)


def test_large_groups_of_rows_are_told_of_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = write(tmp_path, "parquet")
    (group,) = row_groups(path)
    assert ROWS * FEATURES * 4 < group.bytes < ROWS * FEATURES * 5
    monkeypatch.setattr("aegui.data.files.report._LARGE_GROUP", group.bytes - 1)
    assert "lie in groups of up to 0.0 GB" in report_on(open_file(path, STREAMED)).words[-1]
    monkeypatch.setattr("aegui.data.files.sources.free_memory", lambda: group.bytes)
    with pytest.raises(DataError, match=r"row_group_size=262144"):
        open_file(path, STREAMED)
