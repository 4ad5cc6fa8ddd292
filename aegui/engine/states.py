"""A training between two steps: taken from a program, and put into one."""

import numpy as np

from aegui.engine.callbacks import Callbacks
from aegui.engine.program import Program, frozen_copy
from aegui.records import History, TrainingState


class StateError(ValueError):
    """A state that does not belong to the model it is to go into."""


def take_state(
    program: Program, callbacks: Callbacks, history: History, *, epoch: int, step: int
) -> TrainingState:
    """Return what a program needs to go on from here; ``step`` steps of ``epoch`` are done."""
    arrays = {name: frozen_copy(variable) for name, variable in program.variables().items()}
    return TrainingState(
        epoch=epoch,
        step=step,
        arrays=arrays | callbacks.arrays(),
        callbacks=callbacks.counters(),
        history=history,
    )


def put_state(program: Program, state: TrainingState) -> None:
    """Put a state's variables into a program.

    Raises
    ------
    StateError
        The state is of a model of another shape.
    """
    for name, variable in program.variables().items():
        array = state.arrays.get(name)
        if array is None or array.shape != tuple(variable.shape):
            raise StateError(f"the run's state has no {name} of shape {tuple(variable.shape)}")
        variable.assign(np.asarray(array, dtype=variable.dtype))
