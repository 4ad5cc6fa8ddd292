"""Runs that differ in one setting or two, each with several seeds."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from aegui.specs.base import Spec
from aegui.specs.changes import JsonScalar, with_settings
from aegui.specs.experiment import ExperimentSpec
from aegui.specs.files import build_experiment
from aegui.specs.problems import Problem, SpecError

MAX_VALUES_OF_AXIS = 200
MAX_SEEDS = 100


class Axis(Spec):
    """One setting and the values that it takes.

    ``field`` is the dotted path of a setting in an experiment's file, such as
    ``dataset.features`` or ``architecture.optimizer.learning_rate``, or one of

    - ``depth``: layers a side, the code's included; hidden widths halve from the input on (32
      features, depth 4: 16, 8, 4), with a mirrored decoder;
    - ``code_share``: the code's width as a share of the features, at least 1;
    - ``dataset``: a dataset by the name of its kind, with the rows, and where both have them the
      features, seed and test share, of the one before.
    """

    field: Annotated[str, Field(min_length=1)]
    values: Annotated[tuple[JsonScalar, ...], Field(min_length=1, max_length=MAX_VALUES_OF_AXIS)]

    @model_validator(mode="after")
    def _values_differ(self) -> Self:
        seen: set[JsonScalar] = set()
        for value in self.values:
            if value in seen:
                raise ValueError(f"the value {value} stands twice; each may stand once")
            seen.add(value)
        return self


@dataclass(frozen=True)
class TrialSpec:
    """One run of a sweep: its place, from 1, the settings that set it apart, and its seed."""

    number: int
    settings: Mapping[str, JsonScalar]
    seed: int
    experiment: ExperimentSpec


class SweepSpec(Spec):
    """An experiment to be run with every value of one setting, or two, and several seeds.

    Trials of one setting differ in the seed of weights and row order alone; their data stay.
    """

    schema_version: Literal[1] = 1
    base: ExperimentSpec
    axes: Annotated[tuple[Axis, ...], Field(min_length=1, max_length=2)]
    seeds: Annotated[int, Field(ge=1, le=MAX_SEEDS)] = 1

    @model_validator(mode="after")
    def _axes_differ(self) -> Self:
        if len({axis.field for axis in self.axes}) < len(self.axes):
            raise ValueError(f"{self.axes[0].field} is swept twice; take two settings or one")
        return self

    @property
    def trial_count(self) -> int:
        """Number of trials: every combination of values, times the seeds."""
        return prod(len(axis.values) for axis in self.axes) * self.seeds

    def trials(self) -> tuple[TrialSpec, ...]:
        """Return the trials in the order in which they are run.

        The seeds of one setting follow each other, for they use the same rows.

        Raises
        ------
        SpecError
            A value makes no experiment, or one that cannot be run; the message names both. Or a
        setting changes nothing, since the other one overwrites it.
        """
        fields = [axis.field for axis in self.axes]
        first = self.base.training.seed
        # The largest seed alone can be too large, and to check one is to check all.
        _with_seed(self.base, first + self.seeds - 1)
        planned: list[TrialSpec] = []
        made: dict[tuple[JsonScalar, ...], ExperimentSpec] = {}
        for values in product(*(axis.values for axis in self.axes)):
            settings = dict(zip(fields, values, strict=True))
            experiment = with_settings(self.base, settings)
            made[values] = experiment
            for seed in range(first, first + self.seeds):
                training = experiment.training.model_copy(update={"seed": seed})
                seeded = experiment.model_copy(update={"training": training})
                planned.append(TrialSpec(len(planned) + 1, settings, seed, seeded))
        for place, axis in enumerate(self.axes):
            _require_change(axis, place, made)
        return tuple(planned)


def _require_change(
    axis: Axis, place: int, made: Mapping[tuple[JsonScalar, ...], ExperimentSpec]
) -> None:
    """Raise ``SpecError`` if all values of an axis make one experiment beside one of the other."""
    beside: dict[tuple[JsonScalar, ...], set[ExperimentSpec]] = {}
    for values, experiment in made.items():
        beside.setdefault(values[:place] + values[place + 1 :], set()).add(experiment)
    if len(axis.values) > 1 and any(len(experiments) == 1 for experiments in beside.values()):
        what = (
            "changes nothing: all its values make the same experiment, as another setting "
            "overwrites it or they come to the same. Take other values, or leave it out"
        )
        raise SpecError("sweep", [Problem(axis.field, what)])


def _with_seed(experiment: ExperimentSpec, seed: int) -> ExperimentSpec:
    raw = experiment.model_dump()
    raw["training"]["seed"] = seed
    return build_experiment(raw, "seeds")
