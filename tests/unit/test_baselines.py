"""What a model is measured against: the training mean, PCA, and the loss' floor."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from aegui import yardstick
from aegui.analysis.baselines import compute_baselines, loss_floor
from aegui.analysis.reel import Reel
from aegui.cli.result_words import as_json_line, in_words
from aegui.control import TrainingControl
from aegui.data import Dataset, load_dataset
from aegui.records import Baselines, ErrorFigures
from aegui.runs import RunError, read_baselines, read_run, write_baselines
from aegui.specs import (
    ArchitectureSpec,
    DatasetSpec,
    DenseCode,
    EarlyStoppingSpec,
    ExperimentSpec,
    MnistSpec,
    NoiseSpec,
    SinusoidsSpec,
    TrainingSpec,
)
from aegui.workflow import WorkflowObserver, run_experiment

CROSS_ENTROPY = "binary_crossentropy"
SOME = Baselines(
    mean=ErrorFigures(mean=8.0, std=0.8),
    pca=ErrorFigures(mean=7.5, std=0.8),
    pca_width=2,
    floor=0.5,
)

unit_rows = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 40), st.integers(2, 6)),
    elements=st.floats(0, 1, width=32),
)


def experiment(dataset: DatasetSpec, width: int = 2) -> ExperimentSpec:
    code = DenseCode(width=width)
    return ExperimentSpec(dataset=dataset, architecture=ArchitectureSpec(code=code))


def rows_as_dataset(train: np.ndarray, test: np.ndarray, high: float = 1.0) -> Dataset:
    return Dataset(train=train, test=test, value_range=(0.0, high), scaling="", noun="row")


def baselines(spec: DatasetSpec, width: int = 2) -> Baselines:
    return compute_baselines(experiment(spec, width), load_dataset(spec))


def test_guessing_noise_costs_a_quarter_for_each_feature() -> None:
    found = baselines(NoiseSpec(rows=100_000))
    assert found.mean.mean == pytest.approx(8.0, abs=0.03)
    assert found.mean.std == pytest.approx(math.sqrt(32 / 48), abs=0.02)
    # Two of 32 directions are kept, and no more is to be had than two features' worth.
    assert found.pca is not None
    assert 7.4 < found.pca.mean < 7.8
    assert found.floor == pytest.approx(0.5, abs=0.001)


def test_pca_of_width_two_rebuilds_sinusoids() -> None:
    found = baselines(SinusoidsSpec(rows=20_000))
    assert found.pca is not None
    assert found.pca.mean < 1e-4
    assert found.mean.mean == pytest.approx(32 / math.pi, rel=0.02)
    assert found.floor == pytest.approx(0.386, abs=0.001)
    one = baselines(SinusoidsSpec(rows=20_000), 1)
    assert one.pca is not None
    assert one.pca.mean > 1


def test_mnist_has_the_figures_of_its_test_rows() -> None:
    found = baselines(MnistSpec(), 32)
    assert found.pca_width == 32
    assert found.pca is not None
    assert found.floor == pytest.approx(0.0581, abs=0.0001)
    assert found.pca.mean < found.mean.mean / 2
    dataset = load_dataset(MnistSpec())
    errors = np.abs(dataset.test - dataset.train.mean(axis=0)).sum(axis=1)
    assert found.mean.mean == pytest.approx(float(errors.mean()), rel=1e-5)
    assert found.mean.std == pytest.approx(float(errors.std()), rel=1e-4)


def test_answers_outside_of_the_datas_range_are_clipped() -> None:
    # The rows lie on the line x = y; the test row is beyond its end.
    train = np.array([[0.0, 0.0], [0.5, 0.5], [1.0, 1.0]], np.float32)
    test = np.array([[1.5, 1.5]], np.float32)
    clipped = compute_baselines(experiment(NoiseSpec(), 1), rows_as_dataset(train, test))
    free = compute_baselines(experiment(NoiseSpec(), 1), rows_as_dataset(train, test, 2.0))
    assert clipped.pca is not None
    assert free.pca is not None
    assert clipped.pca.mean == pytest.approx(1.0)
    assert free.pca.mean == pytest.approx(0.0, abs=1e-6)


@given(unit_rows, st.integers(1, 9))
def test_any_rows_have_baselines(rows: np.ndarray, width: int) -> None:
    found = compute_baselines(experiment(NoiseSpec(), width), rows_as_dataset(rows, rows))
    by_hand = np.abs(rows - rows.mean(axis=0, dtype=np.float64)).sum(axis=1)
    assert found.mean.mean == pytest.approx(float(by_hand.mean()), abs=1e-5)
    assert found.pca_width == min(width, rows.shape[1])
    assert (found.pca is None) == (len(rows) == 1)
    if found.pca is not None and width >= rows.shape[1] and len(rows) > rows.shape[1]:
        assert found.pca.mean == pytest.approx(0.0, abs=1e-4)


@given(unit_rows, st.floats(0, 1))
def test_no_answer_has_a_lower_cross_entropy_than_the_floor(rows: np.ndarray, nudge: float) -> None:
    floor = loss_floor(CROSS_ENTROPY, rows)
    assert floor is not None
    for answer in (rows, rows * (1 - nudge) + nudge * 0.5, np.full_like(rows, nudge)):
        p = np.clip(answer.astype(np.float64), 1e-7, 1 - 1e-7)
        loss = -(rows * np.log(p) + (1 - rows) * np.log(1 - p)).mean()
        assert loss >= floor - 1e-6
    assert 0 <= floor <= math.log(2) + 1e-9


def test_other_losses_end_at_zero_and_values_beyond_one_have_no_floor() -> None:
    rows = np.array([[0.2, 1.4]], np.float32)
    assert loss_floor("mean_squared_error", rows) == 0
    assert loss_floor("mean_absolute_error", rows) == 0
    assert loss_floor(CROSS_ENTROPY, rows) is None
    assert loss_floor(CROSS_ENTROPY, np.array([[0.0, 1.0]], np.float32)) == 0


# Beside a run.


def test_baselines_are_kept_beside_a_run(tmp_path: Path) -> None:
    assert read_baselines(tmp_path) is None
    write_baselines(tmp_path, SOME)
    assert read_baselines(tmp_path) == SOME
    assert [path.name for path in tmp_path.iterdir()] == ["baselines.json"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"mean": 3}', SOME.model_dump_json().replace("1,", "2,", 1),
     SOME.model_dump_json().replace("8.0", "NaN"),
     SOME.model_dump_json().replace('"floor"', '"flor"')],
)  # fmt: skip
def test_a_file_of_another_kind_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "baselines.json").write_text(text)
    with pytest.raises(RunError, match=r"baselines\.json is damaged or of another version"):
        read_baselines(tmp_path)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"baselines\.json cannot be written"):
        write_baselines(tmp_path / "nowhere", SOME)


SMALL_RUN = ExperimentSpec(
    dataset=NoiseSpec(rows=300, features=6),
    architecture=ArchitectureSpec(code=DenseCode(width=2)),
    training=TrainingSpec(epochs=2, batch_size=64),
)
SMALL = experiment(NoiseSpec(rows=300, features=6, seed=7))


def test_what_is_beside_a_run_is_taken_and_what_is_missing_worked_out(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    worked_out = yardstick.baselines_of(SMALL, tmp_path / "old")
    assert worked_out == compute_baselines(SMALL, load_dataset(SMALL.dataset))
    assert read_baselines(tmp_path / "old") == worked_out
    write_baselines(tmp_path, SOME)
    assert yardstick.baselines_of(SMALL, tmp_path) == SOME
    assert yardstick.known_baselines(SMALL) == worked_out


def test_a_foreign_file_is_left_as_it_is(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "baselines.json"
    path.write_text('{"schema_version": 9}')
    assert yardstick.baselines_of(SMALL, tmp_path).pca_width == 2
    assert path.read_text() == '{"schema_version": 9}'
    assert str(path) in caplog.text
    gone = tmp_path / "gone"
    assert yardstick.baselines_of(SMALL, gone).pca_width == 2
    assert str(gone / "baselines.json") in caplog.text


def test_they_are_worked_out_once_for_all_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out = []

    def count(experiment: ExperimentSpec, _dataset: Dataset) -> Baselines:
        worked_out.append(experiment)
        return SOME

    monkeypatch.setattr(yardstick, "compute_baselines", count)
    dataset = NoiseSpec(rows=200, features=5, seed=12)
    first = experiment(dataset)
    training = first.training.model_copy(update={"seed": 99})
    assert yardstick.known_baselines(first) is None
    for spec in (first, first.model_copy(update={"training": training}), experiment(dataset, 3)):
        yardstick.baselines_of(spec)
    assert len(worked_out) == 2


def test_the_command_line_tells_them(tmp_path: Path) -> None:
    result = run_experiment(SMALL_RUN, TrainingControl(), WorkflowObserver(), tmp_path)
    words = in_words(result, SOME, 32)
    told = "always the training mean: 0.2500 (sum 8.000) · PCA of width 2: 0.2344 (sum 7.500)"
    assert f"{told} · no loss is below" in words
    assert words.splitlines()[-1] == f"kept in {result.folder}"
    figures = json.loads(as_json_line(result, SOME))
    assert figures["baselines"] == {
        "mean": {"mean": 8.0, "std": 0.8},
        "pca": {"mean": 7.5, "std": 0.8},
        "pca_width": 2,
        "floor": 0.5,
    }
    bare = SOME.model_copy(update={"pca": None, "floor": 0.0})
    assert "PCA" not in in_words(result, bare, 32)
    assert "below" not in in_words(result, bare, 32)
    assert "mean:" not in in_words(result, None, 32)
    assert json.loads(as_json_line(result, None))["baselines"] is None


def test_a_run_that_kept_its_best_epoch_is_summed_up_and_pictured_at_it(tmp_path: Path) -> None:
    stopping = EarlyStoppingSpec(patience=1, min_delta=0.02)
    training = TrainingSpec(epochs=40, batch_size=64, early_stopping=stopping)
    experiment = SMALL_RUN.model_copy(update={"training": training})
    result = run_experiment(experiment, TrainingControl(), WorkflowObserver(), tmp_path)
    best = result.history.best
    assert best is not None
    assert best.epoch < result.history.epochs
    assert result.summary is not None
    assert result.summary.val_loss == best.val_loss
    frame = Reel(result.frames).at(best.position)
    assert frame is not None
    assert result.row_errors is not None
    assert frame.histogram.mean == pytest.approx(float(result.row_errors.mean()), rel=1e-5)
    assert result.folder is not None
    run = read_run(result.folder)
    assert run.card.history.best == best
    assert run.card.history.kept == best


def test_pca_of_more_features_than_rows_needs_no_covariance_of_them() -> None:
    rng = np.random.default_rng(0)
    rows = (rng.random((60, 2)) @ rng.random((2, 10_000)) / 2).astype(np.float32)
    spec = NoiseSpec(rows=60, features=10_000)
    found = compute_baselines(experiment(spec, 2), rows_as_dataset(rows[:50], rows[50:]))
    assert found.pca is not None
    assert found.pca.mean < 0.001 * found.mean.mean
