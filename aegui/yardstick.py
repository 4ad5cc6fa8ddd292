"""A run's baselines: read from its folder, else worked out once for each data, code and loss."""

import logging
import threading
from pathlib import Path

from aegui.analysis.baselines import compute_baselines
from aegui.data import DataError, load_dataset
from aegui.records import Baselines
from aegui.runs import RunError, read_baselines, write_baselines
from aegui.specs import DatasetSpec, ExperimentSpec
from aegui.specs.architecture import Loss

logger = logging.getLogger(__name__)

_Key = tuple[DatasetSpec, int, Loss]


class _Known:
    """The baselines worked out so far: a sweep's trials mostly share theirs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: dict[_Key, Baselines] = {}

    def get(self, experiment: ExperimentSpec) -> Baselines | None:
        return self._all.get(_key(experiment))

    def work_out(self, experiment: ExperimentSpec) -> Baselines:
        key = _key(experiment)
        with self._lock:
            if key not in self._all:
                dataset = load_dataset(experiment.dataset)
                self._all[key] = compute_baselines(experiment, dataset)
            return self._all[key]


_known = _Known()


def known_baselines(experiment: ExperimentSpec) -> Baselines | None:
    """Return what was worked out before in this process, at once."""
    return _known.get(experiment)


def baselines_if_any(experiment: ExperimentSpec, folder: Path | None = None) -> Baselines | None:
    """Return the baselines of a run, or None where its data cannot be had or are too large.

    For whoever can do without them; that is logged. See ``baselines_of``.
    """
    try:
        return baselines_of(experiment, folder)
    except (DataError, MemoryError) as error:
        logger.warning("There are no baselines of %s: %s", experiment.title, error)
        return None


def baselines_of(experiment: ExperimentSpec, folder: Path | None = None) -> Baselines:
    """Return the baselines of a run, and keep them in its folder.

    The first time in a process takes a second or so, scikit-learn's import included. A file that
    does not hold baselines of this version is left as it is, and one that cannot be written is
    done without: they can be worked out again.

    Parameters
    ----------
    folder
        The run's, if it was kept.

    Raises
    ------
    DataError
        The experiment's data cannot be had.
    """
    try:
        stored = read_baselines(folder) if folder is not None else None
    except RunError as error:
        logger.warning("%s They are worked out anew.", error)
        return _known.work_out(experiment)
    if stored is not None:
        return stored
    baselines = _known.work_out(experiment)
    if folder is not None:
        try:
            write_baselines(folder, baselines)
        except RunError as error:
            logger.warning("%s They will be worked out again.", error)
    return baselines


def _key(experiment: ExperimentSpec) -> _Key:
    architecture = experiment.architecture
    return experiment.dataset, architecture.code.width, architecture.loss
