"""What a tile shows of a row: the parts, from top to bottom."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtGui import QColor, QPen

from aegui.records import FloatArray
from aegui.ui.handing.export import Table
from aegui.ui.theme import Theme

_FAINT = 0.45


class Part(Enum):
    """One picture or curve of a tile; its value is its name for people."""

    ORIGINAL = "Original"
    INPUT = "Input"
    RECONSTRUCTION = "Reconstruction"
    DREAM = "Dream"


Parts = tuple[Part, ...]
Layer = tuple[Part, FloatArray | None]
"""A part and its rows, (tiles, features); None where there are none yet."""


def curve_pen(part: Part, theme: Theme) -> QPen:
    """Return how a curve is drawn: what the model makes in accent, what it is given faint."""
    match part:
        case Part.ORIGINAL:
            return QPen(QColor(theme.muted), 1.5 * theme.scale)
        case Part.INPUT:
            colour = QColor(theme.muted)
            colour.setAlphaF(_FAINT)
            return QPen(colour, theme.scale)
        case Part.RECONSTRUCTION | Part.DREAM:
            return QPen(QColor(theme.accent), 1.5 * theme.scale)


def tile_table(
    layers: Sequence[Layer], captions: Sequence[str], names: Sequence[str] = ()
) -> Table:
    """Return the rows of all parts: tile, part, caption, and the numbers, named or counted."""
    features = max((rows.shape[1] for _, rows in layers if rows is not None), default=0)
    headers = ("tile", "part", "error", *(names or map(str, range(1, features + 1))))
    lines = [
        (number + 1, part.value.lower(), caption, *rows[number].tolist())
        for number, caption in enumerate(captions)
        for part, rows in layers
        if rows is not None
    ]
    return headers, lines
