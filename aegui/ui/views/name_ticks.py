"""Names along an axis, as many of them and as much of each as there is room for."""

from collections.abc import Sequence

from PySide6.QtGui import QFont

from aegui.ui.views.text import fitting

_LEAST, _GAP = 44, 8


def name_ticks(
    names: Sequence[str], first: int, width: float, font: QFont
) -> list[tuple[float, str]]:
    """Return places and names for an axis of ``width`` pixels.

    Names stand at whole numbers from ``first`` on. One in two, three, … is named where all would
    have too little room, and a name that is wider than its room ends in an ellipsis.
    """
    if not names or width <= 0:
        return []
    wide = width / len(names)
    step = 1
    if any(fitting(name, font, wide - _GAP) != name for name in names):
        step = max(1, round(_LEAST / wide))
    room = step * wide - _GAP
    return [
        (float(first + place), fitting(names[place], font, room))
        for place in range(0, len(names), step)
    ]
