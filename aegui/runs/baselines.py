"""A run's baselines, beside it in its folder: worked out once, read from then on."""

from pathlib import Path

from pydantic import ValidationError

from aegui.records import Baselines
from aegui.runs.folder import BASELINES, RunError, replace_text, writing


def read_baselines(folder: Path) -> Baselines | None:
    """Return what was written beside a run, None where nothing was.

    Raises
    ------
    RunError
        The file cannot be read or does not hold baselines; the message names it.
    """
    path = folder / BASELINES
    try:
        return Baselines.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        why = str(error).splitlines()[0]
        raise RunError(f"{path} is damaged or of another version ({why}).") from error


def write_baselines(folder: Path, baselines: Baselines) -> None:
    """Write baselines beside a run, whole or not at all.

    Raises
    ------
    RunError
        The file cannot be written; the message names it.
    """
    path = folder / BASELINES
    with writing(path):
        replace_text(path, baselines.model_dump_json(indent=2))
