import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from aegui.specs import (
    ArchitectureSpec,
    Axis,
    DenseCode,
    DenseLayer,
    EarlyStoppingSpec,
    ExperimentSpec,
    GaussianCorruption,
    JsonScalar,
    MaskingCorruption,
    MnistSpec,
    NoiseSpec,
    PlateauSpec,
    SgdSpec,
    SinusoidsSpec,
    SpecError,
    SweepSpec,
    TrainingSpec,
    VariationalCode,
    with_settings,
)
from aegui.specs.axis_text import parse_axis, parse_values
from aegui.specs.changes import sweepable_settings

BASE = ExperimentSpec(
    dataset=NoiseSpec(rows=1000),
    architecture=ArchitectureSpec(code=DenseCode(width=2, activation="sigmoid")),
    training=TrainingSpec(epochs=2, batch_size=100, seed=7),
)

axes = st.builds(
    Axis,
    field=st.just("dataset.features"),
    values=st.lists(st.integers(2, 64), min_size=1, max_size=5, unique=True).map(tuple),
)
second_axes = st.one_of(
    st.builds(
        Axis,
        field=st.just("architecture.optimizer.learning_rate"),
        values=st.lists(st.floats(1e-6, 1), min_size=1, max_size=4, unique=True).map(tuple),
    ),
    st.just(Axis(field="architecture.optimizer.kind", values=("adam", "sgd"))),
    st.just(Axis(field="training.shuffle", values=(True, False))),
)
sweeps = st.builds(
    SweepSpec,
    base=st.just(BASE),
    axes=st.one_of(axes.map(lambda axis: (axis,)), st.tuples(axes, second_axes)),
    seeds=st.integers(1, 4),
)


@given(sweeps)
def test_every_sweep_survives_a_file(sweep: SweepSpec) -> None:
    again = SweepSpec.model_validate_json(sweep.model_dump_json())
    assert again == sweep
    for axis, read in zip(sweep.axes, again.axes, strict=True):
        assert [type(value) for value in axis.values] == [type(value) for value in read.values]


@given(sweeps)
def test_trials_are_every_combination_times_the_seeds(sweep: SweepSpec) -> None:
    trials = sweep.trials()
    count = sweep.seeds
    for axis in sweep.axes:
        count *= len(axis.values)
    assert len(trials) == sweep.trial_count == count
    assert [trial.number for trial in trials] == list(range(1, count + 1))
    assert len({(tuple(trial.settings.items()), trial.seed) for trial in trials}) == count
    assert {trial.seed for trial in trials} == {7 + k for k in range(sweep.seeds)}
    for trial in trials:
        assert trial.experiment.training.seed == trial.seed
        assert trial.experiment.dataset.features == trial.settings["dataset.features"]
    assert pickle.loads(pickle.dumps(trials)) == trials  # noqa: S301


def _changed(**settings: JsonScalar) -> ExperimentSpec:
    return with_settings(BASE, settings)


@pytest.mark.parametrize(
    ("depth", "shape"),
    [(1, "32–2–32"), (2, "32–16–2–16–32"), (4, "32–16–8–4–2–4–8–16–32")],
)
def test_depth_halves_the_widths_from_the_input_on(depth: int, shape: str) -> None:
    deep = _changed(depth=depth)
    assert deep.shape == shape
    assert deep.architecture.mirrored
    assert all(getattr(x, "activation", None) == "sigmoid" for x in deep.architecture.encoder)


def test_depth_keeps_what_hidden_layers_were_like() -> None:
    layer = DenseLayer(width=5, activation="tanh", dropout=0.1)
    for code in (DenseCode(width=2), VariationalCode(width=2)):
        base = BASE.model_copy(
            update={"architecture": ArchitectureSpec(encoder=(layer,), decoder=(), code=code)}
        )
        deep = with_settings(base, {"depth": 3}).architecture
        assert deep.encoder == tuple(layer.model_copy(update={"width": w}) for w in (16, 8))
        assert deep.decoder is None


def test_a_code_share_follows_the_features_of_its_trial() -> None:
    for features, width in ((2, 1), (8, 4), (33, 16)):
        changed = with_settings(BASE, {"code_share": 0.5, "dataset.features": features})
        assert changed.architecture.code.width == width
    assert _changed(code_share=0.001).architecture.code.width == 1


def test_another_dataset_keeps_what_applies() -> None:
    base = BASE.model_copy(update={"dataset": NoiseSpec(rows=90_000, features=8, seed=3, low=0.5)})
    assert with_settings(base, {"dataset": "noise"}) == base
    assert with_settings(base, {"dataset": "sinusoids"}).dataset == SinusoidsSpec(
        rows=90_000, features=8, seed=3
    )
    assert with_settings(base, {"dataset": "mnist"}).dataset == MnistSpec(rows=60_000)
    digits = base.model_copy(update={"dataset": MnistSpec(rows=500)})
    assert with_settings(digits, {"dataset": "noise"}).dataset == NoiseSpec(rows=500)


def test_another_kind_of_a_part_comes_with_its_own_defaults() -> None:
    assert _changed(**{"architecture.optimizer.kind": "sgd"}).architecture.optimizer == SgdSpec()
    changed = _changed(**{"architecture.code.kind": "variational"})
    assert changed.architecture.code == VariationalCode(width=2)
    assert _changed(**{"architecture.optimizer.kind": "adam"}) == BASE


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"depth": 0}, "depth = 0: depth: is 0, but must be a whole number of layers a side, 1"),
        ({"depth": 7}, "depth: is 7, but 32 features can be halved no further than to depth 6"),
        ({"depth": True}, "depth: is True, but must be a whole number"),
        ({"code_share": 0}, "code_share: is 0, but must be a share of the features"),
        ({"code_share": "half"}, "code_share: is half, but must be a share"),
        ({"dataset": "mnits"}, "dataset: is mnits, but must be one of noise, sinusoids, mnist"),
        ({"dataset.features": 1}, "dataset.features = 1: dataset.features: is 1, but must be at"),
        (
            {"dataset.featurs": 3},
            "dataset.featurs: is not a setting .* there are depth, ",
        ),
        ({"dataset.rows": 100}, "training.batch_size: a batch of 100 is larger than the 90"),
        ({"architecture.loss": "mse"}, 'architecture.loss: is "mse", but must be one of'),
        ({"training.seed": 3}, "training.seed: is not a setting that a sweep can change"),
        ({"architecture.code.beta": 0.1}, "code.beta: is not a setting"),
        ({"training.plateau": "on"}, "training.plateau: is on, but must be true or false"),
        ({"training.plateau.factor": 2}, "plateau.factor: is 2, but must be less than 1"),
    ],
)
def test_a_value_that_makes_no_experiment_is_named(
    settings: dict[str, JsonScalar], message: str
) -> None:
    ((field, value),) = settings.items()
    sweep = SweepSpec(base=BASE, axes=(Axis(field=field, values=(value,)),))
    with pytest.raises(SpecError, match=message):
        sweep.trials()


@pytest.mark.parametrize(
    ("axes", "field"),
    [
        ({"code_share": (0.25, 0.5), "architecture.code.width": (2, 4)}, r"code\.width"),
        ({"architecture.code.width": (2, 4), "code_share": (0.5,)}, r"code\.width"),
        ({"code_share": (0.01, 0.02)}, "code_share"),
    ],
)
def test_a_setting_that_changes_nothing_is_refused(
    axes: dict[str, tuple[JsonScalar, ...]], field: str
) -> None:
    found = tuple(Axis(field=name, values=values) for name, values in axes.items())
    with pytest.raises(SpecError, match=f"{field}: changes nothing"):
        SweepSpec(base=BASE, axes=found).trials()


def test_values_that_come_to_the_same_now_and_then_are_run() -> None:
    axes = (Axis(field="code_share", values=(0.05, 0.06, 0.5)), Axis(field="depth", values=(1, 2)))
    assert len(SweepSpec(base=BASE, axes=axes).trials()) == 6


def test_seeds_beyond_the_largest_are_refused() -> None:
    training = BASE.training.model_copy(update={"seed": 2**31 - 1})
    base = BASE.model_copy(update={"training": training})
    sweep = SweepSpec(base=base, axes=(Axis(field="depth", values=(1,)),), seeds=2)
    with pytest.raises(SpecError, match=r"seeds: training.seed: is 2147483648, but must be at"):
        sweep.trials()


@pytest.mark.parametrize(
    "raw",
    [
        {"axes": []},
        {"axes": [{"field": "depth", "values": []}]},
        {"axes": [{"field": "depth", "values": [1, 2, 1]}]},
        {"axes": [{"field": "depth", "values": [1]}] * 2},
        {"axes": [{"field": "depth", "values": [None]}]},
        {"axes": [{"field": "depth", "values": [1]}], "seeds": 0},
        {"axes": [{"field": "depth", "values": [1]}], "schema_version": 2},
    ],
)
def test_a_wrong_sweep_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SweepSpec.model_validate_json(json.dumps({"base": {}} | raw))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2,4,8", (2, 4, 8)),
        ("1..4", (1, 2, 3, 4)),
        ("2..32x2", (2, 4, 8, 16, 32)),
        ("2..33×2", (2, 4, 8, 16, 32)),
        ("0.1..0.5/0.1", (0.1, 0.2, 0.3, 0.4, 0.5)),
        ("10..30/10", (10, 20, 30)),
        ("1e-4..1e-1x10", (0.0001, 0.001, 0.01, 0.1)),
        ("-1..1", (-1, 0, 1)),
        ("1..3,8, 16..64x2", (1, 2, 3, 8, 16, 32, 64)),
        ("sigmoid, tanh", ("sigmoid", "tanh")),
        ("true,False", (True, False)),
        (".5,1e-3,2.0", (0.5, 0.001, 2.0)),
    ],
)
def test_values_are_read_as_people_write_them(text: str, values: tuple[JsonScalar, ...]) -> None:
    found = parse_values("x", text)
    assert found == values
    assert [type(value) for value in found] == [type(value) for value in values]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("features", "features: must be FIELD=VALUES, such as features=2,4,8"),
        ("=3", "=3: must be FIELD=VALUES"),
        ("features=", "dataset.features: has an empty value in ''; values are a list"),
        ("features=2,,4", "dataset.features: has an empty value in '2,,4'"),
        ("features=2..8x", "dataset.features: has the range '2..8x', which cannot be read"),
        ("features=8..2", "the range '8..2', which must go from the smaller number up"),
        ("features=2..8x1", "a factor must be above 1"),
        ("features=0..8x2", "what it multiplies above 0"),
        ("features=2..8/0", "whose step must be above 0"),
        ("rows=1..1000000", "dataset.rows: takes more than 200 values"),
        ("learning_rate=0.1..0.5", "needs a step, such as 0.1..0.5/0.1, or a factor"),
        ("features=2,4,2", "dataset.features: the value 2 stands twice"),
        ("activation=relu", "could be architecture.code.activation or architecture.output"),
        ("seed=1,2", "seed: is not swept by its values: --seeds N"),
        ("patience=2", "could be training.early_stopping.patience or training.plateau.patience"),
        ("wings=2", "wings: is not a setting that a sweep can change here; there are depth"),
    ],
)
def test_text_that_is_no_axis_is_told_by_field_fault_and_remedy(text: str, message: str) -> None:
    base = BASE
    if text.startswith("activation"):
        architecture = BASE.architecture.model_copy(update={"encoder": (DenseLayer(),)})
        base = BASE.model_copy(update={"architecture": architecture})
        message = "could be architecture.encoder.0.activation or architecture.code.activation"
    with pytest.raises(SpecError) as caught:
        parse_axis(text, base)
    assert message in str(caught.value)


@given(st.text(max_size=30))
def test_any_text_is_an_axis_or_a_sentence(text: str) -> None:
    complaint = ""
    try:
        values = parse_axis(f"features={text}", BASE).values
    except SpecError as error:
        values, complaint = (), str(error)
    assert values or complaint.startswith("sweep: dataset.features")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("features", "dataset.features"),
        ("dataset.features", "dataset.features"),
        ("learning_rate", "architecture.optimizer.learning_rate"),
        ("code.width", "architecture.code.width"),
        ("dataset.kind", "dataset"),
        ("depth", "depth"),
    ],
)
def test_the_end_of_a_path_names_its_field(name: str, field: str) -> None:
    assert parse_axis(f"{name}=2", BASE).field == field


def test_every_field_that_is_offered_can_be_set_to_what_it_is() -> None:
    within_parts = ("corruption.stddev", "corruption.share", "stopping.", "plateau.")
    for field, value in sweepable_settings(BASE).items():
        if not any(part in field for part in within_parts):
            assert with_settings(BASE, {field: value}) == BASE, field


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("stddev=0.1,0.2", [GaussianCorruption(stddev=0.1), GaussianCorruption(stddev=0.2)]),
        ("corruption.share=0.3", [MaskingCorruption(share=0.3)]),
        ("corruption.kind=none,gaussian", [None, GaussianCorruption()]),
        ("plateau.patience=2,4", [PlateauSpec(patience=2), PlateauSpec(patience=4)]),
        ("factor=0.1", [PlateauSpec(factor=0.1)]),
        ("plateau=false,true", [None, PlateauSpec()]),
        ("min_delta=0.01", [EarlyStoppingSpec(min_delta=0.01)]),
        ("early_stopping=true,false", [EarlyStoppingSpec(), None]),
    ],
)
def test_a_part_that_is_left_out_is_switched_on_by_what_is_swept(
    text: str, parts: list[object]
) -> None:
    axis = parse_axis(text, BASE)
    for trial, part in zip(SweepSpec(base=BASE, axes=(axis,)).trials(), parts, strict=True):
        experiment = trial.experiment
        found = {
            "corruption": experiment.architecture.corruption,
            "plateau": experiment.training.plateau,
            "early_stopping": experiment.training.early_stopping,
        }
        assert found.pop(axis.field.split(".")[1]) == part
        assert set(found.values()) == {None}


def test_a_part_that_is_there_is_changed_or_left_out() -> None:
    base = _changed(**{"architecture.corruption.share": 0.2, "training.plateau.patience": 9})
    changed = with_settings(base, {"training.plateau.factor": 0.1, "training.plateau": True})
    assert changed.training.plateau == PlateauSpec(patience=9, factor=0.1)
    assert with_settings(base, {"training.plateau": False}).training.plateau is None
    bare = with_settings(base, {"architecture.corruption.kind": "none"})
    assert bare.architecture.corruption is None
    with pytest.raises(SpecError, match=r"corruption\.stddev: is not a setting"):
        parse_axis("corruption.stddev=0.1", base)
