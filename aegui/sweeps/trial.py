"""One trial, wherever it is run: values in, values out, nothing written."""

import threading
from dataclasses import dataclass

from aegui.control import RunState, TrainingControl
from aegui.data import DataError
from aegui.records import RunResult, TrialOutcome
from aegui.specs import TrialSpec
from aegui.workflow import WorkflowObserver, run_experiment

# A program serves one run at a time, and a cluster's worker may have several threads.
_one_at_a_time = threading.Lock()


class SweepError(Exception):
    """A sweep that cannot go on; the message says why, what is kept, and what to do."""


@dataclass(frozen=True)
class TrialFailure:
    """A trial that left no model, and why."""

    trial: TrialSpec
    message: str


TrialEnd = TrialOutcome | TrialFailure | None
"""What a trial leaves; None if it was asked to stop."""


def run_trial(
    trial: TrialSpec,
    control: TrainingControl | None = None,
    observer: WorkflowObserver | None = None,
) -> TrialEnd:
    """Train one trial's experiment and return what it leaves.

    A training whose loss stops being finite leaves its last good epoch, as any run does; the
    outcome's summary has the status.
    """
    with _one_at_a_time:
        try:
            result = run_experiment(
                trial.experiment, control or TrainingControl(), observer or WorkflowObserver()
            )
        except DataError as error:
            return TrialFailure(trial, str(error))
        except MemoryError:
            return TrialFailure(trial, "there is not enough memory for it. Take fewer rows.")
    if result.state is RunState.STOPPED:
        # A run also ends so where its file is gone.
        return None if result.failure is None else TrialFailure(trial, str(result.failure))
    return _outcome(trial, result)


def _outcome(trial: TrialSpec, result: RunResult) -> TrialOutcome | TrialFailure:
    if result.model is None or result.row_errors is None or result.summary is None:
        return TrialFailure(trial, str(result.failure))
    return TrialOutcome(
        number=trial.number,
        settings=dict(trial.settings),
        seed=trial.seed,
        experiment=trial.experiment,
        summary=result.summary,
        history=result.history,
        row_errors=result.row_errors,
        weights=result.model.weights,
        seconds=result.summary.seconds.total,
        frames=result.frames,
        training=result.training,
    )
