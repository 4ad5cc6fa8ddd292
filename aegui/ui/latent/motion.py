"""Whether the person wants things to move on the screen."""

import ctypes
import shutil
import subprocess
import sys

_PATIENCE_SECONDS = 2
_CLIENT_AREA_ANIMATION = 0x1042
"""``SPI_GETCLIENTAREAANIMATION`` of Windows."""


def wants_motion() -> bool:
    """Return False where the system's settings ask for reduced motion.

    Qt does not tell in the versions this runs on. Asking takes some ten milliseconds: do it on
    a worker's thread. A system that does not answer has nothing against motion.
    """
    if sys.platform == "win32":
        return _windows_animates()
    if sys.platform == "darwin":
        said = _answer("defaults", "read", "com.apple.universalaccess", "reduceMotion")
        return said != "1"
    said = _answer("gsettings", "get", "org.gnome.desktop.interface", "enable-animations")
    return said != "false"


def _windows_animates() -> bool:
    if sys.platform != "win32":
        return True
    wanted = ctypes.c_int(1)
    ctypes.windll.user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, ctypes.byref(wanted), 0)
    return bool(wanted.value)


def _answer(program: str, *arguments: str) -> str | None:
    """Return what a program of the system says; None if it is not there or says nothing."""
    path = shutil.which(program)
    if path is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - the system's own program, fixed arguments
            [path, *arguments],
            capture_output=True,
            text=True,
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
