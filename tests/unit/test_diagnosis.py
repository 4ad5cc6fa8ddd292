"""Real runs that go wrong are told from those that go well, and the remedies mend them."""

from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from aegui.analysis.diagnosis import (
    Evidence,
    Finding,
    Remedy,
    apply,
    diagnose,
    diagnose_failure,
    gather_evidence,
)
from aegui.analysis.diagnosis.evidence import mean_loss
from aegui.analysis.diagnosis.remedies import fewer_parameters
from aegui.control import RunState, TrainingControl
from aegui.data import Dataset, load_dataset
from aegui.engine.training import train
from aegui.records import EpochEnd, EpochRecord, History
from aegui.records import TrainingObserver as Observer
from aegui.specs import (
    AdamSpec,
    ArchitectureSpec,
    DenseCode,
    DenseLayer,
    ExperimentSpec,
    Loss,
    MnistSpec,
    NoiseSpec,
    OptimizerSpec,
    RmspropSpec,
    SgdSpec,
    SinusoidsSpec,
    SpecError,
    TrainingSpec,
    VariationalCode,
    find_lesson,
)

LINEAR = ArchitectureSpec(
    code=DenseCode(width=32, activation="linear"),
    output_activation="linear",
    loss="mean_squared_error",
)
HIDDEN = (DenseLayer(width=256),)
MNIST_EXPERIMENT = find_lesson("mnist").experiment


@dataclass
class Doctor(Observer):
    """Looks at a run after each epoch, as the window does."""

    experiment: ExperimentSpec
    dataset: Dataset
    history: History = field(default_factory=History)
    findings: list[Finding | None] = field(default_factory=list)

    def epoch_ended(self, end: EpochEnd) -> None:
        self.history = self.history.with_record(end.record)
        evidence = gather_evidence(self.dataset, end.model)
        self.findings.append(diagnose(self.experiment, self.history, evidence))


def _digits(
    epochs: int = 4,
    rows: int = 6000,
    batch: int = 256,
    seed: int = 42,
    optimizer: OptimizerSpec | None = None,
    **architecture: object,
) -> ExperimentSpec:
    parts = architecture | {"optimizer": optimizer or AdamSpec()}
    return ExperimentSpec(
        dataset=MnistSpec(rows=rows),
        architecture=ArchitectureSpec.model_validate(parts),
        training=TrainingSpec(epochs=epochs, batch_size=batch, seed=seed),
    )


def _sinusoids(architecture: ArchitectureSpec, epochs: int = 6) -> ExperimentSpec:
    return ExperimentSpec(
        dataset=SinusoidsSpec(rows=20_000),
        architecture=architecture,
        training=TrainingSpec(epochs=epochs, batch_size=100),
    )


def _findings(experiment: ExperimentSpec, dataset: Dataset | None = None) -> list[Finding | None]:
    """Return what was found after each epoch of a run, epoch 0 included."""
    dataset = dataset or load_dataset(experiment.dataset)
    doctor = Doctor(experiment, dataset)
    result = train(experiment, dataset, TrainingControl(), doctor)
    assert result.state is RunState.FINISHED
    return doctor.findings


def _last(experiment: ExperimentSpec, dataset: Dataset | None = None) -> Finding:
    finding = _findings(experiment, dataset)[-1]
    assert finding is not None
    return finding


def _mended(experiment: ExperimentSpec, finding: Finding) -> ExperimentSpec:
    assert finding.remedy is not None
    return apply(experiment, finding.remedy)


HEALTHY = {
    "the lesson": find_lesson("mnist").experiment,
    "few digits": _digits(epochs=6, rows=2000),
    "linear": _digits(**LINEAR.model_dump(exclude={"optimizer"})),
    "sparse": _digits(code=DenseCode(l1=1e-5)),
    "variational": _digits(encoder=HIDDEN, code=VariationalCode(width=2)),
    "warm-up": _digits(epochs=10, encoder=HIDDEN, code=VariationalCode(width=10, warm_up_epochs=8)),
    "absolute error": _digits(loss="mean_absolute_error"),
    "sinusoids": _sinusoids(
        ArchitectureSpec(encoder=(DenseLayer(width=16),), code=DenseCode(width=2)), epochs=12
    ),
    "slow sigmoids": _sinusoids(
        ArchitectureSpec(
            encoder=(DenseLayer(width=16, activation="sigmoid"),),
            code=DenseCode(width=2, activation="sigmoid"),
        )
    ),
}


@pytest.mark.parametrize("name", HEALTHY)
def test_there_is_nothing_to_say_of_a_healthy_run(name: str) -> None:
    experiment = HEALTHY[name]
    assert _findings(experiment) == [None] * (experiment.training.epochs + 1)


@pytest.mark.parametrize("name", ["noise-simple", "noise-deep"])
def test_noise_is_not_blamed_on_the_run(name: str) -> None:
    lesson = find_lesson(name).experiment
    training = lesson.training.model_copy(update={"epochs": 3})
    before, *after = _findings(lesson.model_copy(update={"training": training}))
    assert before is None
    for finding in after:
        assert finding is not None
        assert finding.kind == "no_pattern"
        assert not finding.is_problem
        assert finding.remedy is None
        assert finding.message.startswith("There is nothing to learn here")
        assert "about 2 of 32" in finding.why


def test_a_model_that_collapses_on_noise_is_right() -> None:
    lesson = find_lesson("noise-simple").experiment
    rows = load_dataset(NoiseSpec(rows=5000)).test
    mean = np.broadcast_to(rows.mean(axis=0), rows.shape)
    history = History((_record(0, 0.697), _record(1, 0.693), _record(2, 0.693)))
    finding = diagnose(lesson, history, Evidence(rows[:, :2], mean, rows))
    assert finding is not None
    assert finding.kind == "no_pattern"


def test_a_loss_that_is_no_number_asks_for_smaller_steps() -> None:
    architecture = LINEAR.model_copy(update={"optimizer": SgdSpec(learning_rate=10)})
    experiment = _digits(epochs=2, **architecture.model_dump())
    experiment = experiment.model_copy(update={"architecture": architecture})
    dataset = load_dataset(experiment.dataset)
    result = train(experiment, dataset, TrainingControl(), Observer())
    assert result.state is RunState.FAILED
    finding = diagnose_failure(experiment, result.history)
    assert finding.kind == "not_finite"
    assert finding.message == "The loss stopped being a finite number in epoch 1."
    assert "learning rate of 10 " in finding.why
    mended = _mended(experiment, finding)
    assert mended.architecture.optimizer.learning_rate == 1
    assert _findings(mended) == [None] * 3


def test_after_a_failure_the_rate_that_was_in_force_is_lowered() -> None:
    history = History(
        (_record(0, 0.7), replace(_record(1, 0.5), learning_rate=float(np.float32(0.3))))
    )
    finding = diagnose_failure(_digits(), history)
    assert finding.remedy is not None
    assert finding.remedy.label == "Learning rate 0.3 → 0.03"
    assert finding.remedy.changes == {"architecture.optimizer.learning_rate": 0.03}


@pytest.mark.parametrize(
    ("architecture", "label"),
    [
        (ArchitectureSpec(encoder=HIDDEN), "Halve the widths of the layers"),
        (ArchitectureSpec(decoder=HIDDEN), "Halve the widths of the layers"),
        (ArchitectureSpec(code=DenseCode(width=9)), "Code 9 → 4"),
        (ArchitectureSpec(encoder=(DenseLayer(width=1),), code=DenseCode(width=2)), "Code 2 → 1"),
        (ArchitectureSpec(encoder=(DenseLayer(width=1),), code=DenseCode(width=1)), None),
    ],
)
def test_what_is_halved_is_what_the_button_says(
    architecture: ArchitectureSpec, label: str | None
) -> None:
    remedy = fewer_parameters(architecture)
    assert (remedy and remedy.label) == label
    if remedy is not None:
        before = MNIST_EXPERIMENT.model_copy(update={"architecture": architecture})
        assert apply(before, remedy).stages.parameters < before.stages.parameters


def test_no_learning_rate_mends_a_loss_that_was_never_finite() -> None:
    finding = diagnose_failure(_digits(), History())
    assert "before the first step" in finding.message
    assert finding.remedy is None


def test_large_steps_that_collapse_the_model_are_found_and_mended() -> None:
    experiment = _digits(optimizer=AdamSpec(learning_rate=0.1))
    finding = _last(experiment)
    assert finding.kind == "collapse"
    assert finding.message == "All reconstructions are the mean image."
    mended = _mended(experiment, finding)
    assert mended.architecture.optimizer.learning_rate == 0.001
    assert _findings(mended) == [None] * 5


def test_a_kl_that_silences_the_code_is_found_and_made_lighter() -> None:
    experiment = _digits(epochs=6, encoder=HIDDEN, code=VariationalCode(width=2, beta=100))
    finding = _last(experiment)
    assert finding.kind == "collapse"
    mended = _mended(experiment, finding)
    assert mended.architecture.code == VariationalCode(width=2, beta=10)
    assert _findings(mended)[-1] is None


def test_a_penalty_that_silences_the_code_is_found_and_made_lighter() -> None:
    experiment = _digits(code=DenseCode(l1=0.01))
    finding = _last(experiment)
    assert finding.kind == "collapse"
    # It has not come as far as the mean yet, but makes no difference between rows.
    assert finding.message == "All reconstructions are the same image."
    assert _mended(experiment, finding).architecture.code == DenseCode(l1=0.001)


@pytest.mark.slow
def test_saturating_layers_that_learn_nothing_are_found_and_replaced() -> None:
    hidden = tuple(DenseLayer(width=w, activation="sigmoid") for w in (128, 64, 32, 16))
    code = DenseCode(width=4, activation="sigmoid")
    experiment = _digits(epochs=8, encoder=hidden, code=code)
    finding = _last(experiment)
    assert finding.kind == "collapse"
    mended = _mended(experiment, finding)
    assert {layer.activation for layer in mended.architecture.encoder} == {"elu"}
    assert mended.architecture.code == DenseCode(width=4, activation="elu")
    assert _findings(mended)[-1] is None


def test_dead_units_are_counted_and_smaller_steps_keep_them_alive() -> None:
    experiment = _digits(optimizer=AdamSpec(learning_rate=0.03))
    finding = _last(experiment)
    assert finding.kind == "dead_units"
    assert finding.message == "17 of 32 code units are always 0: they carry nothing."
    mended = _mended(experiment, finding)
    assert mended.architecture.optimizer.learning_rate == 0.001
    assert _findings(mended)[-1] is None


def test_a_dead_unit_at_the_usual_rate_is_the_activations_doing() -> None:
    experiment = _digits(epochs=3, rows=60_000, seed=1)
    finding = _last(experiment)
    assert finding.message == "1 of 32 code units is always 0: it carries nothing."
    mended = _mended(experiment, finding)
    assert mended.architecture.code == DenseCode(width=32, activation="elu")
    assert _findings(mended) == [None] * 4


def test_variational_units_that_say_nothing_are_dead() -> None:
    experiment = _digits(encoder=HIDDEN, code=VariationalCode(width=2))
    rows = load_dataset(experiment.dataset).test[:100]
    codes = np.stack([rows.sum(axis=1), 0.05 * np.sin(np.arange(100))], axis=1)
    history = History((_record(0, 0.7), _record(1, 0.3), _record(2, 0.25)))
    finding = diagnose(experiment, history, Evidence(codes, rows, rows))
    assert finding is not None
    assert finding.message.startswith("1 of 2 code units is nearly the same for every row")
    assert finding.remedy is not None
    assert finding.remedy.label == "KL weight β 1 → 0.1"


@pytest.mark.parametrize(
    ("activation", "scale", "shift"), [("sigmoid", 3.0, 0.0), ("relu", 2.0, -1.0)]
)
def test_data_beyond_the_outputs_reach_are_found(
    activation: str, scale: float, shift: float
) -> None:
    plain = _sinusoids(
        ArchitectureSpec.model_validate(
            {
                "code": DenseCode(width=3, activation="elu"),
                "output_activation": activation,
                "loss": "mean_squared_error",
            }
        )
    )
    made = load_dataset(plain.dataset)
    data = replace(made, train=made.train * scale + shift, test=made.test * scale + shift)
    finding = _last(plain, data)
    assert finding.kind == "output_range"
    assert f"({activation})" in finding.message
    mended = _mended(plain, finding)
    assert mended.architecture.output_activation == "linear"
    assert mended.architecture.loss == "mean_squared_error"
    assert _findings(mended, data) == [None] * 7


@pytest.mark.parametrize("rate", [1e-5, 1e-8])
def test_steps_that_are_too_small_are_found(rate: float) -> None:
    experiment = _digits(optimizer=AdamSpec(learning_rate=rate))
    finding = _last(experiment)
    assert finding.kind == "rate_too_small"
    assert finding.remedy is not None
    assert finding.remedy.label == f"Learning rate {rate:.3g} → 0.001"
    assert _findings(_mended(experiment, finding)) == [None] * 5


def test_small_steps_that_get_there_in_time_are_left_alone() -> None:
    assert _findings(_digits(optimizer=AdamSpec(learning_rate=1e-4))) == [None] * 5


def test_steps_that_make_the_loss_worse_are_found() -> None:
    architecture = LINEAR.model_copy(update={"optimizer": AdamSpec(learning_rate=1.0)})
    experiment = _digits().model_copy(update={"architecture": architecture})
    finding = _last(experiment)
    assert finding.kind == "rate_too_large"
    assert finding.message == "The loss is higher than before training."
    assert _findings(_mended(experiment, finding)) == [None] * 5


def test_a_loss_that_goes_up_and_down_is_found() -> None:
    unruly = LINEAR.model_copy(update={"optimizer": RmspropSpec(learning_rate=0.015)})
    experiment = _digits(epochs=10, rows=1000, batch=10)
    experiment = experiment.model_copy(update={"architecture": unruly})
    # Steps this large are chaotic: the last bits, which differ between processors, decide where
    # one run goes; not where most of three do.
    runs = [
        experiment.model_copy(
            update={"training": experiment.training.model_copy(update={"seed": seed})}
        )
        for seed in (1, 2, 3)
    ]
    found = [finding for run in runs for finding in _findings(run) if finding is not None]
    restless = [finding for finding in found if finding.message == "The loss goes up and down."]
    assert len(restless) >= 3
    mended = _mended(experiment, restless[-1])
    assert mended.architecture.optimizer.learning_rate == 0.001
    assert _findings(mended) == [None] * 11


@pytest.mark.slow
@pytest.mark.parametrize("watched", [False, True])
def test_rows_learned_by_heart_are_found(watched: bool) -> None:
    code = DenseCode(width=32, activation="elu")
    experiment = _digits(epochs=45, rows=200, batch=20, encoder=(DenseLayer(width=512),), code=code)
    if watched:
        patient = {"training.early_stopping": {"patience": 40}}
        experiment = apply(experiment, Remedy("", patient))
    findings = _findings(experiment)
    kinds = [finding.kind if finding else None for finding in findings]
    assert set(kinds[:20]) == {None}
    finding = findings[-1]
    assert finding is not None
    assert finding.kind == "overfitting"
    mended = _mended(experiment, finding)
    if watched:
        assert mended.architecture.encoder[0].width == 256  # type: ignore[union-attr]
        return
    ended = _findings(mended)
    assert len(ended) < 45
    assert all(finding is None or ended[-1] is finding for finding in ended)


def test_too_few_rows_tell_nothing() -> None:
    rows = load_dataset(MnistSpec(rows=1000)).test[:10]
    history = History((_record(0, 0.7), _record(1, 0.7), _record(2, 0.7)))
    dead = Evidence(np.zeros((10, 32), np.float32), np.zeros_like(rows), rows)
    assert diagnose(_digits(), history, dead) is None


def test_rows_that_are_all_the_same_tell_nothing() -> None:
    rows = np.full((50, 784), 0.5, np.float32)
    history = History((_record(0, 0.7), _record(1, 0.7), _record(2, 0.7)))
    assert diagnose(_digits(), history, Evidence(rows[:, :32], rows, rows)) is None


@pytest.mark.parametrize("features", [2, 8, 32, 784])
@pytest.mark.parametrize("seed", range(3))
def test_only_rows_whose_numbers_go_together_have_a_pattern(features: int, seed: int) -> None:
    noise = load_dataset(NoiseSpec(rows=5000, features=features, seed=seed)).test
    sinusoids = load_dataset(SinusoidsSpec(rows=5000, features=features + 1, seed=seed)).test
    assert not Evidence(noise, noise, noise).has_pattern
    assert Evidence(sinusoids, sinusoids, sinusoids).has_pattern


@pytest.mark.parametrize(
    "kind", ["binary_crossentropy", "mean_squared_error", "mean_absolute_error"]
)
def test_losses_are_those_of_the_engine(kind: Loss) -> None:
    experiment = _digits(epochs=1, loss=kind)
    dataset = load_dataset(experiment.dataset)
    result = train(experiment, dataset, TrainingControl(), Observer())
    assert result.model is not None
    rebuilt = result.model.reconstruct(dataset.test)
    ours = mean_loss(kind, dataset.test, rebuilt)
    assert ours == pytest.approx(result.history.last.val_loss, rel=1e-5)


def test_a_remedy_for_another_experiment_is_refused() -> None:
    remedy = Remedy("Use elu for the code", {"architecture.code.activation": "elu"})
    with pytest.raises(SpecError, match="Use elu for the code"):
        apply(_digits(code=VariationalCode()), remedy)


def _record(epoch: int, val_loss: float, loss: float | None = None) -> EpochRecord:
    loss = loss if loss is not None or epoch == 0 else val_loss
    return EpochRecord(
        epoch=epoch, loss=loss, val_loss=val_loss, error=1.0, learning_rate=0.001, seconds=0.1
    )
