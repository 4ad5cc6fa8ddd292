import pytest

from aegui.specs import (
    AdamSpec,
    ArchitectureSpec,
    DatasetSpec,
    DenseCode,
    DenseLayer,
    ExperimentSpec,
    GaussianCorruption,
    MaskingCorruption,
    MnistSpec,
    NoiseSpec,
    SgdSpec,
    SinusoidsSpec,
    TrainingSpec,
    find_lesson,
)
from aegui.specs.continuing import has_same_test_rows, why_not_continue

MNIST = find_lesson("mnist").experiment


def _with(**changes: object) -> ExperimentSpec:
    architecture = MNIST.architecture.model_copy(update=changes)
    return MNIST.model_copy(update={"architecture": architecture})


def test_weights_of_one_shape_can_go_on() -> None:
    assert why_not_continue(MNIST, MNIST) is None
    longer = MNIST.model_copy(update={"training": TrainingSpec(epochs=99, batch_size=32, seed=9)})
    assert why_not_continue(MNIST, longer) is None
    assert why_not_continue(MNIST, _with(optimizer=AdamSpec(learning_rate=0.1))) is None


def test_what_cannot_go_on_is_explained() -> None:
    narrower = why_not_continue(MNIST, _with(code=DenseCode(width=2)))
    assert narrower is not None
    assert "784–32–784" in narrower
    assert "784–2–784" in narrower
    assert "optimizer" in (why_not_continue(MNIST, _with(optimizer=SgdSpec())) or "")
    assert "loss" in (why_not_continue(MNIST, _with(loss="mean_squared_error")) or "")


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (SinusoidsSpec(features=20), "sinusoids of 20 numbers in [0, 1]"),
        (NoiseSpec(features=20, high=5), "uniform noise of 20 numbers in [0, 5]"),
        (NoiseSpec(features=8), "uniform noise of 8 numbers"),
    ],
)
def test_other_data_are_another_run(other: DatasetSpec, told: str) -> None:
    noise = ExperimentSpec(dataset=NoiseSpec(features=20))
    why_not = why_not_continue(noise, noise.model_copy(update={"dataset": other}))
    assert why_not is not None
    assert "it learned uniform noise of 20 numbers in [0, 1]" in why_not
    assert told in why_not
    more = noise.model_copy(update={"dataset": NoiseSpec(features=20, rows=99, seed=3)})
    assert why_not_continue(noise, more) is None


def test_momentum_is_a_memory_of_its_own() -> None:
    plain = _with(optimizer=SgdSpec(momentum=0))
    assert "memory" in (why_not_continue(plain, _with(optimizer=SgdSpec())) or "")
    assert "memory" in (why_not_continue(_with(optimizer=SgdSpec()), plain) or "")
    assert why_not_continue(plain, _with(optimizer=SgdSpec(momentum=0, learning_rate=1))) is None


def test_random_layers_can_be_taken_away_and_not_added() -> None:
    plain = _with(encoder=(DenseLayer(width=8),), decoder=(DenseLayer(width=8),))
    dropping = _with(encoder=(DenseLayer(width=8),), decoder=(DenseLayer(width=8, dropout=0.1),))
    why_not = why_not_continue(plain, dropping)
    assert why_not is not None
    assert "dropout in decoder layer 1" in why_not
    assert why_not_continue(dropping, plain) is None
    assert "corruption" in (why_not_continue(MNIST, _with(corruption=GaussianCorruption())) or "")
    damaged = _with(corruption=GaussianCorruption())
    assert why_not_continue(damaged, _with(corruption=MaskingCorruption())) is None


def test_only_mnist_tests_on_the_same_rows_whatever_is_trained_on() -> None:
    fewer = MNIST.model_copy(update={"dataset": MnistSpec(rows=1000)})
    assert has_same_test_rows(MNIST, fewer)
    noise, other = (
        ExperimentSpec(dataset=NoiseSpec(seed=seed), architecture=ArchitectureSpec())
        for seed in (1, 2)
    )
    assert has_same_test_rows(noise, noise)
    assert not has_same_test_rows(noise, other)
    assert not has_same_test_rows(MNIST, noise)
