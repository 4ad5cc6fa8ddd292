"""Named experiments, in the order in which they are told."""

from aegui.specs.lessons.digits import MNIST, MNIST_CONV, MNIST_DEEP, MNIST_DENOISE, MNIST_VAE
from aegui.specs.lessons.lesson import (
    OWN,
    Extra,
    Facts,
    Lesson,
    Question,
    Verdict,
    seeds_of,
)
from aegui.specs.lessons.linear import PCA_OR_NOT
from aegui.specs.lessons.noise import (
    NOISE_DEEP,
    NOISE_DEEP_AS_CODED,
    NOISE_FEATURES,
    NOISE_SIMPLE,
)
from aegui.specs.lessons.sinusoids import SINE_FEATURES, SINE_LAYERS
from aegui.specs.problems import Problem, SpecError
from aegui.specs.sweep import SweepSpec

__all__ = [
    "LESSONS",
    "OWN",
    "Extra",
    "Facts",
    "Lesson",
    "Question",
    "Verdict",
    "find_lesson",
    "parts_of",
]

LESSONS: tuple[Lesson, ...] = (
    NOISE_SIMPLE,
    NOISE_DEEP,
    NOISE_DEEP_AS_CODED,
    NOISE_FEATURES,
    SINE_FEATURES,
    SINE_LAYERS,
    MNIST,
    MNIST_DEEP,
    MNIST_CONV,
    MNIST_DENOISE,
    MNIST_VAE,
    PCA_OR_NOT,
)


def find_lesson(name: str) -> Lesson:
    """Return the lesson with this name.

    Raises
    ------
    SpecError
        There is none; the message lists those that there are.
    """
    for lesson in LESSONS:
        if lesson.name == name:
            return lesson
    names = ", ".join(lesson.name for lesson in LESSONS)
    raise SpecError(name, [Problem("", f"there is no lesson of this name; there are {names}")])


def parts_of(lesson: Lesson) -> dict[str, SweepSpec]:
    """Return all runs that a lesson's figures are drawn from, by the name of their part.

    The lesson's own runs come first, under ``OWN``: its sweep, or its one experiment. Then come
    those of the lessons that it compares with, with as many seeds, and the extras.
    """
    own = lesson.sweep or seeds_of(lesson.experiment, 1)
    parts = {OWN: own}
    for name in lesson.compares:
        parts[name] = seeds_of(find_lesson(name).experiment, own.seeds)
    return parts | {extra.name: extra.sweep for extra in lesson.extras}
