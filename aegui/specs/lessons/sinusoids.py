"""Lessons on rows that all lie on one circle."""

from aegui.specs.dataset import SinusoidsSpec
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

_SIMPLE = sigmoid_experiment(SinusoidsSpec())
_ONE_NUMBER = sigmoid_experiment(SinusoidsSpec(), hidden=(16,), code=1)


def _judge_share(facts: Facts) -> Verdict:
    share, features = facts["share_of_guess"], facts["features"]
    choice = 0 if share < 0.05 else 1 if share < 0.5 else 2
    return Verdict(
        choice,
        f"{100 * share:.0f} % of the error of always answering ½ is left at "
        f"{features:.0f} features: a mean error per feature of "
        f"{error_words(facts['error'], features)} against "
        f"{error_words(facts['guess'], features)}. A PCA of width 2 leaves nothing.",
    )


_FEATURE_AXIS = Axis(field="dataset.features", values=FEATURES)

SINE_FEATURES = Lesson(
    name="sine-features",
    title="Sinusoids, 2 to 32 features",
    summary="Rows of sin² from a random phase on: one number, the phase, says it all. "
    "The network finds most of it, whatever the length of the row.",
    text="sin²(<i>φ</i> + <i>t</i>) = (1 − cos(2<i>φ</i> + 2<i>t</i>)) ∕ 2, so the rows lie on a "
    "circle in a plane, and a PCA of width 2 rebuilds them exactly. "
    "Watch how far the 32–2–32 network with its sigmoids is from that, a mean error of about 1.2 "
    "at 32 features, although the answer is there. "
    "The spread now belongs to the phase: it no longer follows from adding up many "
    "independent errors. Try another seed: the circle comes out bent in another way.",
    question=Question(
        "At 32 features, how much of the error of always answering ½ will be left?",
        ("Almost nothing", "Up to half", "More than half"),
        ("share_of_guess", "features", "error", "guess"),
        _judge_share,
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

_DEPTHS = (1, 2, 3, 4)


def _judge_best_depth(facts: Facts) -> Verdict:
    errors = [facts[f"error_{depth}"] for depth in _DEPTHS]
    best = min(range(len(errors)), key=errors.__getitem__)
    told = ", ".join(error_words(error, facts["features"]) for error in errors)
    doubt = "" if facts["best_differs"] else " Between the best two no difference is shown."
    failed = round(facts["failed_runs"])
    failing = f" {failed} of the deeper runs did worse by three times or more." if failed else ""
    what = "Mean errors per feature with 1, 2, 3 and 4 layers a side"
    return Verdict(best, f"{what}: {told}.{doubt}{failing}")


SINE_LAYERS = Lesson(
    name="sine-layers",
    title="Sinusoids, 1 to 4 layers a side",
    summary="Now there is a pattern: one layer more helps a lot, the next a little, and then "
    "learning can fail. Is the deepest network the best one?",
    text="One layer a side leaves a mean error of about 1.2, two some 0.05: the layer between "
    "straightens what the sigmoids of the code have bent. "
    "Watch the dots, one for each seed, over a logarithmic axis: with depth, training itself "
    "gets harder, and a run can stay where it began. PCA has an error of 0 here and cannot be "
    "drawn on such an axis. In the circle's picture a code of one number has to tear it: "
    "no line can be laid around a circle without a seam.",
    question=Question(
        "Which number of layers a side will have the lowest mean error?",
        ("1", "2", "3", "4"),
        (*(f"error_{depth}" for depth in _DEPTHS), "features", "best_differs", "failed_runs"),
        _judge_best_depth,
    ),
    experiment=sigmoid_experiment(SinusoidsSpec(), hidden=(16,)),
    sweep=SweepSpec(base=_SIMPLE, axes=(Axis(field="depth", values=_DEPTHS),), seeds=SEEDS),
    extras=(Extra("one-number", "A code of one number", seeds_of(_ONE_NUMBER, 1), of_post=True),),
    of_post=True,
)
