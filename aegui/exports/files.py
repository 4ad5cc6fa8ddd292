"""Scripts on the disk."""

from collections.abc import Callable
from pathlib import Path

from aegui.exports.notebook import keras_notebook
from aegui.exports.script import keras_script
from aegui.specs import ExperimentSpec

_WRITERS: dict[str, Callable[[ExperimentSpec], str]] = {
    ".py": keras_script,
    ".ipynb": keras_notebook,
}


class ScriptError(ValueError):
    """A script cannot be saved there; the message names the file and the remedy."""


def save_script(experiment: ExperimentSpec, path: Path) -> None:
    """Write an experiment as a Keras script, or as a notebook where the name ends so.

    Raises
    ------
    ScriptError
        The name ends in neither ``.py`` nor ``.ipynb``, or the file cannot be written.
    """
    if path.suffix not in _WRITERS:
        raise ScriptError(f"{path}: must end in .py, or in .ipynb for a notebook")
    try:
        path.write_text(_WRITERS[path.suffix](experiment), encoding="utf-8")
    except OSError as error:
        raise ScriptError(f"{path} cannot be written ({error.strerror or error})") from error
