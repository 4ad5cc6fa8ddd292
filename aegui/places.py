"""Where things are: files that travel with the program, and the person's own folders."""

import os
import sys
from pathlib import Path

import platformdirs

BUNDLE_ENDING = ".aegui"
"""What the name of a run that was packed into one file ends with."""


class MissingResourceError(FileNotFoundError):
    """A file that should have come with the program is not there."""


def resource(name: str) -> Path:
    """Return the path of a bundled file, in a checkout, an installed wheel or a frozen program.

    Parameters
    ----------
    name
        Path below the resources folder, such as ``"mnist.npz"``.

    Raises
    ------
    MissingResourceError
        The message names the file and the place it was looked for.
    """
    path = _resources_folder() / name
    if not path.exists():
        raise MissingResourceError(
            f"{path} is missing. It comes with aegui: install aegui again to get it back."
        )
    return path


def _resources_folder() -> Path:
    package = Path(__file__).resolve().parent
    if getattr(sys, "frozen", False):
        return package.parent / "resources"
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def home() -> Path:
    """Return the folder of settings and runs: ``AEGUI_HOME``, or the platform's usual place."""
    chosen = os.environ.get("AEGUI_HOME")
    return Path(chosen) if chosen else platformdirs.user_data_path("aegui", appauthor=False)


def runs_folder() -> Path:
    """Return the folder that holds one folder for each kept run."""
    return home() / "runs"


def sweeps_folder() -> Path:
    """Return the folder that holds one folder for each sweep, with its trials' runs."""
    return home() / "sweeps"


def settings_file() -> Path:
    """Return the file that holds the theme and the last experiment."""
    return home() / "settings.json"


def log_folder() -> Path:
    """Return the folder of the log and of what a crash leaves."""
    if os.environ.get("AEGUI_HOME"):
        return home() / "logs"
    return platformdirs.user_log_path("aegui", appauthor=False)
