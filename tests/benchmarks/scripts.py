"""How close Keras scripts come to the runs that they are written from.

Each experiment of each lesson, one seed of it, is trained by ``workflow.run_experiment``; then
its script is run as it is, in an empty folder, by a Python that has TensorFlow and nothing of
ours. What is compared is the validation loss that the script prints. The digits are laid where
Keras keeps what it has downloaded, so that no network is needed. As ``model.fit`` is slow where
steps are small, all of them at full size take more than an hour; figures are written as they
come, those of the quickest first.
"""

import json as json_format
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated

import typer
from report import at_most, show, write_json

from aegui.control import TrainingControl
from aegui.exports import keras_notebook, keras_script
from aegui.places import resource
from aegui.specs import LESSONS, ExperimentSpec, parts_of
from aegui.sweeps.plan import TimeLeft
from aegui.workflow import WorkflowObserver, run_experiment

MOST_DIFFERENCE = 2.0
"""Per cent of the run's validation loss."""

# A linear code of two rebuilds sinusoids exactly. What is left then is rounding, 1e-14, and where
# Adam's steps have become as small as that, one of them may lead away: to 1e-9 in an epoch.
_ROUNDING = 1e-7

# What a notebook's reader does: one cell after the other, all with the same names.
_RUN_CELLS = """
import json, sys
names = {"__name__": "__main__"}
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), names)
"""


@dataclass(frozen=True)
class Case:
    """An experiment, the first lesson that has it, and what the lesson sets in it."""

    lesson: str
    setting: str
    experiment: ExperimentSpec
    seconds: float
    """As a sweep's plan guesses them."""


@dataclass(frozen=True)
class Figures:
    """Where both ended, how long both took, and what went wrong or was complained about."""

    lesson: str
    setting: str
    rows: int
    epochs: int
    ours: float
    script: float
    our_seconds: float
    script_seconds: float
    complaints: str

    @property
    def difference(self) -> float:
        """Per cent by which the script's loss differs from ours; none if both are but rounding."""
        if max(self.ours, self.script) < _ROUNDING:
            return 0.0
        return 100 * abs(self.script / self.ours - 1)


def all_cases(lessons: Sequence[str], most_epochs: int | None) -> list[Case]:
    """Return each experiment of the lessons once, the quickest first."""
    cases: dict[ExperimentSpec, Case] = {}
    for case in _cases(lessons, most_epochs):
        cases.setdefault(case.experiment, case)
    return sorted(cases.values(), key=lambda case: case.seconds)


def _cases(lessons: Sequence[str], most_epochs: int | None) -> Iterator[Case]:
    for lesson in LESSONS:
        if lessons and lesson.name not in lessons:
            continue
        for sweep in parts_of(lesson).values():
            for trial in sweep.model_copy(update={"seeds": 1}).trials():
                training = trial.experiment.training
                epochs = min(training.epochs, most_epochs or training.epochs)
                training = training.model_copy(update={"epochs": epochs})
                experiment = trial.experiment.model_copy(update={"training": training})
                setting = f"{experiment.dataset.kind} {experiment.shape}"
                resized = replace(trial, experiment=experiment)
                yield Case(lesson.name, setting, experiment, TimeLeft([resized]).total)


def compare(case: Case, python: Path, home: Path, *, notebook: bool) -> Figures:
    """Train an experiment both ways."""
    began = time.perf_counter()
    run = run_experiment(case.experiment, TrainingControl(), WorkflowObserver())
    if run.summary is None or run.summary.val_loss is None:
        raise RuntimeError(f"{case.lesson}, {case.setting}: {run.failure}")
    between = time.perf_counter()
    script, complaints = run_script(case.experiment, python, home, notebook=notebook)
    return Figures(
        lesson=case.lesson,
        setting=case.setting,
        rows=case.experiment.dataset.rows,
        epochs=case.experiment.training.epochs,
        ours=run.summary.val_loss,
        script=script,
        our_seconds=between - began,
        script_seconds=time.perf_counter() - between,
        complaints=complaints,
    )


def run_script(
    experiment: ExperimentSpec, python: Path, home: Path, *, notebook: bool
) -> tuple[float, str]:
    """Return the loss that a script prints, NaN without one, and its warnings or last words."""
    with tempfile.TemporaryDirectory(prefix="aegui-script-") as folder:
        if notebook:
            path = Path(folder) / "experiment.ipynb"
            path.write_text(keras_notebook(experiment), encoding="utf-8")
            # -I: nothing of this process's Python settings or folders is seen.
            command = [str(python), "-I", "-c", _RUN_CELLS, str(path)]
        else:
            path = Path(folder) / "experiment.py"
            path.write_text(keras_script(experiment), encoding="utf-8")
            command = [str(python), "-I", str(path)]
        surroundings = os.environ | {"KERAS_HOME": str(home)}
        ended = subprocess.run(
            command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False
        )
    found = re.search(r"validation loss (\S+)", ended.stdout)
    if ended.returncode or found is None:
        return float("nan"), ended.stderr.strip()[-400:]
    warnings = [line for line in ended.stderr.splitlines() if "Warning" in line]
    return float(found[1]), "\n".join(warnings)


def main(
    python: Annotated[Path, typer.Argument(help="A Python that has TensorFlow and no aegui.")],
    lesson: Annotated[list[str] | None, typer.Option(help="One of them; again for more.")] = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="At most so many, on both sides.")] = (
        None
    ),
    notebook: Annotated[bool, typer.Option(help="Run the notebook's cells instead.")] = False,
    json: Annotated[Path | None, typer.Option(help="Write the figures here.")] = None,
) -> None:
    """Compare the lessons' scripts with their runs."""
    figures: list[Figures] = []
    with tempfile.TemporaryDirectory(prefix="aegui-keras-") as folder:
        (Path(folder) / "datasets").mkdir()
        shutil.copy(resource("mnist.npz"), Path(folder) / "datasets")
        for case in all_cases(lesson or [], epochs):
            figures.append(compare(case, python, Path(folder), notebook=notebook))
            print(json_format.dumps(asdict(figures[-1])), flush=True)
            write_json(json, [_as_json(its) for its in figures])
    headings = ("lesson, experiment", "epochs", "ours", "script", "differs", "limit", "ours, s",
                "script, s")  # fmt: skip
    show("Validation loss, run and script", headings, [_row(its) for its in figures])


def _as_json(its: Figures) -> dict[str, object]:
    return asdict(its) | {"difference": its.difference}


def _row(its: Figures) -> Sequence[object]:
    return (
        f"{its.lesson}, {its.setting}",
        its.epochs,
        f"{its.ours:.4f}",
        f"{its.script:.4f}",
        f"{its.difference:.2f} %",
        at_most(its.difference, MOST_DIFFERENCE, 0),
        f"{its.our_seconds:.0f}",
        f"{its.script_seconds:.0f}",
    )


if __name__ == "__main__":
    typer.run(main)
