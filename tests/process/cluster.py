"""Run sweeps on a real Dask cluster of two worker processes: run by test_cluster.py.

    cluster.py FOLDER

Prints one line of JSON: what one process found, what the cluster did, and what it did when a
worker was killed inside its first trial.
"""

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

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
from aegui.sweeps import Crew, OneThread, SweepObserver, SweepStore, run_sweep
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


def _run(crew: Crew, folder: Path) -> dict[str, Any]:
    told = Told()
    with crew:
        result = run_sweep(SPEC, crew, told, TrainingControl(), SweepStore.create(folder, SPEC))
    return {
        "losses": [outcome.summary.val_loss for outcome in result.outcomes],
        "ended": told.ended,
        "folders": [str(outcome.folder) for outcome in result.outcomes],
    }


def _kill_one(pid: int, folder: Path) -> None:
    """Kill a worker a little after the sweep has its folder, and so each worker a trial."""
    while not folder.exists():
        time.sleep(0.01)
    time.sleep(0.3)
    os.kill(pid, signal.SIGKILL)


def main(folder: Path) -> int:
    """Run the sweep three times and print what came of it."""
    found = {"alone": _run(OneThread(), folder / "alone")}
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=str(folder / "dask"),
    ) as cluster:
        address = cluster.scheduler_address
        found["both live"] = _run(Cluster(address, patience=60), folder / "cluster")
        pid = next(iter(cluster.workers.values())).pid
        place = folder / "killed"
        threading.Thread(target=_kill_one, args=(pid, place), daemon=True).start()
        found["one is killed"] = _run(Cluster(address, patience=60), place)
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
