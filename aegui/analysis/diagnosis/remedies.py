"""What can be done about a finding: changes to an experiment that one button applies."""

from dataclasses import dataclass
from typing import Any

from aegui.records import History
from aegui.specs import (
    ArchitectureSpec,
    ConvLayer,
    EarlyStoppingSpec,
    ExperimentSpec,
    LayerSpec,
)
from aegui.specs.files import build_experiment


@dataclass(frozen=True)
class Remedy:
    """Changes to an experiment: values by dotted field; ``label`` is what their button says."""

    label: str
    changes: dict[str, object]


def apply(experiment: ExperimentSpec, remedy: Remedy) -> ExperimentSpec:
    """Return the experiment with the remedy's changes, validated.

    Raises
    ------
    SpecError
        The experiment is not the one that the remedy was made for, and has no such field.
    """
    raw = experiment.model_dump()
    for field, value in remedy.changes.items():
        *path, name = field.split(".")
        here: dict[str, Any] = raw
        for part in path:
            here = here[part]
        here[name] = value
    return build_experiment(raw, remedy.label)


def rate_in_force(experiment: ExperimentSpec, history: History) -> float:
    """Return the learning rate of the newest epoch, which may have been changed under way."""
    if history.epochs == 0:
        return experiment.architecture.optimizer.learning_rate
    return history.last.learning_rate


def usual_rate(experiment: ExperimentSpec) -> float:
    """Return the learning rate with which the experiment's kind of optimizer begins."""
    return type(experiment.architecture.optimizer)().learning_rate


def tenth_of_rate(rate: float) -> Remedy:
    """Return the remedy of a learning rate ten times smaller."""
    return _rate(rate, rate / 10)


def lower_rate(experiment: ExperimentSpec, rate: float) -> Remedy:
    """Return the remedy of a smaller rate: the usual one if that is a tenth or less."""
    return _rate(rate, min(rate / 10, usual_rate(experiment)))


def higher_rate(experiment: ExperimentSpec, rate: float) -> Remedy:
    """Return the remedy of a greater rate: the usual one if that is ten times as much or more."""
    return _rate(rate, max(rate * 10, usual_rate(experiment)))


def _rate(old: float, new: float) -> Remedy:
    # Three figures: the rate of a record went through 32 bits.
    new = float(f"{min(new, 100.0):.3g}")
    label = f"Learning rate {old:.3g} → {new:.3g}"
    return Remedy(label, {"architecture.optimizer.learning_rate": new})


def lighter_price(architecture: ArchitectureSpec) -> Remedy | None:
    """Return the remedy of a code that costs ten times less, None where it costs nothing."""
    name = "beta" if architecture.is_variational else "l1"
    price = getattr(architecture.code, name)
    if price == 0:
        return None
    new = float(f"{price / 10:.3g}")
    words = {"beta": "KL weight β", "l1": "L1 penalty"}[name]
    return Remedy(f"{words} {price:.3g} → {new:.3g}", {f"architecture.code.{name}": new})


def elu_code() -> Remedy:
    """Return the remedy of a code whose units cannot be silenced for good."""
    return Remedy("Use elu for the code", {"architecture.code.activation": "elu"})


def elu_everywhere(architecture: ArchitectureSpec) -> Remedy:
    """Return the remedy of inner layers that pass gradients on undiminished.

    Measured on digits, nine sigmoid layers, three seeds: with elu in hidden layers and code all
    leave the mean in 8 epochs; with relu and a sigmoid code, or batch normalisation, none or one.
    """
    changes: dict[str, object] = {"architecture.encoder": _with_elu(architecture.encoder)}
    if architecture.decoder is not None:
        changes["architecture.decoder"] = _with_elu(architecture.decoder)
    if not architecture.is_variational:
        changes |= elu_code().changes
    return Remedy("Use elu for the inner layers", changes)


def _with_elu(layers: tuple[LayerSpec, ...]) -> list[dict[str, Any]]:
    return [layer.model_dump() | {"activation": "elu"} for layer in layers]


def squared_error() -> Remedy:
    """Return the remedy of a loss whose best guess is the mean, not the median."""
    return Remedy("Use mean squared error", {"architecture.loss": "mean_squared_error"})


def linear_output() -> Remedy:
    """Return the remedy of an output that can take any value, with a loss that fits it."""
    return Remedy(
        "Use a linear output",
        {
            "architecture.output_activation": "linear",
            "architecture.loss": "mean_squared_error",
        },
    )


def early_stopping(patience: int) -> Remedy:
    """Return the remedy of ending at the best epoch."""
    spec = EarlyStoppingSpec(patience=patience)
    return Remedy("Turn early stopping on", {"training.early_stopping": spec.model_dump()})


def fewer_parameters(architecture: ArchitectureSpec) -> Remedy | None:
    """Return the remedy of layers half as wide, or of half the code where no layer has a half.

    None where the code has none either.
    """
    changes: dict[str, object] = {"architecture.encoder": _halved(architecture.encoder)}
    if architecture.decoder is not None:
        changes["architecture.decoder"] = _halved(architecture.decoder)
    if any(_width(layer) > 1 for layer in (*architecture.encoder, *architecture.decoder_layers)):
        return Remedy("Halve the widths of the layers", changes)
    width = architecture.code.width
    if width == 1:
        return None
    return Remedy(f"Code {width} → {_half(width)}", {"architecture.code.width": _half(width)})


def _width(layer: LayerSpec) -> int:
    return layer.filters if isinstance(layer, ConvLayer) else layer.width


def _halved(layers: tuple[LayerSpec, ...]) -> list[dict[str, Any]]:
    return [
        layer.model_dump()
        | (
            {"filters": _half(layer.filters)}
            if isinstance(layer, ConvLayer)
            else {"width": _half(layer.width)}
        )
        for layer in layers
    ]


def _half(width: int) -> int:
    return max(1, width // 2)
