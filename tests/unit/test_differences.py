from aegui.specs import (
    AdamSpec,
    ConvLayer,
    DenseCode,
    DenseLayer,
    EarlyStoppingSpec,
    ExperimentSpec,
    GaussianCorruption,
    NoiseSpec,
    SgdSpec,
    VariationalCode,
    find_lesson,
)
from aegui.specs.differences import difference_rows, differences

MNIST = find_lesson("mnist").experiment


def _with(**changes: object) -> ExperimentSpec:
    architecture = MNIST.architecture.model_copy(update=changes)
    return MNIST.model_copy(update={"architecture": architecture})


def test_equal_experiments_do_not_differ() -> None:
    assert differences(MNIST, find_lesson("mnist").experiment) == []


def test_a_change_is_told_by_name_before_and_after() -> None:
    assert differences(MNIST, _with(code=DenseCode(width=2))) == ["code 32 → 2"]
    assert differences(MNIST, _with(loss="mean_squared_error")) == [
        "loss cross-entropy → squared error"
    ]
    rate = _with(optimizer=AdamSpec(learning_rate=0.01))
    assert differences(MNIST, rate) == ["learning rate 0.001 → 0.01"]


def test_layers_are_told_as_a_whole() -> None:
    deep = _with(encoder=(ConvLayer(filters=16), DenseLayer(width=64)))
    assert differences(MNIST, deep) == ["encoder none → 16–64"]


def test_what_differs_in_layers_of_the_same_widths_is_told_layer_by_layer() -> None:
    before = _with(encoder=(DenseLayer(width=64), DenseLayer(width=16)))
    layers = (DenseLayer(width=64, activation="elu"), DenseLayer(width=16, dropout=0.25))
    after = _with(encoder=layers)
    assert differences(before, after) == [
        "encoder layer 1, activation relu → elu",
        "encoder layer 2, dropout 0 → 0.25",
    ]
    assert difference_rows([before, after]) == [
        ("encoder layer 1, activation", ["relu", "elu"]),
        ("encoder layer 2, dropout", ["0", "0.25"]),
    ]
    narrower = _with(encoder=(layers[0], DenseLayer(width=8, dropout=0.25)))
    assert differences(after, narrower) == ["encoder 64–16 → 64–8"]
    convolution = _with(encoder=(ConvLayer(filters=64), layers[1]))
    assert "encoder layer 1, kind dense → conv" in differences(after, convolution)
    assert len(differences(after, convolution)) == 2, "a kernel comes with a convolution"


def test_a_decoder_of_its_own_is_no_mirror_any_more() -> None:
    assert differences(MNIST, _with(decoder=())) == ["decoder mirror → none"]
    assert differences(_with(decoder=(DenseLayer(width=9),)), MNIST) == ["decoder 9 → mirror"]


def test_what_comes_with_another_kind_is_not_told_one_by_one() -> None:
    assert differences(MNIST, _with(corruption=GaussianCorruption())) == [
        "corruption none → gaussian"
    ]
    assert differences(MNIST, _with(optimizer=SgdSpec(learning_rate=0.001))) == [
        "optimizer Adam → SGD"
    ]
    variational = _with(code=VariationalCode(width=32))
    assert differences(MNIST, variational) == ["kind of code dense → variational"]


def test_switching_early_stopping_on_is_told() -> None:
    training = MNIST.training.model_copy(update={"early_stopping": EarlyStoppingSpec(patience=3)})
    changed = MNIST.model_copy(update={"training": training})
    assert differences(MNIST, changed) == ["early stopping none → 3"]


def test_a_table_has_only_what_differs_with_all_values() -> None:
    wide, seeded = _with(code=DenseCode(width=64, activation="relu")), MNIST
    training = MNIST.training.model_copy(update={"seed": 7})
    seeded = MNIST.model_copy(update={"training": training})
    assert difference_rows([MNIST, MNIST]) == []
    assert difference_rows([MNIST, wide, seeded]) == [
        ("code", ["32", "64", "32"]),
        ("seed", ["42", "42", "7"]),
    ]


def test_a_setting_that_another_kind_does_not_have_is_a_dash() -> None:
    noise = [
        MNIST.model_copy(update={"dataset": NoiseSpec(rows=60_000, high=high)})
        for high in (1.0, 2.0)
    ]
    rows = dict(difference_rows([MNIST, *noise]))
    assert rows == {"data": ["mnist", "noise", "noise"], "high": ["–", "1", "2"]}
