"""Figures as data: what is to be seen, and nothing about how it is drawn.

Whoever renders one decides on pixels and colours. ``tone`` names a colour by its use: a number
counts the hues for runs, ``class 3`` is the hue of a class, ``muted`` and ``text`` are those of
writing.
"""

import dataclasses
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aegui.records.model import FloatArray

Numbers = NDArray[np.float64]
Tone = str


@dataclass(frozen=True, eq=False)
class Bars:
    """Bars between ``edges``, (bars + 1,), up to ``heights``, (bars,), from ``base`` or 0.

    ``outlined`` draws the skyline alone, so that what lies behind can be seen.
    """

    edges: Numbers
    heights: Numbers
    name: str = ""
    tone: Tone = "0"
    base: Numbers | None = None
    outlined: bool = False


@dataclass(frozen=True, eq=False)
class Curve:
    """A line through points."""

    x: Numbers
    y: Numbers
    name: str = ""
    tone: Tone = "0"
    dashed: bool = False


@dataclass(frozen=True, eq=False)
class Dots:
    """Points; ``around`` colours each by its place, 0 to 1, on a circle of hues."""

    x: Numbers
    y: Numbers
    name: str = ""
    tone: Tone = "0"
    size: float = 7.0
    around: Numbers | None = None


@dataclass(frozen=True, eq=False)
class Whiskers:
    """A mean and the spread above and below it, at each x."""

    x: Numbers
    y: Numbers
    spread: Numbers
    name: str = ""
    tone: Tone = "0"


@dataclass(frozen=True)
class Line:
    """A straight line over the whole panel: ``across`` at a height, else at a place."""

    at: float
    across: bool = True
    name: str = ""
    tone: Tone = "muted"


@dataclass(frozen=True)
class Words:
    """Text at a place given in shares of the panel, from its top left corner."""

    text: str
    x: float = 0.02
    y: float = 0.02
    tone: Tone = "muted"


@dataclass(frozen=True, eq=False)
class Tiles:
    """Pictures, (pictures, height × width) in [0, 1], in rows of ``columns``.

    ``captions`` has a few words below each, or is empty; ``row_names`` one for each row.
    """

    rows: FloatArray
    shape: tuple[int, int]
    columns: int
    captions: tuple[str, ...] = ()
    row_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """Numbers in lines and columns, as they are to be written."""

    headers: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


Mark = Bars | Curve | Dots | Whiskers | Line | Words | Tiles | Sheet


@dataclass(frozen=True)
class Panel:
    """One plot: marks over shared axes. ``Tiles`` and ``Sheet`` stand alone, without axes.

    ``x_ticks`` replaces the numbers along the bottom by words at places; ``square`` gives both
    axes the same scale; ``share`` is the panel's part of its row's width.
    """

    title: str
    marks: tuple[Mark, ...]
    x_label: str = ""
    y_label: str = ""
    log_y: bool = False
    x_ticks: tuple[tuple[float, str], ...] = ()
    square: bool = False
    share: int = 1


@dataclass(frozen=True)
class Figure:
    """Panels side by side, ``columns`` in a row, and a sentence on what they show.

    Figures with one ``name`` show the same thing in several ways, and ``choices`` has what was
    chosen of each switch: ``("per feature", "code 2")``.
    """

    name: str
    title: str
    panels: tuple[Panel, ...]
    note: str = ""
    choices: tuple[str, ...] = ()
    columns: int = 2

    @property
    def is_empty(self) -> bool:
        """Whether nothing but words is to be seen, since its runs are missing."""
        return all(isinstance(mark, Words) for panel in self.panels for mark in panel.marks)

    @property
    def file_name(self) -> str:
        """A name for files: ``error-by-features-per-feature-code-2``."""
        words = "-".join((self.name, *self.choices)).lower()
        return "-".join("".join(c if c.isalnum() else " " for c in words).split())


def to_json(figure: Figure) -> dict[str, Any]:
    """Return a figure as what ``json.dumps`` takes; numbers that are not finite become None."""
    return {
        "name": figure.name,
        "title": figure.title,
        "note": figure.note,
        "choices": list(figure.choices),
        "panels": [_panel(panel) for panel in figure.panels],
    }


def _panel(panel: Panel) -> dict[str, Any]:
    plain = {
        field.name: _plain(getattr(panel, field.name))
        for field in dataclasses.fields(panel)
        if field.name not in ("marks", "share", "square")
    }
    return plain | {"marks": [_mark(mark) for mark in panel.marks]}


def _mark(mark: Mark) -> dict[str, Any]:
    plain = {
        field.name: _plain(getattr(mark, field.name))
        for field in dataclasses.fields(mark)
        if field.name not in ("tone", "size")
    }
    if isinstance(mark, Tiles):
        # Pixels are pictures, not results.
        plain["rows"] = len(mark.rows)
    return {"kind": type(mark).__name__.lower()} | plain


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return [_plain(number) for number in value.tolist()]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    return value
