"""Sweeps on a real Dask cluster: two worker processes, on this machine alone.

The cluster lives in a process of its own, as its threads, sockets and log are not to reach those
of other tests.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from aegui.runs import read_run
from aegui.sweeps import SweepError
from aegui.sweeps.cluster import Cluster


@pytest.mark.slow
def test_a_cluster_finds_what_one_process_does_also_when_a_worker_is_killed(
    tmp_path: Path,
) -> None:
    process = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("cluster.py")), str(tmp_path)],
        env=os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    found: dict[str, Any] = json.loads(process.stdout.splitlines()[-1])
    for name in ("both live", "one is killed"):
        sweep = found[name]
        assert len(sweep["losses"]) == 6
        assert sweep["losses"] == pytest.approx(found["alone"]["losses"], abs=1e-5)
        assert sorted(sweep["ended"]) == [1, 2, 3, 4, 5, 6], "each trial is taken in once"
        for folder, loss in zip(sweep["folders"], sweep["losses"], strict=True):
            assert read_run(Path(folder)).card.history.last.val_loss == loss


def test_without_dask_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from aegui.control import TrainingControl
    from aegui.workflow import WorkflowObserver

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SweepError, match=r"pip install 'aegui\[cluster\]'"):
        Cluster("tcp://127.0.0.1:1").start(TrainingControl(), WorkflowObserver())
