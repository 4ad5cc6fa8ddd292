"""What a sweep is going to do, and how long that takes."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from aegui.records import TrialOutcome
from aegui.specs import ExperimentSpec, SweepSpec, TrialSpec

# Seconds of the engine's first import, of a program's compilation, of one layer's part in one
# step, of one number of a row, and of one multiplication with a weight: fitted to measurements
# on two cores (noise 32–2–32 to MNIST 784–512–256–128–32–…) and good to a factor of two.
_START, _COMPILATION, _LAYER_STEP, _VALUE, _PRODUCT = 3.0, 1.5, 1.2e-5, 1.5e-9, 4.3e-11


@dataclass(frozen=True)
class SweepPlan:
    """A sweep's trials, and those of them that are finished already."""

    spec: SweepSpec
    trials: tuple[TrialSpec, ...]
    finished: tuple[TrialOutcome, ...] = ()

    @classmethod
    def of(cls, spec: SweepSpec, finished: tuple[TrialOutcome, ...] = ()) -> "SweepPlan":
        """Plan a sweep; raises ``SpecError`` naming setting and value if a trial cannot be run."""
        return cls(spec, spec.trials(), finished)

    @property
    def remaining(self) -> tuple[TrialSpec, ...]:
        """The trials still to be run, in their order."""
        done = {outcome.number for outcome in self.finished}
        return tuple(trial for trial in self.trials if trial.number not in done)

    @property
    def seconds(self) -> float:
        """Estimated time of the remaining trials before any is run; see ``TimeLeft``."""
        return TimeLeft(self.remaining).total

    @property
    def words(self) -> str:
        """The plan for people: ``15 trials · about 2 min``."""
        count = len(self.trials)
        left = len(self.remaining)
        trials = f"{count} trial{'s' if count != 1 else ''}"
        if left < count:
            trials = f"{left} of {trials} left"
        return f"{trials} · about {duration_in_words(self.seconds)}"


@dataclass(frozen=True)
class SweepProgress:
    """How far a sweep is: ``trial`` of ``trials`` is under way, from 1; times are in seconds."""

    trial: int
    trials: int
    fraction: float
    seconds_left: float

    @property
    def words(self) -> str:
        """A line such as ``Trial 3 of 15 · 1 min left``."""
        left = duration_in_words(self.seconds_left)
        return f"Trial {self.trial} of {self.trials} · {left} left"


class TimeLeft:
    """Estimates the time that trials take.

    Before the first one has ended: by steps, rows and weights, at the speed of the machine that
    this was measured on. From then on: the time so far, in proportion to those figures, which
    takes in this machine's speed and how many trials run side by side.
    """

    def __init__(self, trials: Sequence[TrialSpec]) -> None:
        self._guesses: dict[int, float] = {}
        compiled: set[tuple[object, ...]] = set()
        for trial in trials:
            program = _program(trial.experiment)
            seconds = _training_seconds(trial.experiment)
            self._guesses[trial.number] = seconds + _COMPILATION * (program not in compiled)
            compiled.add(program)

    @property
    def total(self) -> float:
        """Guess for all of the trials, the engine's start included."""
        return sum(self._guesses.values()) + (_START if self._guesses else 0.0)

    def left(
        self, done: Collection[int], elapsed: float, partly: Mapping[int, float] | None = None
    ) -> float:
        """Return the seconds left when the trials numbered ``done`` took ``elapsed`` seconds.

        ``partly`` has the shares done of trials under way, as far as they are known.
        """
        before = sum(self._guesses[number] for number in done)
        before += sum(self._guesses[n] * share for n, share in (partly or {}).items())
        after = sum(self._guesses.values()) - before
        if not done:
            return max(0.0, self.total - elapsed)
        return after * elapsed / (before + _START)


def duration_in_words(seconds: float) -> str:
    """Return a rough duration: ``8 s``, ``2 min``, ``1.5 h``."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def _program(experiment: ExperimentSpec) -> tuple[object, ...]:
    """Return what a program is compiled for, as far as an estimate goes."""
    architecture = experiment.architecture
    return (
        experiment.shape,
        experiment.dataset.train_rows,
        experiment.training.batch_size,
        architecture.loss,
        architecture.optimizer.kind,
    )


def _training_seconds(experiment: ExperimentSpec) -> float:
    rows, epochs = experiment.dataset.train_rows, experiment.training.epochs
    steps = math.ceil(rows / experiment.training.batch_size)
    stages = experiment.stages.all[1:]
    # A convolution uses each weight at every place of its picture.
    products = sum(
        math.prod(shape) * math.prod(stage.shape[:-1])
        for stage in stages
        for shape in stage.trained
    )
    values = rows * experiment.dataset.features
    epoch = steps * len(stages) * _LAYER_STEP + values * _VALUE + rows * products * _PRODUCT
    return epochs * epoch
