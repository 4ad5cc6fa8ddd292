"""Lessons on rows without a pattern."""

from aegui.specs.dataset import NoiseSpec
from aegui.specs.lessons.lesson import (
    Extra,
    Facts,
    Lesson,
    Question,
    Verdict,
    error_words,
    seeds_of,
)
from aegui.specs.lessons.models import FEATURES, SEEDS, sigmoid_experiment
from aegui.specs.sweep import Axis, SweepSpec

_SIMPLE = sigmoid_experiment(NoiseSpec())
_DEEP = sigmoid_experiment(NoiseSpec(), hidden=(16, 8, 4))
_AS_CODED = sigmoid_experiment(NoiseSpec(), hidden=(16, 8, 4), decoder=(32, 32, 32))


def _judge_learned(facts: Facts) -> Verdict:
    learned, features = round(facts["learned"]), facts["features"]
    if learned == 0:
        choice = 0
    elif learned <= facts["code"] + 2:
        choice = 1
    else:
        choice = 2 if learned < 0.9 * features else 3
    return Verdict(
        choice,
        f"{learned} of {features:.0f} features came out clearly better than a guess. "
        f"The mean error per feature is {error_words(facts['mean'], features)}; "
        f"always answering ½ has {error_words(facts['guess_mean'], features)}.",
    )


NOISE_SIMPLE = Lesson(
    name="noise-simple",
    title="Noise, one layer a side",
    summary="A million rows of 32 independent random numbers through a code of two. "
    "There is no pattern to find: about two numbers survive, the rest is guessed.",
    text="Watch the errors of the 32 features part into two groups: a few are carried through "
    "the code, for all others the best answer is the mean, ½, which misses by ¼ on average. "
    "Always answering ½ has a mean error of 32 ∕ 4 = 8 with a spread of "
    "<i>σ</i> = √(32 ∕ 48) = 0.816, and the trained network is barely better. "
    "The bell shape is not something that it found: a sum of 32 independent errors is nearly "
    "normal whatever one answers, by the central limit theorem. "
    "Try a wider code: each number more buys one feature more.",
    question=Question(
        "How many of the 32 features will come out clearly better than a guess?",
        ("None", "About as many as the code has numbers", "About half", "All"),
        ("learned", "code", "features", "mean", "guess_mean"),
        _judge_learned,
    ),
    experiment=_SIMPLE,
    of_post=True,
)


def _judge_depth(facts: Facts) -> Verdict:
    one, four = facts["simple_error"], facts["deep_error"]
    features = facts["features"]
    figures = (
        f"mean error per feature {error_words(four, features)} with four layers a side, "
        f"{error_words(one, features)} with one"
    )
    if facts["differs"] == 0.0:
        return Verdict(1, f"No difference shown: {figures}, within the spread of the seeds.")
    if four < one:
        return Verdict(0, f"Lower, by little: {figures}. Guessing ½ has 0.25 (sum 8).")
    return Verdict(2, f"Higher: {figures}. More layers found nothing, and lost something.")


_DEPTH_NEEDS = ("simple_error", "deep_error", "features", "differs")
_DEPTH_CHOICES = ("Lower", "No difference will show", "Higher")

NOISE_DEEP = Lesson(
    name="noise-deep",
    title="Noise, four layers a side",
    summary="The same noise through a funnel that halves the width four times. "
    "More layers cannot find a pattern that is not there.",
    text="The widths go 32–16–8–4–2 and back, so there is far more to tune than in lesson 1. "
    "Watch whether its histogram leaves that of the simple network: the numbers are "
    "independent, so two of them tell nothing about the other thirty, however deep one looks. "
    "Compare several seeds before believing a difference in the second decimal.",
    question=Question(
        "Against one layer a side, the mean error of four will be …",
        _DEPTH_CHOICES,
        _DEPTH_NEEDS,
        _judge_depth,
    ),
    experiment=_DEEP,
    sweep=SweepSpec(base=_DEEP, axes=(Axis(field="depth", values=(1, 4)),), seeds=SEEDS),
    of_post=True,
)

NOISE_DEEP_AS_CODED = Lesson(
    name="noise-deep-as-coded",
    title="Noise, deep as it was coded",
    summary="The same funnel with the decoder of the post's program: four layers, all 32 wide. "
    "Does that matter? A little, even on noise.",
    text="The post draws a mirrored funnel, but its program gives all four layers of the decoder "
    "the width of the data: 32–16–8–4–2–32–32–32–32. "
    "Watch its mean error beside those of lesson 1: a number in the code is not bound to stand "
    "for one feature, and a wide decoder can unfold it into rough values of several. "
    "That is packing, not a pattern: the gain is a few hundredths of the error of a guess.",
    question=Question(
        "Against one layer a side, the mean error of the network as coded will be …",
        _DEPTH_CHOICES,
        _DEPTH_NEEDS,
        _judge_depth,
    ),
    experiment=_AS_CODED,
    sweep=seeds_of(_AS_CODED, SEEDS),
    compares=("noise-simple",),
    of_post=True,
)


def _judge_growth(facts: Facts) -> Verdict:
    line, exponential = facts["line_misses_by"], facts["exponential_misses_by"]
    if facts["last_slope"] < 0.5 * facts["first_slope"]:
        return Verdict(2, "The error grew by less and less with each feature more.")
    told = f"a straight line misses the points by {line:.2f}, an exponential by {exponential:.2f}"
    if line <= exponential:
        return Verdict(0, f"A straight line, {facts['slope']:.3f} for each feature: {told}.")
    return Verdict(1, f"Bent upwards: {told}.")


_FEATURE_AXIS = Axis(field="dataset.features", values=FEATURES)

NOISE_FEATURES = Lesson(
    name="noise-features",
    title="Noise, 2 to 32 features",
    summary="The simple network on rows of 2, 4, 8, 16 and 32 random numbers. "
    "The error grows in a straight line, a quarter for each number that has to be guessed.",
    text="Each number that does not fit through the code is guessed, and a guess costs ¼: watch "
    "the points lie between the lines <i>n</i> ∕ 4 (guess all) and (<i>n</i> − 2) ∕ 4 (keep two, "
    "guess the rest). The post calls the growth exponential; drawn over a linear axis it is "
    "a straight line, and per feature it levels off at ¼. "
    "Try a code of <i>n</i> ∕ 2: now every row loses half of its numbers.",
    question=Question(
        "As rows get longer, the error of a row will grow …",
        ("in a straight line", "exponentially", "less and less"),
        ("line_misses_by", "exponential_misses_by", "first_slope", "last_slope", "slope"),
        _judge_growth,
    ),
    experiment=_SIMPLE,
    sweep=SweepSpec(base=_SIMPLE, axes=(_FEATURE_AXIS,), seeds=SEEDS),
    extras=(
        Extra(
            "half",
            "Code n/2",
            SweepSpec(
                base=_SIMPLE,
                axes=(_FEATURE_AXIS, Axis(field="code_share", values=(0.5,))),
                seeds=SEEDS,
            ),
        ),
    ),
    of_post=True,
)
