"""The colours that a figure's tones stand for, in each theme."""

from math import cos, radians, sin

from PySide6.QtGui import QColor

from aegui.ui.theme import Theme

# Okabe and Ito's hues without their amber, which is the code's, and others for ten classes.
_CLASSES_DARK = (
    *("#56b4e9", "#e8743b", "#1fb98c", "#f0e442", "#5f7fff"),
    *("#b58a63", "#d98bb5", "#b8bec9", "#a87be0", "#a6d86a"),
)
_CLASSES_LIGHT = (
    *("#2483bd", "#c24f00", "#00825f", "#948700", "#1a3fa8"),
    *("#7a5230", "#b0568a", "#566070", "#7b3fb0", "#5a8f1d"),
)
_HUES = 120


def tone_colour(theme: Theme, tone: str) -> QColor:
    """Return the colour of a tone: ``0``, ``class 3``, ``muted``, ``text`` or ``grid``."""
    if tone.isdigit():
        return QColor(theme.series[int(tone) % len(theme.series)])
    kind, _, number = tone.partition(" ")
    if kind == "class":
        classes = _CLASSES_DARK if theme.is_dark else _CLASSES_LIGHT
        return QColor(classes[int(number) % len(classes)])
    return QColor({"muted": theme.muted, "text": theme.text, "grid": theme.grid}[tone])


def cyclic_colours(theme: Theme) -> list[QColor]:
    """Return hues once around, the last beside the first, all equally light to the eye."""
    lightness = 0.74 if theme.is_dark else 0.58
    return [_oklch(lightness, 0.14, hue) for hue in range(0, 360, 360 // _HUES)]


def _oklch(lightness: float, chroma: float, hue: float) -> QColor:
    """Return a colour of Ottosson's OKLCH space (2020), clipped to what a screen can show."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    red, green, blue = (_to_screen(part) for part in linear)
    return QColor.fromRgbF(red, green, blue)


def _to_screen(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return 12.92 * part if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)
