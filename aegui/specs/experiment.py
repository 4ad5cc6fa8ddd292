"""One experiment: data, model and training, as one frozen value."""

from typing import Literal

from aegui.specs.architecture import ArchitectureSpec
from aegui.specs.base import Spec
from aegui.specs.dataset import DatasetSpec, MnistSpec
from aegui.specs.stages import Stages, stages
from aegui.specs.training import TrainingSpec


class ExperimentSpec(Spec):
    """Everything that decides a run; equal specs give equal losses on one machine."""

    schema_version: Literal[1] = 1
    dataset: DatasetSpec = MnistSpec()
    architecture: ArchitectureSpec = ArchitectureSpec()
    training: TrainingSpec = TrainingSpec()

    @property
    def title(self) -> str:
        """Name for people, such as ``MNIST digits, 32-number code``."""
        return f"{self.dataset.title}, {self.architecture.code.width}-number code"

    @property
    def stages(self) -> Stages:
        """The shapes that rows take on their way through."""
        return stages(self.architecture, self.dataset.row_shape)

    @property
    def shape(self) -> str:
        """The widths from input to output, such as ``784–32–784``."""
        return self.stages.summary
