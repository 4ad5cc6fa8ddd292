"""The lesson that lays a linear autoencoder beside a principal component analysis."""

from aegui.specs.architecture import ArchitectureSpec
from aegui.specs.dataset import MnistSpec
from aegui.specs.experiment import ExperimentSpec
from aegui.specs.layers import DenseCode
from aegui.specs.lessons.lesson import Facts, Lesson, Question, Verdict, error_words
from aegui.specs.lessons.models import SEEDS
from aegui.specs.optimizers import AdamSpec
from aegui.specs.sweep import Axis, SweepSpec
from aegui.specs.training import TrainingSpec

KINDS = ("noise", "sinusoids", "mnist")


def _linear(width: int) -> ExperimentSpec:
    return ExperimentSpec(
        dataset=MnistSpec(),
        architecture=ArchitectureSpec(
            code=DenseCode(width=width, activation="linear"),
            output_activation="linear",
            loss="mean_squared_error",
            optimizer=AdamSpec(learning_rate=0.002),
        ),
        training=TrainingSpec(epochs=10, batch_size=100),
    )


def _judge_linear(facts: Facts) -> Verdict:
    better = [kind for kind in KINDS if facts[f"{kind}_gain"] > 0]
    told = "; ".join(
        f"{kind} {error_words(facts[f'{kind}_error'], facts[f'{kind}_features'])} against "
        f"{error_words(facts[f'{kind}_pca'], facts[f'{kind}_features'])}"
        for kind in KINDS
    )
    if better:
        return Verdict(1, f"It was lower for {', '.join(better)}. Mean error per feature: {told}.")
    return Verdict(
        0, f"Nowhere clearly lower. Mean error per feature, network against PCA: {told}."
    )


PCA_OR_NOT = Lesson(
    name="pca-or-not",
    title="PCA or not",
    summary="A linear autoencoder can do what PCA of the same width does, and no more. "
    "Is the training worth its time?",
    text="With straight lines only, x̂ = <i>W</i><sub>2</sub><i>W</i><sub>1</sub>x + b, the least "
    "squared error is that of the plane which PCA finds at once, without an epoch. "
    "Watch each network's dots come to lie on the line of its PCA, for noise, sinusoids and "
    "digits; the two minimise squares, so the absolute errors can differ by a hair. "
    "What an autoencoder has beyond PCA begins with the first bend: "
    "put an activation into the code and train again.",
    question=Question(
        "Will the linear network have a clearly lower error than PCA anywhere?",
        ("Nowhere", "Somewhere"),
        tuple(f"{kind}_{fact}" for kind in KINDS for fact in ("gain", "error", "pca", "features")),
        _judge_linear,
    ),
    experiment=_linear(32),
    sweep=SweepSpec(
        base=_linear(32),
        axes=(
            Axis(field="dataset", values=KINDS),
            # 2 numbers of 32 features, 49 of the digits' 784 pixels.
            Axis(field="code_share", values=(1 / 16,)),
        ),
        seeds=SEEDS,
    ),
)
