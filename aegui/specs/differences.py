"""How two experiments differ, in words."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from aegui.specs.experiment import ExperimentSpec
from aegui.specs.file_dataset import FileSpec
from aegui.specs.words import OPTIMIZERS

_NAMES = {
    "dataset.kind": "data",
    "dataset.test_share": "test share",
    "dataset.seed": "data seed",
    "dataset.path": "file",
    "dataset.sha256": "checksum",
    "dataset.id_column": "id column",
    "dataset.text": "text columns",
    "dataset.missing": "missing values",
    "architecture.code.width": "code",
    "architecture.code.activation": "code activation",
    "architecture.code.kind": "kind of code",
    "architecture.code.l1": "L1 penalty",
    "architecture.code.beta": "β",
    "architecture.code.warm_up_epochs": "β warm-up",
    "architecture.output_activation": "output",
    "architecture.optimizer.kind": "optimizer",
    "architecture.optimizer.learning_rate": "learning rate",
    "architecture.optimizer.weight_decay": "weight decay",
    "architecture.corruption.kind": "corruption",
    "training.batch_size": "batch",
    "training.early_stopping.patience": "early stopping",
    "training.plateau.patience": "plateau",
}
_WORDS = {
    "binary_crossentropy": "cross-entropy",
    "mean_squared_error": "squared error",
    "mean_absolute_error": "absolute error",
    "training_median": "training median",
    "leave_out": "left out",
    "one_hot": "one-hot",
    "min_max": "min–max",
    **OPTIMIZERS,
}
# What follows from the other settings of a file's rows.
_FOLLOWING = {"size", "features", "image_shape", "low", "high", "classes", "fit", "streaming"}
_MOST_LETTERS = 60


# Of settings that stand for several, and of those that are told with what they belong to.
_FULL_NAMES = {
    "depth": "layers a side",
    "code_share": "code as a share of the features",
    "dataset": "data",
    "architecture.corruption.stddev": "σ of the corruption",
    "architecture.corruption.share": "share of the input masked",
    "training.early_stopping": "early stopping on or off",
    "training.early_stopping.min_delta": "early stopping, least improvement",
    "training.plateau": "plateau on or off",
    "training.plateau.factor": "plateau factor",
}
_DECODER = "architecture.decoder"
_LAYER = re.compile(r"architecture\.(?P<half>encoder|decoder)\.(?P<place>\d+)\.(?P<name>\w+)")


def differences(before: ExperimentSpec, after: ExperimentSpec) -> list[str]:
    """Return what was changed, one line a setting: ``code 32 → 2``.

    Widths are told as a whole, since a list that grew has no setting to name; where as many
    layers are left, what else differs is told layer by layer.
    """
    old, new = _flat(before), _flat(after)
    return [
        f"{setting_name(field)} {_value(old.get(field))} → {_value(new.get(field))}"
        for field in dict.fromkeys([*old, *new])
        if old.get(field) != new.get(field) and not _follows(field, old, new)
    ]


def difference_rows(experiments: Sequence[ExperimentSpec]) -> list[tuple[str, list[str]]]:
    """Return the settings that are not the same in all experiments, each with all its values.

    A setting that an experiment does not have is a dash there.
    """
    flats = [_flat(experiment) for experiment in experiments]
    fields = dict.fromkeys(field for flat in flats for field in flat)
    return [
        (setting_name(field), [_value(flat[field]) if field in flat else "–" for flat in flats])
        for field in fields
        if any(
            one.get(field) != other.get(field) and not _follows(field, one, other)
            for one, other in combinations(flats, 2)
        )
    ]


def setting_name(field: str) -> str:
    """Return what people call a setting that a sweep changes: ``learning rate``.

    Settings of one hidden layer are told with its place: ``encoder layer 1, width``.
    """
    layer = _LAYER.fullmatch(field)
    if layer:
        name = layer["name"].replace("_", " ")
        return f"{layer['half']} layer {int(layer['place']) + 1}, {name}"
    return _FULL_NAMES.get(field) or _name(field)


def setting_value(value: Any) -> str:
    """Return what people call a setting's value: ``AdamW``, ``cross-entropy``, ``0.001``."""
    return _value(value)


def _flat(experiment: ExperimentSpec) -> dict[str, Any]:
    raw = experiment.model_dump(mode="json")
    flat: dict[str, Any] = {}
    _collect("dataset", _chosen(experiment, raw["dataset"]), flat)
    _collect("architecture", raw["architecture"], flat)
    _collect("training", raw["training"], flat)
    return flat


def _chosen(experiment: ExperimentSpec, dataset: dict[str, Any]) -> dict[str, Any]:
    """Return what was chosen of a dataset, without what a file was found to hold."""
    if not isinstance(experiment.dataset, FileSpec):
        return dataset
    chosen = {name: value for name, value in dataset.items() if name not in _FOLLOWING}
    return chosen | {"columns": ", ".join(dataset["columns"]), "sha256": dataset["sha256"][:8]}


def _collect(prefix: str, raw: dict[str, Any], flat: dict[str, Any]) -> None:
    for name, value in raw.items():
        field = f"{prefix}.{name}"
        if isinstance(value, dict):
            _collect(field, value, flat)
        elif isinstance(value, list) and all(isinstance(each, dict) for each in value):
            _collect_layers(field, value, flat)
        else:
            flat[field] = "mirror" if field == _DECODER and value is None else value


def _collect_layers(half: str, layers: list[dict[str, Any]], flat: dict[str, Any]) -> None:
    flat[half] = [layer.get("width", layer.get("filters")) for layer in layers]
    for place, layer in enumerate(layers):
        for name, value in layer.items():
            if name not in ("width", "filters"):
                flat[f"{half}.{place}.{name}"] = value


def _follows(field: str, old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether a setting came or went with what it belongs to, which is told already."""
    layer = _LAYER.fullmatch(field)
    if layer is not None and _layers(layer["half"], old) != _layers(layer["half"], new):
        return True
    if (field in old) == (field in new):
        return False
    kind = f"{field.rpartition('.')[0]}.kind"
    is_of_another_kind = field != kind and old.get(kind) != new.get(kind)
    return is_of_another_kind or field not in _NAMES


def _layers(half: str, flat: dict[str, Any]) -> int | None:
    """Return how many layers a half has of its own; None for a mirrored decoder."""
    widths = flat[f"architecture.{half}"]
    return len(widths) if isinstance(widths, list) else None


def _name(field: str) -> str:
    return _NAMES.get(field, field.rpartition(".")[2].replace("_", " "))


def _value(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, list):
        return "–".join(str(size) for size in value) or "none"
    if isinstance(value, float):
        return f"{value:g}"
    words = _WORDS.get(value, value) if isinstance(value, str) else str(value)
    return words if len(words) <= _MOST_LETTERS else f"{words[: _MOST_LETTERS - 1]}…"
