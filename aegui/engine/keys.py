"""What a training program is compiled for."""

from dataclasses import dataclass
from typing import Any

from aegui.specs import ArchitectureSpec, ExperimentSpec, FileSpec, RowShape, VariationalCode


@dataclass(frozen=True)
class ProgramKey:
    """What a program's steps are compiled for: all but the seed, epochs, learning rate and β.

    ``held`` of the training rows are in memory at once: all of them, unless they stay in a file.
    The number of test rows is no part of it: the graph that scores them is made for each number.
    """

    architecture: ArchitectureSpec
    row: RowShape
    rows: int
    held: int
    batch: int

    @classmethod
    def of(cls, experiment: ExperimentSpec) -> "ProgramKey":
        """Return the key of an experiment, with fixed values for what can change as it runs."""
        architecture, dataset = experiment.architecture, experiment.dataset
        batch = experiment.training.batch_size
        rows = held = dataset.train_rows
        if isinstance(dataset, FileSpec) and dataset.streaming is not None:
            held = dataset.streaming.held_rows(batch, rows)
        optimizer = architecture.optimizer.model_copy(update={"learning_rate": 1.0})
        change: dict[str, Any] = {"optimizer": optimizer}
        if isinstance(architecture.code, VariationalCode):
            change["code"] = VariationalCode(width=architecture.code.width)
        return cls(
            architecture=architecture.model_copy(update=change),
            row=dataset.row_shape,
            rows=rows,
            held=held,
            batch=batch,
        )
