"""A file's rows: chosen, split, filled and scaled by what training rows tell."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aegui.data import DataError, Dataset, load_dataset, load_test_rows, preview_rows
from aegui.data.files import (
    Choices,
    propose_file,
    refit,
    rows_in_parts,
    suited_architecture,
    suited_experiment,
)
from aegui.specs import ArchitectureSpec, FileSpec, NoiseSpec, check
from aegui.specs.files import require_runnable

ROWS = 60


@pytest.fixture
def cars(tmp_path: Path) -> Path:
    """Sixty cars: their weight, a few of them missing, power, colour, maker and a constant."""
    rng = np.random.default_rng(3)
    lines = ["id,weight,power,colour,maker,wheels"]
    for row in range(ROWS):
        weight = "" if row % 20 == 7 else f"{rng.normal(1500, 300):.1f}"
        colour, maker = ("red", "blue", "grey")[row % 3], "AB"[row % 2]
        lines.append(f"{row + 100},{weight},{rng.integers(40, 200)},{colour},{maker},4")
    path = tmp_path / "cars.csv"
    path.write_text("\n".join(lines))
    return path


def _loaded(path: Path, **choices: Any) -> tuple[FileSpec, Dataset]:
    spec = propose_file(path, Choices(**choices))
    return spec, load_dataset(spec)


def test_what_varies_is_learned_unless_columns_are_named(cars: Path) -> None:
    spec, dataset = _loaded(cars)
    assert spec.columns == ("weight", "power")
    assert spec.id_column == "id"
    assert dataset.columns == ("weight", "power")
    assert propose_file(cars, Choices(columns=("power", "wheels"))).columns == ("power", "wheels")


def test_rows_with_missing_values_are_left_out_or_filled(cars: Path) -> None:
    spec, dataset = _loaded(cars)
    assert (spec.rows, len(dataset.train), len(dataset.test)) == (57, 51, 6)
    filled, dataset = _loaded(cars, missing="training_median")
    assert filled.rows == ROWS
    train = dataset.unscale(dataset.train)[:, 0]
    assert np.isclose(train, filled.fit.fills[0]).sum() >= 1


def test_a_fit_sees_training_rows_alone(cars: Path) -> None:
    """A test row that is changed changes no number that rows are scaled with."""
    for scaling in ("min_max", "standard"):
        spec, dataset = _loaded(cars, scaling=scaling, missing="training_median")
        assert dataset.test_numbers is not None
        lines = cars.read_text().splitlines()
        place = int(dataset.test_numbers[0])
        fields = lines[place].split(",")
        lines[place] = ",".join([fields[0], "90000", *fields[2:]])
        other = cars.with_name("other.csv")
        other.write_text("\n".join(lines))
        changed = propose_file(other, Choices(scaling=scaling, missing="training_median"))
        assert changed.fit == spec.fit
        assert changed.high > spec.high


def test_scaling_is_that_of_its_name(cars: Path) -> None:
    _, plain = _loaded(cars, scaling="none")
    assert plain.train.max() > 1000
    spec, unit = _loaded(cars, scaling="min_max")
    np.testing.assert_allclose([unit.train.min(0), unit.train.max(0)], [[0, 0], [1, 1]])
    both = np.concatenate([unit.train, unit.test])
    assert spec.value_range == (both.min(), both.max())
    _, standard = _loaded(cars, scaling="standard")
    np.testing.assert_allclose(standard.train.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(standard.train.std(axis=0), 1, rtol=1e-5)
    for dataset in (unit, standard):
        np.testing.assert_allclose(dataset.unscale(dataset.test), plain.test, rtol=1e-5)
        np.testing.assert_array_equal(dataset.test_numbers, plain.test_numbers)


def test_texts_are_one_hot_on_request(cars: Path) -> None:
    spec, dataset = _loaded(cars, text="one_hot", label="maker")
    assert spec.columns == ("weight", "power", "colour")
    assert dataset.columns[2:] == ("colour = blue", "colour = grey", "colour = red")
    hot = dataset.test[:, 2:]
    np.testing.assert_array_equal(hot.sum(axis=1), 1)
    assert dataset.test_numbers is not None
    colours = np.array(["red", "blue", "grey"])[(dataset.test_numbers - 1) % 3]
    named = np.array(["blue", "grey", "red"])[hot.argmax(axis=1)]
    np.testing.assert_array_equal(named, colours)


def test_a_label_has_names_and_is_not_learned(cars: Path) -> None:
    spec, dataset = _loaded(cars, label="maker")
    assert spec.classes == dataset.class_names == ("A", "B")
    assert dataset.test_labels is not None
    assert dataset.test_numbers is not None
    assert dataset.test_labels.dtype == np.uint8
    np.testing.assert_array_equal(dataset.test_labels, (dataset.test_numbers - 1) % 2)
    assert dataset.test_names == tuple(str(99 + n) for n in dataset.test_numbers)
    _, numbered = _loaded(cars, label="weight", columns=("power", "id"))
    assert "(none)" in numbered.class_names


def test_more_classes_than_labels_can_tell_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("a,b,who\n" + "".join(f"{n},{n * n},w{n}\n" for n in range(300)))
    with pytest.raises(DataError, match=r"'who' has 300 different values, .* 256 classes at most"):
        propose_file(path, Choices(label="who"))


def test_the_seed_decides_the_split_and_rows_can_be_fewer(cars: Path) -> None:
    numbers = [_loaded(cars, seed=seed)[1].test_numbers for seed in (1, 1, 2)]
    assert numbers[0] is not None
    assert numbers[2] is not None
    np.testing.assert_array_equal(numbers[0], numbers[1])
    assert set(numbers[0]) != set(numbers[2])
    spec = propose_file(cars)
    few = refit(spec, rows=20)
    assert (few.rows, few.train_rows, few.columns) == (20, 18, spec.columns)
    assert len(load_dataset(few).train) == 18


def test_a_preview_and_test_rows_alone_are_the_datasets(cars: Path) -> None:
    spec, dataset = _loaded(cars)
    np.testing.assert_array_equal(preview_rows(spec), dataset.train[:10])
    load_dataset(NoiseSpec(rows=10, features=2))
    np.testing.assert_array_equal(load_test_rows(spec).test, dataset.test)


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_file_that_changed_or_is_gone_is_named(cars: Path, damage: str) -> None:
    spec, dataset = _loaded(cars)
    load_dataset(NoiseSpec(rows=10, features=2))
    if damage == "gone":
        cars.unlink()
    else:
        cars.write_text(cars.read_text() + "\n1,2,3,red,A,4")
    told = {
        "gone": r"cars\.csv is not there\. Put it back",
        "changed": r"cars\.csv has changed since .* bytes.* Put it back as it was, or open it anew",
    }
    with pytest.raises(DataError, match=told[damage]):
        load_dataset(spec)
    assert dataset.train.shape == (51, 2)


def test_settings_changed_by_hand_are_told(cars: Path) -> None:
    spec = propose_file(cars)
    for change in ({"rows": 30}, {"scaling": "standard"}, {"columns": ("power", "weight")}):
        with pytest.raises(DataError, match="were changed by hand"):
            load_dataset(spec.model_copy(update=change))


@pytest.mark.parametrize("scaling", ["none", "min_max", "standard"])
def test_rows_of_another_file_are_scaled_as_the_runs_own(cars: Path, scaling: str) -> None:
    spec, dataset = _loaded(
        cars, label="maker", text="one_hot", missing="training_median", scaling=scaling
    )
    assert dataset.test_numbers is not None
    lines = cars.read_text().splitlines()
    chosen = [line.split(",") for line in lines[:1] + [lines[n] for n in dataset.test_numbers]]
    other = cars.with_name("other.tsv")
    # Other columns, in another order, in another kind of file.
    other.write_text("\n".join("\t".join([f[3], f[2], f[1]]) for f in chosen))
    cars.unlink()
    np.testing.assert_allclose(next(rows_in_parts(spec, other)).values, dataset.test, rtol=1e-6)


def test_rows_of_another_file_must_have_what_the_runs_have(cars: Path, tmp_path: Path) -> None:
    spec = propose_file(cars)
    other = tmp_path / "other.csv"
    for text, told in (
        ("weight,colour\n1,red\n", r"other\.csv has no column 'power'"),
        ("weight,power\n1,2\n1,lots\n", "'power' holds texts: row 2 holds 'lots'"),
        ("weight,power\n1,2\n1,\n", r"other\.csv, row 2: has no value in 'power'"),
    ):
        other.write_text(text)
        with pytest.raises(DataError, match=told):
            next(rows_in_parts(spec, other))
    np.save(tmp_path / "a.npy", np.ones((3, 2)))
    assert next(rows_in_parts(spec, tmp_path / "a.npy")).values.shape == (3, 2)
    np.save(tmp_path / "a.npy", np.ones((3, 5)))
    with pytest.raises(DataError, match=r"has 5 numbers in a row, and cars\.csv the columns"):
        next(rows_in_parts(spec, tmp_path / "a.npy"))


def test_an_array_scales_rows_of_a_table(tmp_path: Path) -> None:
    values = np.random.default_rng(0).normal(size=(30, 3))
    np.save(tmp_path / "a.npy", values)
    spec, dataset = _loaded(tmp_path / "a.npy", scaling="standard")
    assert dataset.test_numbers is not None
    test = values[dataset.test_numbers - 1]
    np.savetxt(tmp_path / "a.csv", test, delimiter=";")
    np.testing.assert_allclose(
        next(rows_in_parts(spec, tmp_path / "a.csv")).values, dataset.test, rtol=1e-6
    )


def test_a_model_is_proposed_that_suits_the_scaling(cars: Path) -> None:
    standard = propose_file(cars, Choices(scaling="standard"))
    suited, reason = suited_architecture(ArchitectureSpec(), standard)
    assert (suited.output_activation, suited.loss) == ("linear", "mean_squared_error")
    assert "Standard scaling" in reason
    assert suited_architecture(suited, standard) == (suited, "")
    inside = standard.model_copy(update={"scaling": "min_max", "low": 0.0, "high": 1.0})
    assert suited_architecture(ArchitectureSpec(), inside) == (ArchitectureSpec(), "")
    outside = inside.model_copy(update={"high": 1.25})
    suited, reason = suited_architecture(ArchitectureSpec(), outside)
    assert suited.output_activation == "linear"
    assert "[0, 1.25]" in reason


@pytest.mark.parametrize("scaling", ["none", "min_max", "standard"])
def test_a_first_experiment_suits_its_rows(cars: Path, scaling: str) -> None:
    spec = propose_file(cars, Choices(scaling=scaling))
    experiment, _ = suited_experiment(spec)
    require_runnable(experiment, "a first experiment")
    assert check(experiment) == []
    assert experiment.architecture.code.width < spec.features
