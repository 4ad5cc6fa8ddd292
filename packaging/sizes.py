"""How large the parts of a frozen program are, and whether two hold the same files."""

from collections import Counter
from pathlib import Path

_MB = 1e6
_SMALLEST = 2 * _MB


def by_part(internal: Path) -> Counter[str]:
    """Return bytes for each package, or library beside them; links count nothing."""
    found: Counter[str] = Counter()
    for path in _files(internal):
        part = path.relative_to(internal).parts[0]
        found[part.removesuffix(".libs").removeprefix("_")] += path.stat().st_size
    return found


def report(folder: Path, before: Counter[str], left_out: dict[str, list[str]]) -> None:
    """Print what was left out and why, and the parts before and after stripping, in MB."""
    print(f"{'MB':>8}  left out")
    total = 0
    for reason, sources in left_out.items():
        size = sum(Path(source).stat().st_size for source in sources if Path(source).is_file())
        total += size
        print(f"{size / _MB:8.1f}  {reason}")
    after = by_part(folder / "_internal")
    print(f"{'before':>8} {'after':>8}  part")
    for part, size in before.most_common():
        if size > _SMALLEST:
            print(f"{size / _MB:8.1f} {after[part] / _MB:8.1f}  {part}")
    program = (folder / "aegui").stat().st_size
    whole = sum(path.stat().st_size for path in _files(folder))
    first = (total + before.total() + program) / _MB
    print(f"{program / _MB:8.1f} {program / _MB:8.1f}  the program, with all modules")
    print(f"{first:8.1f} {whole / _MB:8.1f}  all, with what was left out before")


def compare(first: Path, second: Path) -> int:
    """Say what is in one folder and not in the other; return the exit status: 0 if nothing is."""
    names = [{str(path.relative_to(root)) for path in root.rglob("*")} for root in (first, second)]
    for root, name in [(first, n) for n in names[0] - names[1]] + [
        (second, n) for n in names[1] - names[0]
    ]:
        print(f"only in {root}: {name}")
    if names[0] != names[1]:
        return 1
    print(f"both hold the same {len(names[0])} files and folders")
    return 0


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
