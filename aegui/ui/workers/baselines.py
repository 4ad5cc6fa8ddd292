"""Baselines on the task thread: what is known, what takes a moment."""

from pathlib import Path

from aegui.analysis.baselines import loss_floor
from aegui.data import Dataset
from aegui.records import Baselines
from aegui.specs import ExperimentSpec


def known(experiment: ExperimentSpec) -> Baselines | None:
    """Return baselines that were worked out before, at once; for any thread."""
    from aegui.yardstick import known_baselines

    return known_baselines(experiment)


def work_out(experiment: ExperimentSpec, folder: Path | None) -> Baselines:
    """Return a run's baselines and keep them in its folder; not for the GUI thread."""
    from aegui.yardstick import baselines_of

    return baselines_of(experiment, folder)


def floor(experiment: ExperimentSpec, dataset: Dataset) -> float | None:
    """Return the floor of a run's loss; not for the GUI thread."""
    return loss_floor(experiment.architecture.loss, dataset.test)
