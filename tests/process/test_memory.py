"""Run after run in one process, memory levels off and nothing is compiled twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MOST_MEGABYTES = 60


@pytest.mark.slow
@pytest.mark.parametrize("architectures", [1, 4])
def test_sixty_runs_level_off_and_compile_each_model_once(
    architectures: int, tmp_path: Path
) -> None:
    process = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("memory.py")), str(architectures)],
        env=os.environ | {"AEGUI_HOME": str(tmp_path / "home"), "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    found = json.loads(process.stdout.splitlines()[-1])
    megabytes = found["megabytes"]
    assert len(megabytes) == 60
    assert megabytes[-1] - megabytes[29] < MOST_MEGABYTES, [round(value) for value in megabytes]
    assert max(megabytes[30:]) - megabytes[29] < MOST_MEGABYTES, "it comes and goes"
    assert found["programs"] == architectures
    assert found["traces"] == [1] * 3 * architectures
