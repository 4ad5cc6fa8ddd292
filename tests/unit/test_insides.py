"""Inside the layers: what every stage says, weights as pictures, what excites a unit."""

import numpy as np
import pytest

from aegui.analysis.insides import CELLS, SLICE, hear_units, look_inside, summarise
from aegui.engine.inference import WeightedModel
from aegui.engine.models import build_models
from aegui.engine.plain import trained_model
from aegui.engine.seeds import initialise
from aegui.records import FloatArray
from aegui.specs import (
    ArchitectureSpec,
    ConvLayer,
    DenseCode,
    DenseLayer,
    MaskingCorruption,
    RowShape,
    VariationalCode,
)
from aegui.specs.stages import stages

PICTURES, NUMBERS = RowShape(784, (28, 28)), RowShape(12)
PLAIN = ArchitectureSpec(encoder=(DenseLayer(width=20),), code=DenseCode(width=4))
CONVOLUTIONAL = ArchitectureSpec(
    encoder=(
        ConvLayer(filters=6, kernel_size=5, batch_norm=True),
        ConvLayer(filters=8, dropout=0.2),
        DenseLayer(width=16),
    ),
    code=DenseCode(width=3),
)


def model_of(architecture: ArchitectureSpec, row: RowShape) -> WeightedModel:
    models = build_models(architecture, row)
    initialise(models, 1)
    return WeightedModel(architecture, row, tuple(models.autoencoder.get_weights()))


def some_rows(row: RowShape, count: int = 30) -> FloatArray:
    return np.random.default_rng(0).random((count, row.features), dtype=np.float32)


@pytest.mark.parametrize(
    ("architecture", "row"),
    [
        (ArchitectureSpec(code=DenseCode(width=4)), PICTURES),
        (PLAIN, NUMBERS),
        (CONVOLUTIONAL, PICTURES),
        (
            ArchitectureSpec(
                encoder=(DenseLayer(width=9, batch_norm=True, dropout=0.5),),
                code=VariationalCode(width=2),
                corruption=MaskingCorruption(share=0.5),
            ),
            NUMBERS,
        ),
    ],
)
def test_every_stage_is_heard(architecture: ArchitectureSpec, row: RowShape) -> None:
    model, rows = model_of(architecture, row), some_rows(row)
    said = model.activations(rows)
    plan = stages(architecture, row)
    assert [answer.shape for answer in said] == [(30, *stage.shape) for stage in plan.all[1:]]
    np.testing.assert_allclose(said[plan.code_place - 1], model.encode(rows), atol=1e-5)
    np.testing.assert_allclose(said[-1], model.reconstruct(rows), atol=1e-5)
    # NumPy, which dense layers are left to, says the same.
    other = trained_model(architecture, row, model.weights).activations(rows)
    for one, another in zip(said, other, strict=True):
        np.testing.assert_allclose(one, another, atol=1e-5)


def test_the_first_and_the_last_dense_layer_are_pictures() -> None:
    model, rows = model_of(PLAIN, PICTURES), some_rows(PICTURES)
    said = hear_units(model.activations, rows)
    first, last = look_inside(PLAIN, PICTURES, model.weights, said)
    assert (first.name, last.name) == ("Encoder 1", "Output")
    assert first.pictures.shape == last.pictures.shape == (20, 28, 28)
    unit = first.numbers[0]
    np.testing.assert_array_equal(first.pictures[0].reshape(-1), model.weights[0][:, unit])
    np.testing.assert_array_equal(last.pictures[0].reshape(-1), model.weights[-2][last.numbers[0]])
    # Of the output the units are those of the layer before it.
    np.testing.assert_allclose(sorted(last.use), sorted(said[2].std(axis=0)), rtol=1e-5)


def test_units_are_sorted_by_use_and_know_what_excites_them() -> None:
    model, rows = model_of(PLAIN, PICTURES), some_rows(PICTURES)
    said = hear_units(model.activations, rows)
    first = look_inside(PLAIN, PICTURES, model.weights, said)[0]
    assert (np.diff(first.use) <= 0).all()
    assert sorted(first.numbers) == list(range(20))
    values = said[0][:, first.numbers[3]]
    assert values[first.best[3, 0]] == values.max()
    assert (np.diff(first.reach, axis=1) <= 0).all()


def test_a_code_without_layers_before_it_looks_at_the_pixels() -> None:
    architecture = ArchitectureSpec(code=DenseCode(width=4))
    model = model_of(architecture, PICTURES)
    layers = look_inside(
        architecture, PICTURES, model.weights, hear_units(model.activations, some_rows(PICTURES))
    )
    assert [layer.name for layer in layers] == ["Code", "Output"]
    assert [len(layer.numbers) for layer in layers] == [4, 4]


def test_convolutions_show_their_kernels() -> None:
    model = model_of(CONVOLUTIONAL, PICTURES)
    layers = look_inside(
        CONVOLUTIONAL, PICTURES, model.weights, hear_units(model.activations, some_rows(PICTURES))
    )
    found = {layer.name: layer for layer in layers}
    assert list(found) == ["Encoder 1", "Encoder 2", "Decoder 3", "Decoder 4", "Output"]
    assert found["Encoder 1"].pictures.shape == (6, 5, 5)
    unit = found["Encoder 1"].numbers[0]
    np.testing.assert_array_equal(found["Encoder 1"].pictures[0], model.weights[0][:, :, 0, unit])
    # Six inputs stand in two lines of three.
    assert found["Encoder 2"].pictures.shape == (8, 6, 9)
    assert found["Output"].pictures.shape == (6, 3, 3)
    assert all(layer.is_kernel for layer in layers)


def test_rows_of_numbers_have_a_line_of_weights() -> None:
    model = model_of(PLAIN, NUMBERS)
    layers = look_inside(
        PLAIN, NUMBERS, model.weights, hear_units(model.activations, some_rows(NUMBERS))
    )
    assert [layer.pictures.shape for layer in layers] == [(20, 1, 12), (20, 1, 12)]


def test_units_are_heard_slice_by_slice_and_channels_where_they_say_most() -> None:
    model, rows = model_of(CONVOLUTIONAL, PICTURES), some_rows(PICTURES, SLICE + 7)
    said = hear_units(model.activations, rows)
    assert [stage.shape for stage in said[:4]] == [(SLICE + 7, n) for n in (6, 8, 16, 3)]
    last = model.activations(rows[-2:])
    np.testing.assert_allclose(said[0][-2:], last[0].max(axis=(1, 2)), atol=1e-5)
    layers = look_inside(CONVOLUTIONAL, PICTURES, model.weights, said)
    assert {layer.rows for layer in layers} == {SLICE + 7}


def test_stages_are_summarised_in_cells() -> None:
    model = model_of(CONVOLUTIONAL, PICTURES)
    row = some_rows(PICTURES, 1)
    cells = summarise(row, model.activations(row))
    assert cells.shape == (len(stages(CONVOLUTIONAL, PICTURES).all), CELLS)
    assert np.nanmax(cells) == 1
    assert np.nanmin(cells) >= 0
    assert np.isfinite(cells[0]).all()
    assert np.isfinite(cells[4]).sum() == 3, "the code has three units"
    lines = np.abs(row).reshape(28, 28).mean(axis=1)
    np.testing.assert_allclose(cells[0], lines / lines.max(), rtol=1e-5)


def test_silence_and_what_is_no_number_have_cells_too() -> None:
    cells = summarise(np.zeros((1, 3), np.float32), (np.full((1, 2), np.nan, np.float32),))
    assert not np.nan_to_num(cells).any()
    assert np.isfinite(cells).sum(axis=1).tolist() == [3, 2]
