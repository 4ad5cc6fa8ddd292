"""The licences of what a frozen program takes from the system that it is made on.

They are asked of dpkg, so on Debian and what is derived from it. Elsewhere each library is named,
with the sentence that its licence was not found.
"""

import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from licence_text import Entry, document

_BEGINNING = "The program also carries libraries of the system that it was made on:"
_UNKNOWN = "not found on the machine that made the program"
_DOCS = Path("/usr/share/doc")
_COMMON = Path("/usr/share/common-licenses")
# Texts that many packages have in common are named by their place, of which some end a sentence.
_NAMED = re.compile(rf"{_COMMON}/([\w.+-]*\w)")
# The licence of most of a package's files; those of its build scripts, say, are not carried.
_SHORT_NAME = re.compile(r"^Files: \*\n(?:.+\n)*?License:[ \t]*(\S.*)$", re.MULTILINE)


def system_licences(libraries: Iterable[Path]) -> str:
    """Return the list of the libraries' packages with their licences, and all texts."""
    entries, common = [], set()
    for package, files in sorted(_packages(libraries).items()):
        entry = _entry(package, files)
        entries.append(entry)
        common |= {name for text in entry[2] for name in _NAMED.findall(text)}
    return document(_BEGINNING, [*entries, *map(_common, sorted(common))])


def _packages(libraries: Iterable[Path]) -> dict[str, list[str]]:
    """Return names of libraries by that of their package; ``""`` for those of none."""
    found = {path.resolve(): path.name for path in libraries}
    packages: defaultdict[str, list[str]] = defaultdict(list)
    for path, package in _owners(found).items():
        packages[package].append(found.pop(path))
    if found:
        packages[""] = list(found.values())
    return {package: sorted(names) for package, names in packages.items()}


def _owners(paths: Iterable[Path]) -> dict[Path, str]:
    """Return the packages that files belong to, as far as dpkg knows them."""
    # /lib is a link to /usr/lib now, and some packages still say /lib.
    asked = {str(path): path for path in paths}
    asked |= {name.removeprefix("/usr"): path for name, path in asked.items()}
    if shutil.which("dpkg-query") is None or not asked:
        return {}
    # It ends with 1 where it does not know one of them.
    command = ["dpkg-query", "--search", *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = (line.partition(": ") for line in done.stdout.splitlines())
    return {asked[name]: owner.partition(":")[0] for owner, _, name in lines if name in asked}


def _entry(package: str, files: list[str]) -> Entry:
    title = f"{package} ({', '.join(files)})" if package else ", ".join(files)
    text = _DOCS / package / "copyright"
    if not package or not text.is_file():
        return title, _UNKNOWN, []
    whole = text.read_text(encoding="utf-8", errors="replace")
    name = _SHORT_NAME.search(whole)
    return title, name[1] if name else "see its text", [whole]


def _common(name: str) -> Entry:
    text = (_COMMON / name).read_text(encoding="utf-8", errors="replace")
    return f"{_COMMON}/{name}", "a text that packages above name", [text]
