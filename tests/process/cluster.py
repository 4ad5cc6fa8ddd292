"""Run a sweep on a real Dask cluster of two worker processes: run by test_cluster.py.

    cluster.py FOLDER [KILL]

Prints one line of JSON: the validation losses of one process and of the cluster. With KILL, a
worker is killed inside its first trial.
"""

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

from distributed import LocalCluster

from aegui.control import TrainingControl
from aegui.records import TrialOutcome
from aegui.specs import (
    ArchitectureSpec,
    Axis,
    DenseCode,
    ExperimentSpec,
    NoiseSpec,
    SweepSpec,
    TrainingSpec,
)
from aegui.sweeps import Crew, OneThread, SweepObserver, SweepResult, SweepStore, run_sweep
from aegui.sweeps.cluster import Cluster

BASE = ExperimentSpec(
    dataset=NoiseSpec(rows=4000, features=6),
    architecture=ArchitectureSpec(code=DenseCode(width=2, activation="sigmoid")),
    training=TrainingSpec(epochs=40, batch_size=64),
)
SPEC = SweepSpec(
    base=BASE, axes=(Axis(field="architecture.code.width", values=(1, 2, 3)),), seeds=2
)


class Told(SweepObserver):
    """Takes note of the trials that ended."""

    def __init__(self) -> None:
        self.ended: list[int] = []

    def trial_ended(self, outcome: TrialOutcome) -> None:
        self.ended.append(outcome.number)


def _run(crew: Crew, store: SweepStore) -> tuple[SweepResult, Told]:
    told = Told()
    with crew:
        return run_sweep(SPEC, crew, told, TrainingControl(), store), told


def _kill_one(pid: int) -> None:
    """Kill a worker a little after it was given its first trial."""
    time.sleep(1.0)
    os.kill(pid, signal.SIGKILL)


def main(folder: Path, *, kill: bool) -> int:
    """Run the sweep twice and print what came of it."""
    alone, _ = _run(OneThread(), SweepStore.create(folder / "alone", SPEC))
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=str(folder / "dask"),
    ) as cluster:
        if kill:
            pids = [nanny.pid for nanny in cluster.workers.values()]
            threading.Thread(target=_kill_one, args=(pids[0],), daemon=True).start()
        store = SweepStore.create(folder / "cluster", SPEC)
        together, told = _run(Cluster(cluster.scheduler_address, patience=60), store)
    found = {
        "alone": [outcome.summary.val_loss for outcome in alone.outcomes],
        "together": [outcome.summary.val_loss for outcome in together.outcomes],
        "ended": told.ended,
        "folders": [str(outcome.folder) for outcome in together.outcomes],
    }
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), kill=len(sys.argv) > 2))
