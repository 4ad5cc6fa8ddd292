"""What a person hands on when something went wrong: versions and the log's end, no names."""

import getpass
import os
import platform
import re
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from aegui.versions import versions

_MOST_LINES = 200
_TAIL_BYTES = 100_000
# What a folder's name may hold in a sentence; it ends before what would set it apart.
_IN_NAMES = r"[^\n\"'/\\:,;()<>|*?]"
_FOLDERS = (
    # /…/, not the inside of a relative path or of a web address.
    re.compile(rf"(?<![\w.…~<>/]){re.escape('/')}(?:{_IN_NAMES}+/)+"),
    # C:\…\, its separators perhaps doubled by repr().
    re.compile(rf"\b[A-Za-z]:[\\/]+(?:{_IN_NAMES}+[\\/]+)+"),
)


def report(log: Path | None, private: Iterable[Path] = (), said: str = "") -> str:
    """Return versions, the platform and the log's last lines, without what names a person.

    Parameters
    ----------
    log
        The log's file; None where there is none.
    private
        Files and folders of a person's own: their folders are left out, with all above them.
    said
        What the window said; empty for nothing.
    """
    parts = [f"{name} {number}" for name, number in versions().items()]
    parts.append(f"{platform.system()} {platform.release()}, {platform.machine()}")
    lines = [*_own_words(said), "", *parts, "", "The log's last lines:", *_tail(log)]
    return without_names("\n".join(lines).lstrip(), private) + "\n"


def without_names(text: str, private: Iterable[Path] = ()) -> str:
    """Return a text without the folders, the names and the computer of a person.

    The program's own folders become ``<python>`` and ``<packages>``, the home folder ``~``, all
    other folders ``…``; files keep their names.
    """
    for folder, instead in [*_places(private), *_program()]:
        for way in {folder, folder.replace("\\", "\\\\"), Path(folder).as_posix()}:
            text = re.sub(rf"{re.escape(way)}(?![\w-])", instead, text)
    for folders in _FOLDERS:
        text = folders.sub("…/", text)
    for name, instead in _names():
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", instead, text)
    return text


def _places(private: Iterable[Path]) -> list[tuple[str, str]]:
    """Return a person's folders, the longest first: home may be above others."""
    own = {str(path.parent) for path in private} | {str(path.resolve().parent) for path in private}
    return [(folder, "…") for folder in sorted(own, key=len, reverse=True) if len(folder) > 1]


def _program() -> list[tuple[str, str]]:
    """Return the program's folders and the home folder; one inside another comes first."""
    places = {str(Path(sysconfig.get_path("purelib"))): "<packages>"}
    places[str(Path(sysconfig.get_path("stdlib")))] = "<python>"
    places[str(Path(__file__).resolve().parents[2])] = "<aegui>"
    places |= {str(home): "~" for home in _homes()}
    ordered = sorted(places.items(), key=lambda place: len(place[0]), reverse=True)
    return [(folder, instead) for folder, instead in ordered if len(folder) > 1]


def _names() -> list[tuple[str, str]]:
    names = {platform.node(): "<computer>"} | {home.name: "<user>" for home in _homes()}
    # Without any of these variables there may be no entry for the user's number either.
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        names[os.environ.get(variable, "")] = "<user>"
    try:
        names[getpass.getuser()] = "<user>"
    except (OSError, KeyError, ImportError):
        names[""] = "<user>"
    return [(name, instead) for name, instead in names.items() if name]


def _homes() -> set[Path]:
    try:
        return {Path.home(), Path.home().resolve()}
    except RuntimeError:
        # Neither a variable nor the system tells of one.
        return set()


def _own_words(said: str) -> list[str]:
    return [said] if said else []


def _tail(log: Path | None) -> list[str]:
    if log is None:
        return ["There is no log."]
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - _TAIL_BYTES))
            text = file.read().decode("utf-8", errors="replace")
    except OSError as error:
        return [f"The log cannot be read ({error.strerror or error})."]
    return text.splitlines()[-_MOST_LINES:]
