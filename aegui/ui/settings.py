"""What the window remembers between starts."""

import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Literal

from pydantic import ValidationError
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

from aegui.places import home
from aegui.specs import ExperimentSpec
from aegui.specs.base import Spec

logger = logging.getLogger(__name__)


class Held(Spec):
    """What the panels held, and the name of the lesson that it began with."""

    experiment: ExperimentSpec
    lesson: str | None = None


class Settings(Spec):
    """The chosen theme, what the panels held last, and the lesson that this began with.

    ``own`` is what lessons took the place of in the panels, the newest last.
    """

    theme: Literal["system", "light", "dark"] = "system"
    experiment: ExperimentSpec | None = None
    lesson: str | None = None
    own: tuple[Held, ...] = ()


def read_settings(path: Path) -> Settings:
    """Return the settings kept at ``path``; defaults where there are none or they are broken.

    A broken file is set aside beside the old one, not overwritten, where that can be.
    """
    try:
        return Settings.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Settings()
    except ValidationError:
        logger.warning("%s holds no settings that can be read; the usual ones are taken.", path)
        logger.info("What is wrong with them:", exc_info=True)
        _set_aside(path)
    except OSError as error:
        logger.warning("%s could not be read: %s", path, error)
    return Settings()


def _set_aside(path: Path) -> None:
    aside = path.with_suffix(".broken.json")
    try:
        path.replace(aside)
    except OSError as error:
        logger.warning("%s could not be set aside: %s", path, error)
    else:
        logger.warning("%s is now %s", path, aside)


def write_settings(path: Path, settings: Settings) -> None:
    """Keep the settings; a place that cannot be written is logged, it must not stop a close."""
    # Another aegui may be keeping its own at the same moment: each writes a file for itself.
    beside = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(settings.model_dump_json(indent=2), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        logger.warning("%s could not be written: %s", path, error)
        with suppress(OSError):
            beside.unlink()


def save_geometry(window: QWidget) -> None:
    """Remember a window's place and size."""
    _window_store().setValue("geometry", window.saveGeometry())


def restore_geometry(window: QWidget) -> bool:
    """Put a window where it was; return False when that is not known."""
    geometry = _window_store().value("geometry")
    return isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)


def _window_store() -> QSettings:
    return QSettings(str(home() / "window.ini"), QSettings.Format.IniFormat)
