import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aegui.specs import (
    AdamWSpec,
    ArchitectureSpec,
    ConvLayer,
    DenseCode,
    DenseLayer,
    ExperimentSpec,
    GaussianCorruption,
    MaskingCorruption,
    MnistSpec,
    NoiseSpec,
    RmspropSpec,
    RowShape,
    SgdSpec,
    SinusoidsSpec,
    SpecError,
    TrainingSpec,
    VariationalCode,
    check,
    find_lesson,
    is_runnable,
    stages,
)
from aegui.specs.files import parse_experiment
from aegui.specs.sweep_files import parse_sweep

layers = st.builds(
    DenseLayer,
    width=st.integers(1, 4096),
    activation=st.sampled_from(["sigmoid", "relu", "tanh", "elu", "gelu", "linear"]),
)
codes = st.one_of(
    st.builds(DenseCode, width=st.integers(1, 4096), l1=st.floats(0, 1)),
    st.builds(VariationalCode, width=st.integers(1, 64), beta=st.floats(0, 10)),
)
corruptions = st.one_of(
    st.none(),
    st.builds(GaussianCorruption, stddev=st.floats(0.01, 10)),
    st.builds(MaskingCorruption, share=st.floats(0.01, 0.99)),
)
rates = st.floats(1e-8, 10)
experiments = st.builds(
    ExperimentSpec,
    dataset=st.one_of(
        st.builds(NoiseSpec, rows=st.integers(10, 10**6), low=st.just(-1.0), high=st.just(2.5)),
        st.builds(SinusoidsSpec, features=st.integers(2, 100), seed=st.integers(0, 2**31 - 1)),
        st.builds(MnistSpec, rows=st.integers(10, 60_000)),
    ),
    architecture=st.builds(
        ArchitectureSpec,
        encoder=st.lists(layers, max_size=4).map(tuple),
        code=codes,
        decoder=st.none() | st.lists(layers, max_size=4).map(tuple),
        corruption=corruptions,
        optimizer=st.one_of(
            st.builds(SgdSpec, learning_rate=rates),
            st.builds(RmspropSpec, learning_rate=rates),
            st.builds(AdamWSpec, learning_rate=rates, weight_decay=st.floats(0, 0.5)),
        ),
    ),
    training=st.builds(TrainingSpec, epochs=st.integers(1, 1000), shuffle=st.booleans()),
)


@given(experiments)
def test_every_experiment_survives_a_file(experiment: ExperimentSpec) -> None:
    assert parse_experiment(experiment.model_dump_json(), "a file") == experiment


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_any_other_json_is_refused_with_a_sentence(raw: object) -> None:
    with pytest.raises(SpecError, match=r"^f\.json: "):
        parse_experiment(json.dumps(raw), "f.json")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            {"dataset": {"kind": "noise", "rows": -3}},
            "dataset.rows: is -3, but must be at least 10",
        ),
        ({"dataset": {"kind": "noise", "features": "wide"}}, 'dataset.features: is "wide", but'),
        ({"dataset": {"kind": "noise", "features": 0}}, "dataset.features: is 0, but must be at"),
        ({"dataset": {"kind": "noise", "featurs": 3}}, "dataset.featurs: is not a setting"),
        ({"dataset": {"kind": "tabular"}}, "dataset: has the kind 'tabular', but must be one of"),
        ({"dataset": {"kind": "noise", "low": 3}}, r"dataset: high \(1\) must be greater than low"),
        (
            {"architecture": {"code": {"kind": "dense", "width": -2}}},
            "architecture.code.width: is -2, but must",
        ),
        ({"architecture": {"code": {"width": 2}}}, "architecture.code: needs a 'kind'"),
        (
            {"architecture": {"encoder": [{"kind": "lstm"}]}},
            "architecture.encoder.0: has the kind 'lstm'",
        ),
        ({"architecture": {"optimizer": {"kind": "adam", "learning_rate": 0}}}, "greater than 0"),
        ({"training": {"epochs": 0}}, "training.epochs: is 0, but must be at least 1"),
        ({"schema_version": 9}, "schema_version: is 9, but must be one of 1"),
    ],
)
def test_a_wrong_file_is_told_by_field_fault_and_remedy(raw: dict[str, Any], message: str) -> None:
    with pytest.raises(SpecError, match=rf"^my\.json: .*{message}"):
        parse_experiment(json.dumps(raw), "my.json")


def test_text_that_is_not_json_is_told_by_its_line() -> None:
    with pytest.raises(SpecError, match=r"my\.json: is not JSON \(line 2"):
        parse_experiment('{\n"dataset": }', "my.json")


def test_a_number_of_more_digits_than_python_reads_is_told() -> None:
    for parse in (parse_experiment, parse_sweep):
        with pytest.raises(SpecError, match=r"my\.json: is not JSON \(Exceeds the limit"):
            parse(f'{{"training": {{"epochs": {"9" * 5000}}}}}', "my.json")


def test_an_unknown_lesson_is_told_with_those_that_there_are() -> None:
    with pytest.raises(SpecError, match="noise-simple, noise-deep, noise-deep-as-coded, "):
        find_lesson("mnsit")


def test_a_mirrored_decoder_follows_the_encoder() -> None:
    wide, narrow = DenseLayer(width=64), DenseLayer(width=16, activation="tanh")
    architecture = ArchitectureSpec(encoder=(wide, narrow), code=DenseCode(width=2))
    assert architecture.decoder_layers == (narrow, wide)
    assert stages(architecture, RowShape(100)).summary == "100–64–16–2–16–64–100"
    free = architecture.model_copy(update={"decoder": (wide,)})
    assert stages(free, RowShape(100)).summary == "100–64–16–2–64–100"


def _problems(**changes: Any) -> dict[str, str]:
    experiment = ExperimentSpec(
        dataset=changes.get("dataset", NoiseSpec(rows=1000)),
        architecture=ArchitectureSpec(**changes.get("architecture", {})),
        training=TrainingSpec(**changes.get("training", {})),
    )
    return {problem.field: problem.severity.value for problem in check(experiment)}


def test_choices_that_do_not_fit_each_other_are_found() -> None:
    assert _problems(architecture={"code": DenseCode(width=2)}) == {}
    assert _problems() == {"architecture.code.width": "warning"}
    assert _problems(architecture={"code": DenseCode(width=2)}, training={"batch_size": 901}) == {
        "training.batch_size": "error"
    }
    outside = NoiseSpec(rows=1000, low=-1, high=1)
    code = {"code": DenseCode(width=2)}
    assert _problems(dataset=outside, architecture=code) == {
        "architecture.loss": "error",
        "architecture.output_activation": "warning",
    }
    squared = code | {"loss": "mean_squared_error", "output_activation": "linear"}
    assert _problems(dataset=outside, architecture=squared) == {}
    linear = code | {"output_activation": "linear"}
    assert _problems(architecture=linear) == {"architecture.loss": "warning"}
    huge = NoiseSpec(rows=20_000_000, features=10_000)
    assert _problems(dataset=huge, architecture=code) == {"dataset.rows": "error"}


def test_only_errors_keep_an_experiment_from_running() -> None:
    warned = ExperimentSpec(dataset=NoiseSpec(rows=1000))
    assert check(warned)
    assert is_runnable(check(warned))
    impossible = warned.model_copy(update={"training": TrainingSpec(batch_size=5000)})
    assert not is_runnable(check(impossible))


def test_convolutions_come_before_dense_layers_and_need_pictures() -> None:
    conv, dense = ConvLayer(filters=8), DenseLayer(width=20)
    for raw in (
        {"encoder": [{"kind": "dense"}, {"kind": "conv"}]},
        {"decoder": [{"kind": "conv"}, {"kind": "dense"}]},
    ):
        with pytest.raises(SpecError, match="convolutions must come"):
            parse_experiment(json.dumps({"architecture": raw}), "a file")
    right = ArchitectureSpec(encoder=(conv, dense), code=DenseCode(width=2))
    assert check(ExperimentSpec(architecture=right)) == []
    (problem,) = check(ExperimentSpec(dataset=NoiseSpec(rows=1000), architecture=right))
    assert problem.field == "architecture.encoder"
    assert "need pictures" in problem.message


def test_stages_tell_shapes_and_parameters() -> None:
    architecture = ArchitectureSpec(
        encoder=(ConvLayer(filters=16), ConvLayer(filters=32)), code=DenseCode(width=8)
    )
    way = stages(architecture, RowShape(784, (28, 28)))
    labels = "784, 14 × 14 × 16, 7 × 7 × 32, 8, 7 × 7 × 32, 14 × 14 × 32, 28 × 28 × 16, 784"
    assert [stage.label for stage in way.all] == labels.split(", ")
    assert way.all[way.code_place].size == 8
