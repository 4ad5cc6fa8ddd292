"""What the comparison shows of each run."""

from dataclasses import dataclass

from aegui.data import Dataset
from aegui.records import Baselines, FloatArray, History
from aegui.specs import ExperimentSpec


@dataclass(frozen=True, eq=False)
class ComparedRun:
    """A run beside others: its name for people, a short one, its place among the theme's hues.

    ``row_errors`` is Σ|x − x̂| of each test row of ``dataset``, (rows,), and ``baselines`` what
    they are measured against, as far as that is known.
    """

    name: str
    title: str
    hue: int
    experiment: ExperimentSpec
    history: History
    row_errors: FloatArray
    dataset: Dataset
    baselines: Baselines | None = None


def are_of_one_width(runs: list[ComparedRun]) -> bool:
    """Tell whether all rows have as many features, so that sums over them can be compared."""
    return len({run.dataset.features for run in runs}) <= 1
