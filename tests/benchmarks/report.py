"""What the benchmarks have in common: tables on the screen, figures in a file."""

import json
import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

_console = Console(width=110)


def show(title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table; what stands first in a row is its name, the rest is set to the right."""
    table = Table()
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place else "left")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    _console.print(f"\n[bold]{title}[/]")
    _console.print(table)


def at_most(value: float, limit: float, digits: int = 2) -> str:
    """Return the limit, coloured by whether ``value`` keeps it."""
    return _coloured(f"≤ {limit:.{digits}f}", kept=value <= limit)


def at_least(value: float, floor: float, digits: int = 0) -> str:
    """Return the floor, coloured by whether ``value`` reaches it."""
    return _coloured(f"≥ {floor:.{digits}f}", kept=value >= floor)


def _coloured(text: str, *, kept: bool) -> str:
    return f"[green]{text}[/]" if kept else f"[bold red]{text} missed[/]"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` per cent do not exceed; NaN when there are no values."""
    return float(np.percentile(values, share)) if values else float("nan")


def write_json(path: Path | None, figures: Any) -> None:
    """Write the figures with the machine they come from; nothing without a path."""
    if path is not None:
        text = json.dumps({"machine": machine(), "figures": figures}, indent=2)
        path.write_text(text + "\n", encoding="utf-8")


def machine() -> dict[str, object]:
    """Return what the figures depend on; the load tells whether others were at work."""
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": list(os.getloadavg()) if hasattr(os, "getloadavg") else None,
    }
