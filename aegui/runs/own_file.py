"""The person's own file that a run was trained on, where it was handed on with the run."""

from pathlib import Path

from aegui.data import DataError
from aegui.runs.folder import DATA, DATA_FOLDER, RunError
from aegui.specs import ExperimentSpec, FileSpec

_MOST_NAME = 100


def require_own_file(spec: FileSpec, path: Path) -> None:
    """Find out whether ``path`` is the file that a run was trained on, by its bytes.

    Raises
    ------
    RunError
        It is a folder, is gone, or has other contents.
    """
    # It brings in what reads files, which most runs do without.
    from aegui.data.files import UNWATCHED, identify

    if path.is_dir():
        raise RunError(
            f"{path} is a folder. Pack it as a zip file and train on that to hand it on."
        )
    try:
        found = identify(path, UNWATCHED)
    except DataError as error:
        raise RunError(str(error)) from error
    if (found.size, found.sha256) != (spec.size, spec.sha256):
        raise RunError(f"{path} is not the file that the run was trained on: it has changed.")


def place_own_file(folder: Path, spec: FileSpec) -> None:
    """Give the file that came with a run its own name again, in a folder of its own."""
    target = _place(folder, spec)
    target.parent.mkdir()
    (folder / DATA).rename(target)


def with_own_file(folder: Path, experiment: ExperimentSpec) -> ExperimentSpec:
    """Return a run's experiment on the file that came with it, if one did."""
    spec = experiment.dataset
    if not isinstance(spec, FileSpec):
        return experiment
    path = _place(folder, spec)
    if not path.is_file():
        return experiment
    own = spec.model_copy(update={"path": str(path.absolute())})
    return experiment.model_copy(update={"dataset": own})


def _place(folder: Path, spec: FileSpec) -> Path:
    # The name may be a stranger's: of it stays what can only be part of a name.
    kept = "".join(sign if sign.isalnum() or sign in " ._-" else "-" for sign in spec.title)
    return folder / DATA_FOLDER / (kept[-_MOST_NAME:].strip(" .") or DATA)
