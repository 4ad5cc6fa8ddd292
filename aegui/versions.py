"""Which versions of what are at work, asked without importing any of it."""

import platform
from importlib.metadata import PackageNotFoundError, version

from aegui import __version__

# A part, and the names of the distributions that it may have come in.
_PARTS = {
    "Keras": ("keras",),
    "TensorFlow": ("tensorflow", "tensorflow-cpu"),
    "Qt and PySide6": ("PySide6-Essentials", "PySide6"),
    "NumPy": ("numpy",),
}
_NOT_KNOWN = "not known"


def versions() -> dict[str, str]:
    """Return each part's version by its name; ``"not known"`` where nothing tells it.

    A frozen program knows those whose metadata were packed with it.
    """
    parts = {name: _version_of(distributions) for name, distributions in _PARTS.items()}
    return {"aegui": __version__} | parts | {"Python": platform.python_version()}


def _version_of(distributions: tuple[str, ...]) -> str:
    for distribution in distributions:
        try:
            return version(distribution)
        except PackageNotFoundError:
            continue
    return _NOT_KNOWN
