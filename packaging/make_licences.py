"""Write resources/LICENCES.txt: the licences of all that comes with the program.

    python packaging/make_licences.py [FILE]

Lists what aegui needs, and what that needs in turn, as installed beside the interpreter that runs
this; two runs there write the same bytes. Run it where the program is frozen, so that it lists
what is carried.
"""

import re
import sys
import sysconfig
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePath

from licence_text import Entry, document
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "LICENCES.txt"
_TEXTS = Path(__file__).resolve().parent / "licences"
# The same library with and without the code for graphics cards.
_OTHER_NAMES = {"tensorflow": "tensorflow-cpu"}
_LICENCE = re.compile(r"(licen[cs]e|copying|notice|copyright|third.?party|authors)", re.IGNORECASE)
# What belongs to a file of programs whose names begin like those of licences.
_PROGRAM = (".py", ".pyc", ".pyi", ".h")
_DEEPEST = 4
# Their wheels name a licence whose text they do not bring.
_MISSING_TEXTS = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
}
_EXCEPTION = (
    "With an exception: programs that it starts may be handed on under any licence, free or not."
)


def main() -> None:
    """Gather the licences and write them."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.write_text(licences(), encoding="utf-8", newline="\n")
    print(f"written to {target}")


def licences() -> str:
    """Return the whole text: a list, then every text once."""
    entries = [*_own(), _python(), *map(_entry, needed())]
    return document("aegui comes with, or is built on:", entries)


def needed() -> list[Distribution]:
    """Return what aegui needs, directly or not, as far as this platform asks for it, by name.

    Raises
    ------
    PackageNotFoundError
        Something is not installed here.
    """
    found: dict[str, Distribution] = {}
    looked_at: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement("aegui")]
    while waiting:
        wanted = waiting.pop()
        one, extras = _installed(wanted.name), frozenset(wanted.extras)
        name = canonicalize_name(one.name)
        if (name, extras) not in looked_at:
            looked_at.add((name, extras))
            found[name] = one
            further = map(Requirement, one.requires or ())
            waiting += [other for other in further if _is_asked_for(other, extras)]
    del found["aegui"]
    return [found[name] for name in sorted(found)]


def _is_asked_for(requirement: Requirement, extras: frozenset[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras})


def _installed(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return distribution(_OTHER_NAMES.get(name, name))


def _entry(one: Distribution) -> Entry:
    return f"{one.name} {one.version}", _licence_of(one), _texts_of(one)


def _licence_of(one: Distribution) -> str:
    """Return a licence's name; some write its whole text into the field for the name."""
    metadata = one.metadata
    name = metadata.get("License-Expression") or metadata.get("License") or ""
    if name and "\n" not in name:
        return name
    classifiers = metadata.get_all("Classifier") or []
    names = [line.split(" :: ")[-1] for line in classifiers if line.startswith("License :: OSI")]
    return ", ".join(names) or "see its text"


def _texts_of(one: Distribution) -> list[str]:
    paths = sorted(
        (path for path in one.files or () if _is_licence(path)), key=lambda path: path.as_posix()
    )
    texts = [Path(str(one.locate_file(path))) for path in paths]
    texts += [_TEXTS / name for name in _MISSING_TEXTS.get(canonicalize_name(one.name), ())]
    return [path.read_text(encoding="utf-8", errors="replace") for path in texts]


def _is_licence(path: PurePath) -> bool:
    if path.suffix in _PROGRAM or len(path.parts) > _DEEPEST:
        return False
    return bool(_LICENCE.match(path.name)) or "licenses" in path.parts[1:-1]


def _own() -> list[Entry]:
    """Return what is in aegui's own folders."""
    return [
        ("aegui, with its icons and its pretrained model", "MIT", [_read("LICENSE")]),
        ("Inter, the typeface", "OFL-1.1", [_read("resources/fonts/OFL.txt")]),
        ("PyInstaller's start of a frozen program", "GPL-2.0-or-later", [_EXCEPTION]),
        ("MNIST, the digits", "CC-BY-SA-3.0", [_read("resources/mnist-ATTRIBUTION.md")]),
    ]


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _python() -> Entry:
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    version = ".".join(map(str, sys.version_info[:2]))
    return f"Python {version}", "PSF-2.0", [text.read_text(encoding="utf-8")]


if __name__ == "__main__":
    main()
