"""What a lesson is: an experiment, what it is laid beside, and a question to the result."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aegui.specs.experiment import ExperimentSpec
from aegui.specs.sweep import Axis, SweepSpec

OWN = ""
"""The name of a lesson's own part among its parts."""

Facts = Mapping[str, float]
"""Numbers that a result gives, by name; see ``aegui.analysis.lessons``."""


@dataclass(frozen=True)
class Verdict:
    """Which choice the result bears out, by its place, and the sentence that tells it."""

    choice: int
    sentence: str


@dataclass(frozen=True)
class Question:
    """Something to guess before the run.

    ``judge`` decides from the facts named in ``needs``, and from nothing else.
    """

    prompt: str
    choices: tuple[str, ...]
    needs: tuple[str, ...]
    judge: Callable[[Facts], Verdict]

    def answer(self, facts: Facts) -> Verdict | None:
        """Return what the result says, or None while it does not have all that is needed."""
        return self.judge(facts) if all(name in facts for name in self.needs) else None


@dataclass(frozen=True)
class Extra:
    """More runs that a lesson's figure has a place for; ``name`` is that of their part.

    ``of_post`` marks those without which the post's own figure would have a gap.
    """

    name: str
    title: str
    sweep: SweepSpec
    of_post: bool = False


@dataclass(frozen=True)
class Lesson:
    """A named experiment: ``name`` for the command line, ``title`` and ``summary`` for people.

    ``text`` is rich text: what to watch, what to try, what it means. ``sweep`` has the runs that
    the lesson compares, if it compares any; ``compares`` names lessons whose experiments are laid
    beside, with as many seeds. ``of_post`` marks the lessons that tell the post's own story.
    """

    name: str
    title: str
    summary: str
    text: str
    question: Question
    experiment: ExperimentSpec
    sweep: SweepSpec | None = None
    compares: tuple[str, ...] = ()
    extras: tuple[Extra, ...] = ()
    of_post: bool = False


def error_words(error: float, features: float) -> str:
    """Return a mean of Σ|x − x̂| per feature, with the sum behind it: ``0.2363 (sum 7.56)``."""
    return f"{error / features:.4g} (sum {error:.3g})"


def seeds_of(experiment: ExperimentSpec, seeds: int) -> SweepSpec:
    """Return a sweep that changes nothing but the seed."""
    axis = Axis(field="training.epochs", values=(experiment.training.epochs,))
    return SweepSpec(base=experiment, axes=(axis,), seeds=seeds)
