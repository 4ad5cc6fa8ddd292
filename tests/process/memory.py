"""Run many short trainings in one process and print its memory after each: for test_memory.py."""

import json
import sys

import psutil

from aegui.control import RunState, TrainingControl
from aegui.engine.programs import program_for
from aegui.specs import (
    ArchitectureSpec,
    DenseCode,
    DenseLayer,
    ExperimentSpec,
    MnistSpec,
    TrainingSpec,
    VariationalCode,
    find_lesson,
)
from aegui.workflow import WorkflowObserver, run_experiment

RUNS = 60
ROWS = 6000
HIDDEN = (DenseLayer(width=64),)
ARCHITECTURES = (
    find_lesson("mnist").experiment.architecture,
    ArchitectureSpec(encoder=HIDDEN),
    ArchitectureSpec(code=DenseCode(width=16, activation="elu")),
    ArchitectureSpec(encoder=HIDDEN, code=VariationalCode(width=2)),
)


def experiments(count: int) -> list[ExperimentSpec]:
    """Return runs of one epoch with seeds of their own, alternating between so many models."""
    return [
        ExperimentSpec(
            dataset=MnistSpec(rows=ROWS),
            architecture=ARCHITECTURES[run % count],
            training=TrainingSpec(epochs=1, batch_size=256, seed=run),
        )
        for run in range(RUNS)
    ]


def main(count: int) -> int:
    """Run them all; print resident megabytes after each run, and programs and traces at the end."""
    process = psutil.Process()
    megabytes, programs = [], {}
    for experiment in experiments(count):
        result = run_experiment(experiment, TrainingControl(), WorkflowObserver())
        if result.state is not RunState.FINISHED:
            return 1
        megabytes.append(process.memory_info().rss / 2**20)
        program = program_for(experiment)
        programs[id(program)] = program
    traces = [
        count
        for program in programs.values()
        for count in program.functions.trace_counts().values()
    ]
    json.dump({"megabytes": megabytes, "programs": len(programs), "traces": traces}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
