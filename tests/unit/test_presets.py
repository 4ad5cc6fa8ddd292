from math import prod

import pytest

from aegui.engine.models import build_models
from aegui.specs import (
    LESSONS,
    ArchitectureSpec,
    DatasetSpec,
    DenseCode,
    ExperimentSpec,
    MnistSpec,
    NoiseSpec,
    SgdSpec,
    SinusoidsSpec,
    check,
    stages,
)
from aegui.specs.presets import PRESETS, Preset, find_preset, preset

DATASETS = [
    MnistSpec(),
    NoiseSpec(),
    NoiseSpec(low=-5, high=2),
    NoiseSpec(rows=1000, features=2),
    SinusoidsSpec(),
    SinusoidsSpec(rows=1000, features=3),
    SinusoidsSpec(rows=1000, features=2000),
]
PAIRS = [
    pytest.param(known, dataset, id=f"{known.name}-{dataset.kind}-{dataset.features}-{place}")
    for place, dataset in enumerate(DATASETS)
    for known in PRESETS
    if known.fits(dataset)
]


@pytest.mark.parametrize(("known", "dataset"), PAIRS)
def test_a_known_model_fits_its_data(known: Preset, dataset: DatasetSpec) -> None:
    architecture = preset(known.name, dataset)
    assert check(ExperimentSpec(dataset=dataset, architecture=architecture)) == []


@pytest.mark.parametrize(("known", "dataset"), PAIRS)
def test_its_stages_are_those_of_keras(known: Preset, dataset: DatasetSpec) -> None:
    architecture = preset(known.name, dataset)
    way = stages(architecture, dataset.row_shape)
    model = build_models(architecture, dataset.row_shape).autoencoder
    assert way.weight_shapes == [tuple(weight.shape) for weight in model.get_weights()]
    assert way.parameters == sum(prod(weight.shape) for weight in model.trainable_weights)


def test_known_models_for_digits_have_these_sizes() -> None:
    ways = {
        known.name: stages(preset(known.name, MnistSpec()), MnistSpec().row_shape)
        for known in PRESETS
    }
    assert {name: way.summary for name, way in ways.items()} == {
        "dense": "784–32–784",
        "deep": "784–256–64–32–64–256–784",
        "convolutional": "784–3136–1568–32–1568–6272–12544–784",
        "variational": "784–256–2–256–784",
        "denoising": "784–256–32–256–784",
        "sparse": "784–128–784",
        "linear": "784–32–784",
    }
    assert ways["dense"].parameters == 784 * 32 + 32 + 32 * 784 + 784
    hidden = 784 * 256 + 256 + 256 * 784 + 784
    assert ways["variational"].parameters == hidden + 2 * (256 * 2 + 2) + 2 * 256 + 256


def test_they_are_what_they_are_called() -> None:
    digits, rows = MnistSpec(), SinusoidsSpec()
    assert preset("convolutional", digits).is_convolutional
    for dataset in (digits, rows):
        assert preset("variational", dataset).is_variational
        linear = preset("linear", dataset)
        assert linear.encoder == linear.decoder_layers == ()
        assert linear.code == DenseCode(width=linear.code.width, activation="linear")
        assert linear.output_activation == "linear"
        assert preset("denoising", dataset).corruption is not None
        sparse = preset("sparse", dataset).code
        assert isinstance(sparse, DenseCode)
        assert sparse.l1 > 0
        assert sparse.width > preset("dense", dataset).code.width
    assert not next(known for known in PRESETS if known.name == "convolutional").fits(rows)


@pytest.mark.parametrize("dataset", [MnistSpec(), NoiseSpec(), SinusoidsSpec()])
def test_a_known_model_is_recognised(dataset: DatasetSpec) -> None:
    for known in PRESETS:
        if known.fits(dataset):
            architecture = preset(known.name, dataset)
            assert find_preset(architecture, dataset) is known
            code = architecture.code.model_copy(update={"width": 5})
            turned = architecture.model_copy(update={"code": code, "optimizer": SgdSpec()})
            assert find_preset(turned, dataset) is known, "with another code and optimizer"
    own = ArchitectureSpec(code=DenseCode(activation="gelu"))
    assert find_preset(own, dataset) is None


def test_lessons_are_known_models() -> None:
    names = {}
    for lesson in LESSONS:
        found = find_preset(lesson.experiment.architecture, lesson.experiment.dataset)
        names[lesson.name] = found and found.name
    expected = {"noise-simple": "dense", "noise-deep": "deep", "mnist": "dense"}
    assert expected.items() <= names.items()
