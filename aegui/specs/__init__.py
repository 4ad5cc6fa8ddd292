"""What a person asks for, as frozen values with every limit and its message."""

from aegui.specs.architecture import ArchitectureSpec, Loss
from aegui.specs.changes import JsonScalar, with_settings
from aegui.specs.checks import check, is_runnable
from aegui.specs.dataset import DatasetSpec, MnistSpec, NoiseSpec, RowShape, SinusoidsSpec
from aegui.specs.experiment import ExperimentSpec
from aegui.specs.layers import (
    Activation,
    CodeSpec,
    ConvLayer,
    CorruptionSpec,
    DenseCode,
    DenseLayer,
    GaussianCorruption,
    LayerSpec,
    MaskingCorruption,
    VariationalCode,
)
from aegui.specs.lessons import LESSONS, Lesson, find_lesson, parts_of
from aegui.specs.optimizers import AdamSpec, AdamWSpec, OptimizerSpec, RmspropSpec, SgdSpec
from aegui.specs.problems import Problem, Severity, SpecError
from aegui.specs.stages import Stage, Stages, stages
from aegui.specs.sweep import Axis, SweepSpec, TrialSpec
from aegui.specs.training import EarlyStoppingSpec, PlateauSpec, TrainingSpec

__all__ = [
    "LESSONS",
    "Activation",
    "AdamSpec",
    "AdamWSpec",
    "ArchitectureSpec",
    "Axis",
    "CodeSpec",
    "ConvLayer",
    "CorruptionSpec",
    "DatasetSpec",
    "DenseCode",
    "DenseLayer",
    "EarlyStoppingSpec",
    "ExperimentSpec",
    "GaussianCorruption",
    "JsonScalar",
    "LayerSpec",
    "Lesson",
    "Loss",
    "MaskingCorruption",
    "MnistSpec",
    "NoiseSpec",
    "OptimizerSpec",
    "PlateauSpec",
    "Problem",
    "RmspropSpec",
    "RowShape",
    "Severity",
    "SgdSpec",
    "SinusoidsSpec",
    "SpecError",
    "Stage",
    "Stages",
    "SweepSpec",
    "TrainingSpec",
    "TrialSpec",
    "VariationalCode",
    "check",
    "find_lesson",
    "is_runnable",
    "parts_of",
    "stages",
    "with_settings",
]
