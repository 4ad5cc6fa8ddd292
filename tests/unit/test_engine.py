import math
from dataclasses import dataclass, field
from pathlib import Path

import keras
import numpy as np
import pytest

from aegui.control import Progress, RunState, TrainingControl
from aegui.data import Dataset, load_dataset
from aegui.engine.backend import tf
from aegui.engine.epochs import row_order
from aegui.engine.inference import WeightedModel, save_keras
from aegui.engine.models import Models, build_models, make_optimizer
from aegui.engine.plain import PlainModel, is_plain, trained_model
from aegui.engine.program import Program
from aegui.engine.programs import _programs, program_for
from aegui.engine.seeds import initialise
from aegui.engine.training import train
from aegui.records import EpochEnd, RunResult, TrainingObserver
from aegui.specs import (
    AdamSpec,
    AdamWSpec,
    ArchitectureSpec,
    ConvLayer,
    DenseCode,
    DenseLayer,
    ExperimentSpec,
    GaussianCorruption,
    Loss,
    MaskingCorruption,
    MnistSpec,
    NoiseSpec,
    OptimizerSpec,
    RmspropSpec,
    RowShape,
    SgdSpec,
    SinusoidsSpec,
    TrainingSpec,
    VariationalCode,
)
from aegui.specs.stages import stages


@dataclass
class Recorder(TrainingObserver):
    """An observer that keeps what it hears, and may stop the run."""

    control: TrainingControl = field(default_factory=TrainingControl)
    stop_in_epoch: int | None = None
    ends: list[EpochEnd] = field(default_factory=list)
    news: list[Progress] = field(default_factory=list)

    def progressed(self, progress: Progress) -> None:
        self.news.append(progress)
        if progress.epoch == self.stop_in_epoch:
            self.control.stop()

    def epoch_ended(self, end: EpochEnd) -> None:
        self.ends.append(end)


def _experiment(**changes: object) -> ExperimentSpec:
    """A small experiment whose rows do not divide by the batch: 450 = 4 × 100 + 50."""
    parts = {
        "dataset": SinusoidsSpec(rows=500, features=16, seed=1),
        "architecture": ArchitectureSpec(code=DenseCode(width=3, activation="sigmoid")),
        "training": TrainingSpec(epochs=3, batch_size=100, seed=7),
    }
    return ExperimentSpec(**(parts | changes))  # type: ignore[arg-type]


def _train(experiment: ExperimentSpec, recorder: Recorder | None = None) -> RunResult:
    recorder = recorder or Recorder()
    return train(experiment, load_dataset(experiment.dataset), recorder.control, recorder)


def _models(architecture: ArchitectureSpec, seed: int, features: int = 16) -> Models:
    models = build_models(architecture, RowShape(features))
    initialise(models, seed)
    return models


def _losses(result: RunResult) -> list[tuple[float | None, float]]:
    return [(record.loss, record.val_loss) for record in result.history]


DEEP = ArchitectureSpec(
    encoder=(DenseLayer(width=12, activation="tanh"), DenseLayer(width=6, activation="gelu")),
    code=DenseCode(width=2, activation="linear"),
    decoder=(DenseLayer(width=9, activation="elu"),),
    optimizer=SgdSpec(learning_rate=0.1),
)
SHALLOW = ArchitectureSpec(code=DenseCode(width=3, activation="relu"))


@pytest.mark.parametrize("architecture", [SHALLOW, DEEP])
@pytest.mark.parametrize("loss", ["binary_crossentropy", "mean_squared_error"])
def test_losses_are_those_of_keras_fit(architecture: ArchitectureSpec, loss: Loss) -> None:
    experiment = _experiment(
        architecture=architecture.model_copy(update={"loss": loss}),
        training=TrainingSpec(epochs=3, batch_size=100, seed=7, shuffle=False),
    )
    dataset = load_dataset(experiment.dataset)
    ours = _train(experiment)
    model = _models(experiment.architecture, seed=7).autoencoder
    model.compile(optimizer=make_optimizer(experiment.architecture.optimizer), loss=loss)
    theirs = model.fit(
        dataset.train,
        dataset.train,
        epochs=3,
        batch_size=100,
        shuffle=False,
        validation_data=(dataset.test, dataset.test),
        verbose=0,
    ).history
    records = ours.history.records[1:]
    np.testing.assert_allclose([r.loss for r in records], theirs["loss"], atol=1e-5)
    np.testing.assert_allclose([r.val_loss for r in records], theirs["val_loss"], atol=1e-5)


@pytest.mark.parametrize(
    "optimizer",
    [AdamSpec(), SgdSpec(momentum=0.5), RmspropSpec(), AdamWSpec(weight_decay=0.1)],
)
def test_each_optimizer_learns(optimizer: OptimizerSpec) -> None:
    faster = optimizer.model_copy(update={"learning_rate": optimizer.learning_rate * 10})
    architecture = ArchitectureSpec(
        code=DenseCode(width=3, activation="tanh"), loss="mean_squared_error", optimizer=faster
    )
    longer = TrainingSpec(epochs=30, batch_size=50)
    result = _train(_experiment(architecture=architecture, training=longer))
    losses = [record.val_loss for record in result.history]
    assert losses[-1] < 0.9 * losses[0]


def test_the_same_seed_gives_the_same_losses_bit_for_bit_also_when_a_program_is_reused() -> None:
    experiment = _experiment()
    other = experiment.model_copy(
        update={"training": experiment.training.model_copy(update={"seed": 8})}
    )
    first = _losses(_train(experiment))
    in_between = _losses(_train(other))
    again = _losses(_train(experiment))
    assert first == again
    assert first != in_between


def test_epoch_zero_is_the_untrained_model() -> None:
    recorder = Recorder()
    experiment = _experiment()
    _train(experiment, recorder)
    first = recorder.ends[0]
    assert first.record.epoch == 0
    assert first.record.loss is None
    fresh = _models(experiment.architecture, seed=7).autoencoder.get_weights()
    for ours, theirs in zip(first.model.weights, fresh, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_errors_are_sums_of_absolute_differences_of_the_test_rows() -> None:
    recorder = Recorder()
    experiment = _experiment()
    result = _train(experiment, recorder)
    test = load_dataset(experiment.dataset).test
    assert result.model is not None
    assert result.row_errors is not None
    expected = np.abs(test - result.model.reconstruct(test)).sum(axis=1)
    np.testing.assert_allclose(result.row_errors, expected, rtol=1e-5)
    assert result.history.last.error == pytest.approx(expected.mean(), rel=1e-5)


def test_encoder_and_decoder_are_the_halves_of_the_autoencoder() -> None:
    experiment = _experiment(architecture=DEEP)
    model = _train(experiment).model
    rows = load_dataset(experiment.dataset).test[:5]
    assert model is not None
    codes = model.encode(rows)
    assert codes.shape == (5, 2)
    np.testing.assert_allclose(model.decode(codes), model.reconstruct(rows), atol=1e-6)


def test_the_three_keras_models_share_weights_and_names() -> None:
    models = _models(DEEP, seed=1)
    assert [models.encoder.name, models.decoder.name] == ["encoder", "decoder"]
    halves = models.encoder.weights + models.decoder.weights
    for whole, half in zip(models.autoencoder.weights, halves, strict=True):
        assert whole is half


def test_every_layer_has_a_seed_of_its_own() -> None:
    square = ArchitectureSpec(encoder=(DenseLayer(width=8),), code=DenseCode(width=8))
    kernels = _models(square, seed=1, features=8).autoencoder.get_weights()[::2]
    for place, kernel in enumerate(kernels):
        for other in kernels[place + 1 :]:
            assert not np.array_equal(kernel, other)


def test_a_finished_models_weights_survive_the_next_run() -> None:
    experiment = _experiment()
    model = _train(experiment).model
    assert model is not None
    rows = load_dataset(experiment.dataset).test[:3]
    before = model.reconstruct(rows)
    other = experiment.model_copy(
        update={"training": experiment.training.model_copy(update={"seed": 99})}
    )
    _train(other)
    np.testing.assert_array_equal(model.reconstruct(rows), before)


def test_a_row_order_takes_every_row_once_and_changes_with_the_epoch() -> None:
    experiment = _experiment()
    orders = [row_order(experiment, epoch) for epoch in (1, 2)]
    for order in orders:
        assert sorted(order.tolist()) == list(range(450))
    assert not np.array_equal(*orders)
    np.testing.assert_array_equal(orders[0], row_order(experiment, 1))


def test_stopping_inside_an_epoch_keeps_the_steps_done() -> None:
    experiment = _experiment(
        dataset=NoiseSpec(rows=400_000, seed=1), training=TrainingSpec(epochs=50, batch_size=10)
    )
    recorder = Recorder(stop_in_epoch=2)
    result = _train(experiment, recorder)
    assert result.state is RunState.STOPPED
    last = result.history.last
    assert last.epoch == 2
    assert 0 < last.fraction < 1
    assert result.history.position == pytest.approx(1 + last.fraction)
    assert result.model is recorder.ends[-1].model
    assert last.val_loss < result.history.records[0].val_loss


def test_a_stop_before_the_first_step_leaves_the_untrained_model() -> None:
    recorder = Recorder()
    recorder.control.stop()
    result = _train(_experiment(), recorder)
    assert result.state is RunState.STOPPED
    assert result.history.epochs == 0
    assert result.model is not None


def test_a_loss_that_explodes_ends_the_run_with_the_last_good_epoch() -> None:
    explosive = ArchitectureSpec(
        code=DenseCode(width=3, activation="linear"),
        output_activation="linear",
        loss="mean_squared_error",
        optimizer=SgdSpec(learning_rate=50.0, momentum=0.0),
    )
    experiment = _experiment(
        architecture=explosive, training=TrainingSpec(epochs=60, batch_size=450, seed=7)
    )
    recorder = Recorder()
    result = _train(experiment, recorder)
    assert result.state is RunState.FAILED
    assert result.failure is not None
    assert "stopped being a finite number" in str(result.failure)
    assert "learning rate" in result.failure.remedy
    assert all(math.isfinite(record.val_loss) for record in result.history)
    assert result.model is not None
    assert all(np.isfinite(weight).all() for weight in result.model.weights)


def test_a_loss_that_is_not_finite_from_the_start_is_not_trained_on() -> None:
    architecture = ArchitectureSpec(
        code=DenseCode(width=3, activation="linear"),
        output_activation="linear",
        loss="mean_squared_error",
    )
    recorder = Recorder()
    huge = NoiseSpec(rows=500, features=16, low=1e30, high=2e30)
    result = _train(_experiment(dataset=huge, architecture=architecture), recorder)
    assert result.state is RunState.FAILED
    assert "before the first step" in str(result.failure)
    assert not len(result.history)
    assert not any(news.epoch for news in recorder.news)


def test_too_little_memory_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor")

    experiment = _experiment()
    monkeypatch.setattr(Program, "run_steps", refuse)
    with pytest.raises(MemoryError):
        _train(experiment)
    monkeypatch.setattr(Program, "compile", refuse)
    with pytest.raises(MemoryError):
        program_for(_experiment(training=TrainingSpec(batch_size=83)))
    monkeypatch.undo()
    assert _train(experiment).state is RunState.FINISHED


def test_progress_grows_and_tells_the_time_left() -> None:
    recorder = Recorder()
    _train(_experiment(), recorder)
    fractions = [progress.fraction for progress in recorder.news if progress.epoch]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert recorder.news[-1].seconds_left == 0.0


def test_a_saved_model_is_the_model(tmp_path: Path, curves: Dataset) -> None:
    experiment = _experiment()
    model = _train(experiment).model
    assert model is not None
    path = tmp_path / "model.keras"
    save_keras(experiment, model.weights, path)
    loaded = keras.saving.load_model(path, safe_mode=True)
    rows = curves.test[:, :16].copy()
    np.testing.assert_allclose(loaded(rows), model.reconstruct(rows), atol=1e-6)
    assert loaded.get_layer("encoder")(rows).shape == (len(rows), 3)


def test_one_row_and_many_rows_get_the_same_reconstruction() -> None:
    experiment = _experiment()
    weights = _models(experiment.architecture, seed=3).autoencoder.get_weights()
    model = WeightedModel(experiment.architecture, RowShape(16), tuple(weights))
    rows = load_dataset(experiment.dataset).test
    one_by_one = np.concatenate([model.reconstruct(rows[i : i + 1]) for i in range(5)])
    np.testing.assert_allclose(one_by_one, model.reconstruct(rows)[:5], atol=1e-6)


@pytest.mark.parametrize(
    "architecture",
    [
        ArchitectureSpec(
            encoder=(
                DenseLayer(width=9, activation="tanh"),
                DenseLayer(width=8, activation="elu", batch_norm=True, dropout=0.2),
            ),
            code=DenseCode(width=3, activation="linear"),
            decoder=(DenseLayer(width=7, activation="relu"), DenseLayer(width=5)),
            output_activation="sigmoid",
        ),
        ArchitectureSpec(
            encoder=(DenseLayer(width=8, activation="sigmoid"),),
            code=VariationalCode(width=2, beta=0.5),
            output_activation="linear",
        ),
    ],
    ids=["dense", "variational"],
)
def test_numpy_makes_of_rows_what_keras_makes(architecture: ArchitectureSpec) -> None:
    assert is_plain(architecture)
    random = np.random.default_rng(4)
    shapes = stages(architecture, RowShape(16)).weight_shapes
    weights = tuple(np.abs(random.normal(size=shape)).astype(np.float32) for shape in shapes)
    plain = trained_model(architecture, RowShape(16), weights)
    assert isinstance(plain, PlainModel)
    keras_model = WeightedModel(architecture, RowShape(16), weights)
    rows = random.random((40, 16), dtype=np.float32) - np.float32(0.5)
    codes = plain.encode(rows)
    assert codes.dtype == np.float32
    np.testing.assert_allclose(codes, keras_model.encode(rows), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(plain.decode(codes), keras_model.decode(codes), rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(plain.reconstruct(rows), plain.decode(codes))
    for ours, theirs in zip(plain.activations(rows), keras_model.activations(rows), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    "architecture",
    [
        ArchitectureSpec(encoder=(ConvLayer(filters=2),), code=DenseCode(width=3)),
        ArchitectureSpec(encoder=(DenseLayer(width=8, activation="gelu"),)),
        ArchitectureSpec(code=DenseCode(width=3, activation="gelu")),
        ArchitectureSpec(output_activation="gelu"),
    ],
    ids=["convolution", "layer", "code", "output"],
)
def test_what_numpy_has_not_goes_through_keras(architecture: ArchitectureSpec) -> None:
    assert not is_plain(architecture)


ALL_KINDS = {
    "convolutional": ArchitectureSpec(
        encoder=(ConvLayer(filters=2), ConvLayer(filters=3, stride=3)), code=DenseCode(width=3)
    ),
    "variational": ArchitectureSpec(
        encoder=(DenseLayer(width=8),), code=VariationalCode(width=2, beta=0.5)
    ),
    "masked": ArchitectureSpec(
        encoder=(DenseLayer(width=8, batch_norm=True, dropout=0.3),),
        code=DenseCode(width=3, l1=1e-4),
        corruption=MaskingCorruption(share=0.4),
    ),
    "noisy": ArchitectureSpec(code=DenseCode(width=3), corruption=GaussianCorruption()),
}


@pytest.mark.parametrize("kind", list(ALL_KINDS))
def test_every_kind_trains_saves_in_safe_mode_and_is_the_same_again(
    kind: str, tmp_path: Path
) -> None:
    experiment = ExperimentSpec(
        dataset=MnistSpec(rows=300),
        architecture=ALL_KINDS[kind],
        training=TrainingSpec(epochs=3, batch_size=30),
    )
    result = _train(experiment)
    losses = [record.val_loss for record in result.history]
    assert losses[-1] < losses[0]
    assert _losses(_train(experiment)) == _losses(result)
    assert result.model is not None
    shapes = [weight.shape for weight in result.model.weights]
    assert shapes == experiment.stages.weight_shapes
    rows = load_dataset(experiment.dataset).test[:7]
    path = tmp_path / "model.keras"
    save_keras(experiment, result.model.weights, path)
    loaded = keras.saving.load_model(path, safe_mode=True)
    rebuilt = result.model.reconstruct(rows)
    assert rebuilt.shape == rows.shape
    np.testing.assert_allclose(loaded(rows, training=False), rebuilt, atol=1e-5)
    np.testing.assert_array_equal(result.model.reconstruct(rows), rebuilt)


def test_without_xla_the_plain_graph_trains_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    experiment = _experiment(dataset=SinusoidsSpec(rows=510, features=16, seed=2))
    make = tf.function

    def refusing(function: object, jit_compile: bool = False, **options: object) -> object:
        if not jit_compile:
            return make(function, **options)

        def refuse(*_arguments: object) -> None:
            raise tf.errors.UnimplementedError(None, None, "no XLA here")

        refuse.get_concrete_function = make(function, **options).get_concrete_function
        return refuse

    monkeypatch.setattr(tf, "function", refusing)
    without = _train(experiment)
    monkeypatch.undo()
    _programs.clear()
    with_xla = _train(experiment)
    np.testing.assert_allclose(
        [record.val_loss for record in without.history],
        [record.val_loss for record in with_xla.history],
        rtol=1e-5,
    )


def test_rows_that_do_not_fit_are_refused_and_leave_the_model_usable() -> None:
    architecture = ArchitectureSpec(code=DenseCode(width=3, activation="elu"))
    weights = _models(architecture, 1).autoencoder.get_weights()
    model = WeightedModel(architecture, RowShape(16), tuple(weights))
    for call, width in ((model.encode, 16), (model.decode, 3), (model.reconstruct, 16)):
        with pytest.raises(ValueError, match=f"rows of {width} numbers"):
            call(np.zeros((1, 7), np.float32))
        assert len(call(np.zeros((2, width), np.float32))) == 2
