"""What a training program is compiled for."""

from dataclasses import dataclass
from typing import Any

from aegui.specs import ArchitectureSpec, ExperimentSpec, RowShape, VariationalCode


@dataclass(frozen=True)
class ProgramKey:
    """What a program's steps are compiled for: all but the seed, epochs, learning rate and β.

    The number of test rows is no part of it: the graph that scores them is made for each number.
    """

    architecture: ArchitectureSpec
    row: RowShape
    rows: int
    batch: int

    @classmethod
    def of(cls, experiment: ExperimentSpec) -> "ProgramKey":
        """Return the key of an experiment, with fixed values for what can change as it runs."""
        architecture = experiment.architecture
        optimizer = architecture.optimizer.model_copy(update={"learning_rate": 1.0})
        change: dict[str, Any] = {"optimizer": optimizer}
        if isinstance(architecture.code, VariationalCode):
            change["code"] = VariationalCode(width=architecture.code.width)
        return cls(
            architecture=architecture.model_copy(update=change),
            row=experiment.dataset.row_shape,
            rows=experiment.dataset.train_rows,
            batch=experiment.training.batch_size,
        )
