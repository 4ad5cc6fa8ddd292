"""Models that people know by name, with the sizes that fit a dataset."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aegui.specs.architecture import ArchitectureSpec
from aegui.specs.dataset import DatasetSpec, NoiseSpec
from aegui.specs.layers import (
    Activation,
    ConvLayer,
    DenseCode,
    DenseLayer,
    GaussianCorruption,
    MaskingCorruption,
    VariationalCode,
)

_MOST_WIDE = 512
"""Hidden layers start no wider, however many features there are."""


@dataclass(frozen=True)
class Preset:
    """A known model: ``name`` for programs, ``title`` and ``summary`` for people."""

    name: str
    title: str
    summary: str
    make: Callable[[DatasetSpec], ArchitectureSpec]
    needs_pictures: bool = False

    def fits(self, dataset: DatasetSpec) -> bool:
        """Tell whether the model can learn from a dataset."""
        return dataset.image_shape is not None or not self.needs_pictures


def preset(name: str, dataset: DatasetSpec) -> ArchitectureSpec:
    """Return a known model in the sizes that fit a dataset."""
    return _BY_NAME[name].make(dataset)


def find_preset(architecture: ArchitectureSpec, dataset: DatasetSpec) -> Preset | None:
    """Return the known model that an architecture is, if any.

    The size of the code and the optimizer may be others: turning these is what an experiment
    does with a model.
    """
    for known in PRESETS:
        if known.fits(dataset) and _essence(known.make(dataset)) == _essence(architecture):
            return known
    return None


def _essence(architecture: ArchitectureSpec) -> dict[str, Any]:
    return architecture.model_dump(exclude={"optimizer": True, "code": {"width"}})


def _dense(dataset: DatasetSpec) -> ArchitectureSpec:
    return _fitted(dataset, code=_dense_code(dataset))


def _deep(dataset: DatasetSpec) -> ArchitectureSpec:
    return _fitted(dataset, encoder=_funnel(dataset), code=_dense_code(dataset))


def _convolutional(dataset: DatasetSpec) -> ArchitectureSpec:
    convolutions = (ConvLayer(filters=16), ConvLayer(filters=32))
    return _fitted(dataset, encoder=convolutions, code=_dense_code(dataset))


def _variational(dataset: DatasetSpec) -> ArchitectureSpec:
    width = 256 if dataset.image_shape else max(2, min(_MOST_WIDE, dataset.features // 2))
    hidden = DenseLayer(width=width, activation="relu")
    code = VariationalCode(width=min(2, _code_width(dataset)))
    return _fitted(dataset, encoder=(hidden,), code=code)


def _denoising(dataset: DatasetSpec) -> ArchitectureSpec:
    if dataset.image_shape:
        hidden = (DenseLayer(width=256, activation="relu"),)
        damage = GaussianCorruption(stddev=0.3)
        return _fitted(dataset, encoder=hidden, code=_dense_code(dataset), corruption=damage)
    # Masking damages numbers of any size alike.
    return _fitted(dataset, code=_dense_code(dataset), corruption=MaskingCorruption(share=0.5))


def _sparse(dataset: DatasetSpec) -> ArchitectureSpec:
    width = 128 if dataset.image_shape else max(1, min(_MOST_WIDE, dataset.features // 2))
    return _fitted(dataset, code=DenseCode(width=width, activation="relu", l1=_SPARSE_L1))


def _linear(dataset: DatasetSpec) -> ArchitectureSpec:
    code = DenseCode(width=_code_width(dataset), activation="linear")
    return ArchitectureSpec(code=code, output_activation="linear", loss="mean_squared_error")


# On digits some 30 % of the code is active then, 90 % at 1e-5 (8 epochs of 30 000 rows).
_SPARSE_L1 = 5e-4


def _fitted(dataset: DatasetSpec, **parts: Any) -> ArchitectureSpec:
    """Return an architecture whose output and loss fit the range of the data."""
    low, high = dataset.value_range
    if low >= 0 and high <= 1:
        return ArchitectureSpec(**parts)
    return ArchitectureSpec(output_activation="linear", loss="mean_squared_error", **parts)


def _code_width(dataset: DatasetSpec) -> int:
    if dataset.image_shape:
        return 32
    return max(1, min(_MOST_WIDE, dataset.features) // 16)


def _dense_code(dataset: DatasetSpec) -> DenseCode:
    # Of a code of two numbers none may die, as relu's units can.
    activation: Activation = "relu" if dataset.image_shape else "sigmoid"
    return DenseCode(width=_code_width(dataset), activation=activation)


def _hidden_activation(dataset: DatasetSpec) -> Activation:
    if dataset.image_shape:
        return "relu"
    # Noise has nothing to learn; its lesson is sigmoid throughout. With sinusoids that stalls at
    # a loss of 0.547, relu does too; tanh reaches 0.388 (4 epochs of 200 000 rows).
    return "sigmoid" if isinstance(dataset, NoiseSpec) else "tanh"


def _funnel(dataset: DatasetSpec) -> tuple[DenseLayer, ...]:
    """Return layers that lead from the input down to the code."""
    code, wide = _code_width(dataset), min(_MOST_WIDE, dataset.features)
    widths = (256, 64) if dataset.image_shape else (wide // 2, wide // 4, wide // 8)
    kept = (width for width in widths if width > code)
    activation = _hidden_activation(dataset)
    return tuple(DenseLayer(width=width, activation=activation) for width in kept)


PRESETS: tuple[Preset, ...] = (
    Preset("dense", "Dense", "One code between input and output, nothing else", _dense),
    Preset("deep", "Deep", "A funnel of dense layers on both sides of the code", _deep),
    Preset(
        "convolutional",
        "Convolutional",
        "Filters that slide over the picture, down to the code and up again",
        _convolutional,
        needs_pictures=True,
    ),
    Preset(
        "variational",
        "Variational",
        "A code drawn from a normal distribution, so that new rows can be dreamt up",
        _variational,
    ),
    Preset("denoising", "Denoising", "A damaged input, to be rebuilt clean", _denoising),
    Preset("sparse", "Sparse", "A wide code of which few numbers may be active", _sparse),
    Preset("linear", "Linear", "Straight lines only: what a PCA can do, and no more", _linear),
)

_BY_NAME = {known.name: known for known in PRESETS}
