"""What a person asks for, as frozen values with every limit and its message."""

from aegui.specs.architecture import (
    Activation,
    AdamSpec,
    AdamWSpec,
    ArchitectureSpec,
    DenseLayer,
    LayerSpec,
    Loss,
    OptimizerSpec,
    RmspropSpec,
    SgdSpec,
)
from aegui.specs.checks import check, is_runnable
from aegui.specs.dataset import DatasetSpec, MnistSpec, NoiseSpec, SinusoidsSpec
from aegui.specs.experiment import ExperimentSpec
from aegui.specs.lessons import LESSONS, Lesson, find_lesson
from aegui.specs.problems import Problem, Severity, SpecError
from aegui.specs.training import TrainingSpec

__all__ = [
    "LESSONS",
    "Activation",
    "AdamSpec",
    "AdamWSpec",
    "ArchitectureSpec",
    "DatasetSpec",
    "DenseLayer",
    "ExperimentSpec",
    "LayerSpec",
    "Lesson",
    "Loss",
    "MnistSpec",
    "NoiseSpec",
    "OptimizerSpec",
    "Problem",
    "RmspropSpec",
    "Severity",
    "SgdSpec",
    "SinusoidsSpec",
    "SpecError",
    "TrainingSpec",
    "check",
    "find_lesson",
    "is_runnable",
]
