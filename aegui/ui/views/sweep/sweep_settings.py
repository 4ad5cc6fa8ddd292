"""What can be swept, in people's words, with values to begin with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from aegui.sentences import capitalised
from aegui.specs import Activation, ExperimentSpec, JsonScalar, Loss
from aegui.specs.changes import VIRTUAL_FIELDS, sweepable_settings
from aegui.specs.differences import setting_name

# What people turn most comes first; the rest follows in the order of the panels.
_FIRST = (
    "architecture.code.width",
    "code_share",
    "depth",
    "dataset.features",
    "dataset.rows",
    "architecture.optimizer.learning_rate",
    "training.batch_size",
    "training.epochs",
    "architecture.optimizer.kind",
    "dataset",
)
_CHOICES: dict[str, tuple[str, ...]] = {
    "dataset": ("noise", "sinusoids", "mnist"),
    "architecture.loss": get_args(Loss),
    "architecture.optimizer.kind": ("adam", "adamw", "sgd", "rmsprop"),
    "architecture.code.kind": ("dense", "variational"),
    "architecture.corruption.kind": ("none", "gaussian", "masking"),
    "activation": get_args(Activation),
    "kind": ("dense", "conv"),
}
_USUAL = {
    "code_share": "0.1..0.5/0.1",
    "depth": "1..4",
    "architecture.optimizer.learning_rate": "0.0001..0.1x10",
}


@dataclass(frozen=True)
class Sweepable:
    """A setting that a sweep can change: its field, its name, and values to begin with."""

    field: str
    name: str
    values: str


def sweepables(experiment: ExperimentSpec) -> list[Sweepable]:
    """Return the settings of an experiment that a sweep can change, the usual ones first."""
    present = sweepable_settings(experiment)
    there = dict.fromkeys((*VIRTUAL_FIELDS, *present))
    fields = [field for field in _FIRST if field in there]
    fields += [field for field in there if field not in fields]
    return [Sweepable(field, _name(field), _values(field, present)) for field in fields]


def _name(field: str) -> str:
    return capitalised(setting_name(field))


def _values(field: str, present: Mapping[str, JsonScalar]) -> str:
    name = field.rpartition(".")[2]
    choices = _CHOICES.get(field) or _CHOICES.get(name.removeprefix("output_"))
    if choices is not None:
        return ",".join(choices)
    if field in _USUAL:
        return _USUAL[field]
    return _around(present[field])


def _around(value: JsonScalar) -> str:
    """Return three values or so about the present one."""
    if isinstance(value, bool):
        return "true,false"
    if isinstance(value, int):
        return (
            f"{value},{value * 2},{value * 4}" if value < 4 else f"{max(2, value // 4)}..{value}x2"
        )
    if isinstance(value, float) and value:
        return f"{value / 2:g},{value:g}"
    return f"{value}"
