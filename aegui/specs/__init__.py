"""What a person asks for, as frozen values with every limit and its message."""

from aegui.specs.architecture import ArchitectureSpec, Loss
from aegui.specs.changes import JsonScalar, with_settings
from aegui.specs.checks import check, is_runnable
from aegui.specs.dataset import DatasetSpec, MnistSpec, NoiseSpec, SinusoidsSpec
from aegui.specs.experiment import ExperimentSpec
from aegui.specs.file_dataset import FileSpec, FitSpec, Missing, Scaling, TextColumns
from aegui.specs.file_formats import (
    FileFormat,
    IdxFormat,
    ImagesFormat,
    NpyFormat,
    NpzFormat,
    ParquetFormat,
    TextFormat,
)
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
from aegui.specs.row_shape import RowShape
from aegui.specs.stages import Stage, Stages, stages
from aegui.specs.streaming import StreamSpec
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
    "FileFormat",
    "FileSpec",
    "FitSpec",
    "GaussianCorruption",
    "IdxFormat",
    "ImagesFormat",
    "JsonScalar",
    "LayerSpec",
    "Lesson",
    "Loss",
    "MaskingCorruption",
    "Missing",
    "MnistSpec",
    "NoiseSpec",
    "NpyFormat",
    "NpzFormat",
    "OptimizerSpec",
    "ParquetFormat",
    "PlateauSpec",
    "Problem",
    "RmspropSpec",
    "RowShape",
    "Scaling",
    "Severity",
    "SgdSpec",
    "SinusoidsSpec",
    "SpecError",
    "Stage",
    "Stages",
    "StreamSpec",
    "SweepSpec",
    "TextColumns",
    "TextFormat",
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
