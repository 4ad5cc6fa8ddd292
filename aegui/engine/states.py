"""A training between two steps: taken from a program, and put into one."""

import numpy as np

from aegui.engine.callbacks import Callbacks
from aegui.engine.epochs import epoch_plan
from aegui.engine.program import Program, frozen_copy
from aegui.records import History, TrainingState
from aegui.specs import ExperimentSpec

_PLAN = "epoch_plan"


class StateError(ValueError):
    """A state that does not belong to the model it is to go into."""


def take_state(
    program: Program,
    callbacks: Callbacks,
    history: History,
    experiment: ExperimentSpec,
    *,
    epoch: int,
    step: int,
) -> TrainingState:
    """Return what a program needs to go on from here; ``step`` steps of ``epoch`` are done."""
    arrays = {name: frozen_copy(variable) for name, variable in program.variables().items()}
    return TrainingState(
        epoch=epoch,
        step=step,
        arrays=arrays | callbacks.arrays() | {_PLAN: epoch_plan(experiment)},
        callbacks=callbacks.counters(),
        history=history,
    )


def steps_done(state: TrainingState, experiment: ExperimentSpec, steps: int) -> int:
    """Return how many of an epoch's ``steps`` need not be done again.

    None where batch, rows or their order are others now: the rest of the epoch would see some
    rows twice and others not at all. A state from before this was kept is taken at its word.
    """
    plan = state.arrays.get(_PLAN)
    if plan is None:
        return state.step if state.step < steps else 0
    return state.step if np.array_equal(plan, epoch_plan(experiment)) else 0


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
