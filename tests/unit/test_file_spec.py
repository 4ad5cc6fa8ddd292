"""What a spec of a file's rows tells and refuses, and how other specs speak of it."""

import json
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from aegui.specs import (
    ArchitectureSpec,
    ConvLayer,
    DatasetSpec,
    DenseCode,
    ExperimentSpec,
    FileSpec,
    FitSpec,
    ImagesFormat,
    NoiseSpec,
    NpzFormat,
    RowShape,
    SpecError,
    TextFormat,
    check,
    with_settings,
)
from aegui.specs.changes import sweepable_settings
from aegui.specs.continuing import has_same_test_rows, why_not_continue
from aegui.specs.differences import difference_rows, differences
from aegui.specs.files import parse_experiment

FIT = FitSpec(fills=(0.5, 0.0), shifts=(1.0, 0.0), factors=(2.0, 1.0), words=((), ("blue", "red")))
TABLE = FileSpec(
    path="/data/Cars.csv",
    size=2000,
    sha256="0" * 64,
    format=TextFormat(delimiter=";"),
    columns=("weight", "colour"),
    label="maker",
    missing="training_median",
    text="one_hot",
    rows=100,
    features=3,
    low=0,
    high=1,
    classes=("a", "b"),
    fit=FIT,
)
PICTURES = FileSpec(
    path="/data/pictures",
    size=9000,
    sha256="1" * 64,
    format=ImagesFormat(colour=True, size=(4, 5)),
    rows=50,
    own_test_rows=7,
    features=60,
    image_shape=(4, 15),
    low=0,
    high=1,
    fit=FitSpec(fills=(0.0,), shifts=(0.0,), factors=(255.0,), words=((),)),
)


def _experiment(dataset: FileSpec = TABLE, **architecture: Any) -> ExperimentSpec:
    parts = {"code": DenseCode(width=2), "loss": "mean_squared_error"} | architecture
    return ExperimentSpec(dataset=dataset, architecture=ArchitectureSpec(**parts))


def test_shapes_and_counts_are_known_before_the_file_is_read() -> None:
    assert (TABLE.title, TABLE.train_rows, TABLE.test_rows) == ("Cars.csv", 90, 10)
    assert TABLE.row_shape == RowShape(3)
    assert TABLE.value_range == (0, 1)
    assert TABLE.feature_names == ("weight", "colour = blue", "colour = red")
    assert (PICTURES.train_rows, PICTURES.test_rows) == (43, 7)
    assert PICTURES.row_shape == RowShape(60, (4, 15))
    assert PICTURES.feature_names == ()


@pytest.mark.parametrize("dataset", [TABLE, PICTURES])
def test_it_survives_a_file_among_the_other_kinds(dataset: FileSpec) -> None:
    experiment = _experiment(dataset)
    assert parse_experiment(experiment.model_dump_json(), "a file") == experiment
    assert hash(experiment) == hash(parse_experiment(experiment.model_dump_json(), "a file"))


def test_experiments_of_before_are_read_as_they_were() -> None:
    adapter: TypeAdapter[DatasetSpec] = TypeAdapter(DatasetSpec)
    assert adapter.validate_json('{"kind": "noise", "rows": 500}') == NoiseSpec(rows=500)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"features": 4}, "the fit is for 3 features, and there are 4"),
        ({"columns": ("weight",)}, "1 columns have a fit for 2"),
        ({"image_shape": (2, 2)}, "pictures of 2 × 2 do not have 3 pixels"),
        ({"own_test_rows": 100}, "100 rows leave none to train on"),
        ({"low": 1}, "must be greater than low"),
        ({"sha256": "abc"}, "sha256"),
        ({"rows": 9}, "rows: is 9, but must be at least 10"),
        ({"scaling": "log"}, "must be one of 'none', 'min_max' or 'standard'"),
        ({"format": {"kind": "excel"}}, "dataset.format: has the kind 'excel'"),
        ({"fit": FIT.model_dump() | {"fills": (1,)}}, "as many fills as shifts"),
        ({"fit": FIT.model_dump() | {"factors": (0, 1)}}, "must be greater than 0"),
    ],
)
def test_facts_that_do_not_fit_each_other_are_told(changes: dict[str, Any], told: str) -> None:
    raw = TABLE.model_dump(mode="json") | changes
    with pytest.raises(SpecError, match=told):
        parse_experiment(json.dumps({"dataset": raw}), "f.json")


def test_no_number_of_a_fit_is_infinite() -> None:
    with pytest.raises(ValidationError):
        FitSpec(fills=(float("inf"),), shifts=(0.0,), factors=(1.0,), words=((),))


def test_its_choices_differ_in_words_and_what_follows_is_left_out() -> None:
    other = TABLE.model_copy(
        update={
            "scaling": "standard",
            "columns": ("weight", "power"),
            "sha256": "a" * 64,
            "fit": FIT.model_copy(update={"shifts": (3.0, 0.0)}),
            "low": -4.0,
        }
    )
    assert differences(_experiment(), _experiment(other)) == [
        "checksum 00000000 → aaaaaaaa",
        "columns weight, colour → weight, power",
        "scaling min–max → standard",
    ]
    rows = dict(difference_rows([_experiment(), _experiment(PICTURES)]))
    assert rows["file"] == ["/data/Cars.csv", "/data/pictures"]
    many = FitSpec(fills=(0,) * 99, shifts=(0,) * 99, factors=(1,) * 99, words=((),) * 99)
    names = tuple(f"number {n}" for n in range(99))
    wide = TABLE.model_copy(update={"columns": names, "fit": many, "features": 99})
    told = next(x for x in differences(_experiment(), _experiment(wide)) if "columns" in x)
    assert len(told) < 100


def test_a_sweep_changes_all_but_a_files_rows() -> None:
    fields = sweepable_settings(_experiment())
    assert "training.epochs" in fields
    assert not [field for field in fields if field.startswith("dataset")]
    with pytest.raises(SpecError, match=r"dataset\.scaling: is not a setting that a sweep can"):
        with_settings(_experiment(), {"dataset.scaling": "none"})
    noise = with_settings(_experiment(), {"dataset": "noise"})
    assert noise.dataset == NoiseSpec()
    with pytest.raises(SpecError, match="must be one of noise, sinusoids, mnist"):
        with_settings(noise, {"dataset": "file"})


def test_weights_go_on_only_with_the_same_columns_and_scaling() -> None:
    seeded = _experiment().model_copy(update={"training": _experiment().training})
    assert why_not_continue(_experiment(), seeded) is None
    scaled = TABLE.model_copy(update={"fit": FIT.model_copy(update={"shifts": (2.0, 0.0)})})
    told = why_not_continue(_experiment(), _experiment(scaled))
    assert told == "it learned other columns of Cars.csv, or scaled them otherwise"
    elsewhere = TABLE.model_copy(update={"path": "/data/Boats.csv"})
    told = why_not_continue(_experiment(), _experiment(elsewhere))
    assert told is not None
    assert "Cars.csv of 3 numbers in [0, 1]" in told
    assert has_same_test_rows(_experiment(), _experiment())
    assert not has_same_test_rows(_experiment(), _experiment(scaled))


def test_convolutions_need_pictures_in_the_file() -> None:
    convolutions = {"encoder": (ConvLayer(filters=2),)}
    told = [problem.message for problem in check(_experiment(**convolutions))]
    assert any("those in Cars.csv are rows of numbers" in message for message in told)
    pictures = _experiment(PICTURES, **convolutions)
    assert not [p for p in check(pictures) if p.field == "architecture.encoder"]


def test_a_keras_archive_keeps_its_split() -> None:
    form = NpzFormat(array="x_train", test_array="x_test", test_label="y_test")
    spec = PICTURES.model_copy(update={"format": form})
    assert parse_experiment(_experiment(spec).model_dump_json(), "f").dataset == spec
