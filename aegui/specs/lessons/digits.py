"""Lessons on handwritten digits."""

from aegui.specs.architecture import ArchitectureSpec
from aegui.specs.dataset import MnistSpec
from aegui.specs.experiment import ExperimentSpec
from aegui.specs.layers import DenseCode, DenseLayer
from aegui.specs.lessons.lesson import Facts, Lesson, Question, Verdict, error_words, seeds_of
from aegui.specs.lessons.models import SEEDS
from aegui.specs.presets import preset
from aegui.specs.training import TrainingSpec


def _digits(architecture: ArchitectureSpec, epochs: int = 10) -> ExperimentSpec:
    return ExperimentSpec(
        dataset=MnistSpec(),
        architecture=architecture,
        training=TrainingSpec(epochs=epochs, batch_size=256),
    )


def _judge_ones(facts: Facts) -> Verdict:
    by_error, by_ink = round(facts["ones_in_best"]), round(facts["ones_in_best_per_ink"])
    choice = 0 if by_ink == 0 else 1 if by_ink < 8 else 2
    return Verdict(
        choice,
        f"Of the ten smallest errors {by_error} are 1s, of the ten smallest for each unit of ink "
        f"{by_ink}. A 1 has {100 * facts['ink_of_ones']:.0f} % of the other digits' ink.",
    )


MNIST = Lesson(
    name="mnist",
    title="MNIST digits",
    summary="Handwritten digits of 784 pixels through a code of 32 numbers. "
    "Watch strokes appear in the first epoch and sharpen in the next.",
    text="The ten best reconstructions are nearly all 1s, and one is tempted to call the 1 the "
    "simplest digit. But the error is a sum over pixels, and it rises with the ink in them: "
    "a 1 has about half the ink of other digits. Switch the figures from error to error per "
    "ink, Σ|<i>x</i> − <i>x̂</i>| ∕ Σ<i>x</i>: now 0s and 1s tie, and other digits take the "
    "first places.",
    question=Question(
        "If errors are counted for each unit of ink, how many of the ten best will be 1s?",
        ("None", "Some", "Nearly all"),
        ("ones_in_best", "ones_in_best_per_ink", "ink_of_ones"),
        _judge_ones,
    ),
    experiment=_digits(ArchitectureSpec(code=DenseCode(width=32, activation="relu"))),
    of_post=True,
)

PAIRS = ((4, 9), (0, 1), (2, 6))
"""Digits that are told apart with difficulty, or easily."""


def _judge_pairs(facts: Facts) -> Verdict:
    mixed = [facts[f"mixed_{a}_{b}"] for a, b in PAIRS]
    most = max(range(len(mixed)), key=mixed.__getitem__)
    told = ", ".join(
        f"{a} and {b}: {100 * share:.0f} %" for (a, b), share in zip(PAIRS, mixed, strict=True)
    )
    return Verdict(most, f"Share of a digit's neighbours in the plane that are the other: {told}.")


MNIST_DEEP = Lesson(
    name="mnist-deep",
    title="Digits in a plane",
    summary="A deep network squeezes each digit into two numbers, so that all of them can be "
    "drawn as points. Classes part although no label was ever shown.",
    text="Every dot is a test digit at the place that its code of two numbers gives it, coloured "
    "by its class afterwards: the network has never seen a label. "
    "Watch which classes part and which run into each other; what lies close comes out alike. "
    "Try a code of 3 or 8: the error falls quickly, but there is no plane left to look at.",
    question=Question(
        "Which two digits will be mixed the most in the plane?",
        tuple(f"{a} and {b}" for a, b in PAIRS),
        tuple(f"mixed_{a}_{b}" for a, b in PAIRS),
        _judge_pairs,
    ),
    experiment=_digits(
        ArchitectureSpec(
            encoder=(DenseLayer(width=256), DenseLayer(width=64)),
            code=DenseCode(width=2, activation="linear"),
        )
    ),
)


def _judge_convolution(facts: Facts) -> Verdict:
    conv, dense = facts["conv_error"], facts["dense_error"]
    features = facts["features"]
    told = (
        f"mean error per feature {error_words(conv, features)} with convolutions, "
        f"{error_words(dense, features)} without"
    )
    if facts["differs"] == 0.0:
        return Verdict(1, f"No difference shown: {told}, within the spread of the seeds.")
    if conv < dense:
        return Verdict(0, f"Lower: {told}, with a code of the same width.")
    return Verdict(2, f"Higher: {told}, with a code of the same width.")


_CONV = _digits(preset("convolutional", MnistSpec()), epochs=5)

MNIST_CONV = Lesson(
    name="mnist-conv",
    title="Digits through convolutions",
    summary="Small filters slide over the picture before the code of 32, and after it. "
    "What they know of strokes at one place they know everywhere.",
    text="A dense layer has to learn a stroke anew for every place; a filter learns it once and "
    "slides. Watch the reconstructions of the same digits with both, and the error by class. "
    "An epoch takes some ten times as long as a dense one, so it is given five of them against "
    "ten: try more and see whether the gap widens.",
    question=Question(
        "Against the dense 784–32–784 of the digits' first lesson, the mean error will be …",
        ("Lower", "No difference will show", "Higher"),
        ("conv_error", "dense_error", "features", "differs"),
        _judge_convolution,
    ),
    experiment=_CONV,
    sweep=seeds_of(_CONV, SEEDS),
    compares=("mnist",),
)


def _judge_cleaning(facts: Facts) -> Verdict:
    left, features = facts["error_after"] / facts["error_before"], facts["features"]
    choice = 0 if left < 0.33 else 1 if left < 1 else 2
    return Verdict(
        choice,
        f"{100 * left:.0f} % of the damage is left: the mean error per feature of the damaged "
        f"digits is {error_words(facts['error_before'], features)}, that of the reconstructions "
        f"{error_words(facts['error_after'], features)}.",
    )


MNIST_DENOISE = Lesson(
    name="mnist-denoise",
    title="Digits out of the noise",
    summary="The network is given damaged digits and has to answer with the clean ones. "
    "It can only do so by knowing what digits look like.",
    text="While training, normal noise with <i>σ</i> = 0.3 is added to every pixel of the input, "
    "and the loss compares the answer with the clean digit. "
    "Watch the middle row: the noise has no pattern and does not fit through the code, while "
    "strokes do. Try masking in place of noise, or a larger <i>σ</i>, and look for digits that "
    "come out clean and wrong.",
    question=Question(
        "How much of the damage will be left in the reconstructions?",
        ("Less than a third", "More than a third", "All of it, or more"),
        ("error_before", "error_after", "features"),
        _judge_cleaning,
    ),
    experiment=_digits(preset("denoising", MnistSpec())),
)


def _judge_dreams(facts: Facts) -> Verdict:
    ratio = facts["grey_in_dreams"] / facts["grey_in_digits"]
    told = (
        f"{100 * facts['grey_in_dreams']:.0f} % of the dreams' ink is in grey pixels, "
        f"{100 * facts['grey_in_digits']:.0f} % of that of real digits."
    )
    if ratio > 1.15:
        return Verdict(0, f"Blurrier: {told}")
    return Verdict(1 if ratio > 0.87 else 2, told)


MNIST_VAE = Lesson(
    name="mnist-vae",
    title="Digits that nobody wrote",
    summary="A code drawn from a normal distribution: the network can be asked to dream. "
    "Any point of the plane stands for a digit.",
    text="The loss has a second part, the divergence of each row's code from a standard normal, "
    "KL = ½ Σ(<i>μ</i><sup>2</sup> + <i>σ</i><sup>2</sup> − ln <i>σ</i><sup>2</sup> − 1), which "
    "keeps the codes together around 0 without gaps. "
    "Watch the map of dreams: a step in the plane changes a digit little by little into "
    "another. Try a larger <i>β</i>: the dreams get smoother, and all alike in the end.",
    question=Question(
        "Compared with real digits, the dreamt ones will be …",
        ("blurrier", "as sharp", "sharper"),
        ("grey_in_dreams", "grey_in_digits"),
        _judge_dreams,
    ),
    experiment=_digits(preset("variational", MnistSpec())),
)
