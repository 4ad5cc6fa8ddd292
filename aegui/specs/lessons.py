"""Named experiments, in the order in which they are told."""

from dataclasses import dataclass

from aegui.specs.architecture import ArchitectureSpec
from aegui.specs.dataset import MnistSpec, NoiseSpec
from aegui.specs.experiment import ExperimentSpec
from aegui.specs.layers import DenseCode, DenseLayer
from aegui.specs.problems import Problem, SpecError
from aegui.specs.training import TrainingSpec


@dataclass(frozen=True)
class Lesson:
    """A named experiment: ``name`` for the command line, ``title`` and ``summary`` for people."""

    name: str
    title: str
    summary: str
    experiment: ExperimentSpec


def _sigmoid(*widths: int) -> tuple[DenseLayer, ...]:
    return tuple(DenseLayer(width=width, activation="sigmoid") for width in widths)


def _sigmoid_code(width: int) -> DenseCode:
    return DenseCode(width=width, activation="sigmoid")


LESSONS: tuple[Lesson, ...] = (
    Lesson(
        name="noise-simple",
        title="Noise, one layer a side",
        summary="A million rows of 32 independent random numbers through a code of two. "
        "There is no pattern to find: about two numbers survive, the rest is guessed.",
        experiment=ExperimentSpec(
            dataset=NoiseSpec(),
            architecture=ArchitectureSpec(code=_sigmoid_code(2)),
            training=TrainingSpec(epochs=10, batch_size=100),
        ),
    ),
    Lesson(
        name="noise-deep",
        title="Noise, four layers a side",
        summary="The same noise through a funnel that halves the width four times. "
        "More layers cannot find a pattern that is not there.",
        experiment=ExperimentSpec(
            dataset=NoiseSpec(),
            architecture=ArchitectureSpec(
                encoder=_sigmoid(16, 8, 4), code=DenseCode(width=2, activation="sigmoid")
            ),
            training=TrainingSpec(epochs=10, batch_size=100),
        ),
    ),
    Lesson(
        name="mnist",
        title="MNIST digits",
        summary="Handwritten digits of 784 pixels through a code of 32 numbers. "
        "Watch strokes appear in the first epoch and sharpen in the next.",
        experiment=ExperimentSpec(
            dataset=MnistSpec(),
            architecture=ArchitectureSpec(code=DenseCode(width=32, activation="relu")),
            training=TrainingSpec(epochs=10, batch_size=256),
        ),
    ),
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
