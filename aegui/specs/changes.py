"""An experiment with some of its settings changed, named as a sweep names them."""

from collections.abc import Mapping
from typing import Any, get_args

from aegui.specs.dataset import MNIST_TRAIN_ROWS, DatasetSpec, MnistSpec, NoiseSpec, SinusoidsSpec
from aegui.specs.experiment import ExperimentSpec
from aegui.specs.file_dataset import FileSpec
from aegui.specs.files import build_experiment, require_runnable
from aegui.specs.layers import MAX_LAYERS, DenseCode, DenseLayer
from aegui.specs.optional_parts import NONE, is_switch, settings_of_absent, switched
from aegui.specs.problems import Problem, SpecError

JsonScalar = bool | int | float | str

VIRTUAL_FIELDS = ("depth", "code_share", "dataset")
"""Settings that change several fields at once; see ``Axis``."""

_DATASETS: dict[str, type[NoiseSpec | SinusoidsSpec | MnistSpec]] = {
    "noise": NoiseSpec,
    "sinusoids": SinusoidsSpec,
    "mnist": MnistSpec,
}
# What a sweep has other ways to say: --seeds for the one, the setting "dataset" for the other.
_NOT_SWEPT = {"schema_version", "training.seed", "dataset.kind"}


def sweepable_settings(experiment: ExperimentSpec) -> dict[str, JsonScalar]:
    """Return an experiment's settings that hold one number, word or switch, by dotted path.

    Settings of a part that is left out, such as ``training.plateau.factor``, are among them, with
    the values that it would begin with; so are the switches, such as ``training.plateau``. Those
    of a file's rows are left out: what follows from them is known once the file was read.
    """
    raw = experiment.model_dump(mode="json")
    if isinstance(experiment.dataset, FileSpec):
        del raw["dataset"]
    return {f: value for f, value in _leaves("", raw).items() if f not in _NOT_SWEPT}


def with_settings(experiment: ExperimentSpec, settings: Mapping[str, JsonScalar]) -> ExperimentSpec:
    """Return the experiment with settings changed.

    A dataset is changed first and its fields next, since ``depth`` and ``code_share`` follow the
    number of features; another kind of a part comes with that kind's own defaults.

    Raises
    ------
    SpecError
        A setting or value does not exist, or the experiment could not be run; the message begins
        with the settings.
    """
    source = ", ".join(f"{field} = {value}" for field, value in settings.items())
    for field in sorted(settings, key=_rank):
        experiment = _with_setting(experiment, field, settings[field], source)
    require_runnable(experiment, source)
    return experiment


def _rank(field: str) -> int:
    if field in VIRTUAL_FIELDS:
        return {"dataset": 0, "depth": 4, "code_share": 5}[field]
    if field.startswith("dataset."):
        return 1
    return 2 if field.endswith(".kind") or is_switch(field) else 3


def _with_setting(
    experiment: ExperimentSpec, field: str, value: JsonScalar, source: str
) -> ExperimentSpec:
    try:
        if field == "dataset":
            return experiment.model_copy(update={"dataset": _dataset(experiment.dataset, value)})
        if field == "depth":
            return _with_depth(experiment, value)
        if field == "code_share":
            return _with_code_share(experiment, value)
    except _WrongValueError as error:
        raise SpecError(source, [Problem(field, str(error))]) from error
    return _with_field(experiment, field, value, source)


class _WrongValueError(Exception):
    """A value that a virtual setting cannot take."""


def _dataset(before: DatasetSpec, value: JsonScalar) -> DatasetSpec:
    if value == before.kind:
        return before
    kind = _DATASETS.get(value) if isinstance(value, str) else None
    if kind is None:
        raise _WrongValueError(f"is {value}, but must be one of {', '.join(_DATASETS)}")
    if isinstance(before, FileSpec):
        return kind()
    if kind is MnistSpec:
        return MnistSpec(rows=min(before.rows, MNIST_TRAIN_ROWS))
    kept = {"rows", "features", "seed", "test_share"} if before.kind != "mnist" else {"rows"}
    return kind.model_validate(before.model_dump(include=kept))


def _with_depth(experiment: ExperimentSpec, value: JsonScalar) -> ExperimentSpec:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_LAYERS + 1:
        raise _WrongValueError(
            f"is {value}, but must be a whole number of layers a side, 1 to {MAX_LAYERS + 1}"
        )
    features = experiment.dataset.features
    widths = [features >> halvings for halvings in range(1, value)]
    if widths and widths[-1] < 1:
        most = features.bit_length()
        raise _WrongValueError(
            f"is {value}, but {features} features can be halved no further than to depth {most}"
        )
    like = _hidden_layer(experiment)
    hidden = tuple(like.model_copy(update={"width": width}) for width in widths)
    return _with_architecture(experiment, encoder=hidden, decoder=None)


def _hidden_layer(experiment: ExperimentSpec) -> DenseLayer:
    """Return what hidden layers are to be like: those that there are, else the code."""
    for layer in experiment.architecture.encoder:
        if isinstance(layer, DenseLayer):
            return layer
    code = experiment.architecture.code
    return DenseLayer(activation=code.activation) if isinstance(code, DenseCode) else DenseLayer()


def _with_code_share(experiment: ExperimentSpec, value: JsonScalar) -> ExperimentSpec:
    if isinstance(value, (bool, str)) or not 0 < value <= 1:
        raise _WrongValueError(
            f"is {value}, but must be a share of the features, greater than 0 and at most 1"
        )
    width = max(1, round(value * experiment.dataset.features))
    code = experiment.architecture.code.model_copy(update={"width": width})
    return _with_architecture(experiment, code=code)


def _with_architecture(experiment: ExperimentSpec, **changes: Any) -> ExperimentSpec:
    architecture = experiment.architecture.model_copy(update=changes)
    return experiment.model_copy(update={"architecture": architecture})


def _with_field(
    experiment: ExperimentSpec, field: str, value: JsonScalar, source: str
) -> ExperimentSpec:
    fields = sweepable_settings(experiment)
    if field not in fields:
        known = ", ".join((*VIRTUAL_FIELDS, *fields))
        raise SpecError(
            source,
            [Problem(field, f"is not a setting that a sweep can change here; there are {known}")],
        )
    raw = experiment.model_dump(mode="json")
    if is_switch(field):
        _set_switch(raw, field, value, source)
    else:
        _set_leaf(raw, field, value)
    return build_experiment(raw, source)


def _set_switch(raw: dict[str, Any], field: str, value: JsonScalar, source: str) -> None:
    if not isinstance(value, bool):
        raise SpecError(source, [Problem(field, f"is {value}, but must be true or false")])
    section, name = field.split(".")
    on = settings_of_absent(field) if raw[section][name] is None else raw[section][name]
    raw[section][name] = on if value else None


def _set_leaf(raw: dict[str, Any], field: str, value: JsonScalar) -> None:
    *way, last, name = field.split(".")
    holder: Any = raw
    for key in way:
        holder = holder[int(key)] if isinstance(holder, list) else holder[key]
    if isinstance(holder, list):
        part = holder[int(last)]
    elif name == "kind" and value == NONE and settings_of_absent(".".join((*way, last))):
        holder[last] = None
        return
    else:
        part = holder[last] = switched(".".join((*way, last)), holder[last], name)
    if name == "kind" and value != part["kind"]:
        # Another kind has other settings, and other sizes of the same ones: an SGD wants a
        # learning rate of its own. A code stays as wide as it was.
        kept = {"width": part["width"]} if "width" in part else {}
        part.clear()
        part.update(kept)
    part[name] = value


def _leaves(prefix: str, raw: Any) -> dict[str, JsonScalar]:
    if isinstance(raw, get_args(JsonScalar)):
        return {prefix: raw}
    leaves: dict[str, JsonScalar] = {prefix: raw is not None} if is_switch(prefix) else {}
    if raw is None:
        raw = settings_of_absent(prefix)
    pairs = raw.items() if isinstance(raw, dict) else enumerate(raw)
    for name, value in pairs:
        leaves |= _leaves(f"{prefix}.{name}" if prefix else str(name), value)
    return leaves
