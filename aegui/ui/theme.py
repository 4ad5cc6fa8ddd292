"""Colours and type, for light and dark. Views are handed a ``Theme``; they never ask for one."""

import re
from dataclasses import dataclass, replace
from string import Template

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from aegui.places import resource

_FONT_SIZE = re.compile(r"font-size: (\d+)px")
_TEXT_PX = 13


@dataclass(frozen=True)
class Theme:
    """One palette. Text on its surfaces has a contrast of at least 4.5:1, marks 3:1.

    ``code`` (amber) belongs to the bottleneck's output and to nothing else. ``series`` are
    hues for runs, from Okabe and Ito's palette without its amber and yellow, and a grey last.
    ``scale`` enlarges text and marks: 1.5 for a projector.
    """

    name: str
    window: str
    column: str
    surface: str
    field: str
    hover: str
    border: str
    grid: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    link: str
    funnel: str
    code: str
    code_text: str
    warning: str
    error: str
    series: tuple[str, ...]
    scale: float = 1.0

    @property
    def is_dark(self) -> bool:
        """Whether text is lighter than what it stands on."""
        return self.name == "dark"

    def px(self, size: float) -> int:
        """Return a size in pixels, enlarged as the theme is."""
        return round(size * self.scale)


DARK = Theme(
    name="dark",
    window="#16181d",
    column="#1c1f26",
    surface="#21252d",
    field="#181b21",
    hover="#2b303a",
    border="#3a404b",
    grid="#343a45",
    text="#e8eaee",
    muted="#a3abb8",
    accent="#4f9cff",
    accent_hover="#73b1ff",
    on_accent="#0b1526",
    link="#7ab5ff",
    funnel="#2c4468",
    code="#f5a623",
    code_text="#f5a623",
    warning="#d9b8ff",
    error="#ff8a80",
    series=("#4f9cff", "#1fb98c", "#d98bb5", "#e8743b", "#7cc7f2", "#b9c0cc"),
)

LIGHT = Theme(
    name="light",
    window="#f1f3f6",
    column="#ffffff",
    surface="#fafbfc",
    field="#ffffff",
    hover="#e9eef6",
    border="#d3d9e2",
    grid="#e1e5ec",
    text="#12161d",
    muted="#566070",
    accent="#1a63d8",
    accent_hover="#1552b5",
    on_accent="#ffffff",
    link="#1657c0",
    funnel="#cfe0fa",
    code="#c97a00",
    code_text="#935600",
    warning="#6b2fb3",
    error="#b3261e",
    series=("#1a63d8", "#00825f", "#b0568a", "#c24f00", "#2483bd", "#4d5563"),
)

# Nothing but white behind marks and text: a shade of grey costs ink, and is printed as dots.
PAPER = replace(LIGHT, window="#ffffff", surface="#ffffff", grid="#d3d9e2", text="#000000")


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part) for part in _parts(QColor(colour)))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def palette_for(theme: Theme) -> QPalette:
    """Return the Qt palette of a theme, for everything that the style sheet leaves alone."""
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.field,
        role.AlternateBase: theme.surface,
        role.Text: theme.text,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.surface,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.link,
        role.Light: theme.border,
        role.Mid: theme.border,
        role.Dark: theme.border,
        role.Shadow: theme.border,
    }
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.muted))
    return palette


def stylesheet(theme: Theme) -> str:
    """Return the application's style sheet in the colours of ``theme``."""
    template = Template(resource("style.qss").read_text(encoding="utf-8"))
    sheet = template.substitute(vars(theme), icons=resource("icons").as_posix())
    return _FONT_SIZE.sub(lambda size: f"font-size: {theme.px(int(size[1]))}px", sheet)


def load_fonts() -> QFont:
    """Register the bundled typeface and return it, with figures of equal width."""
    for weight in ("Regular", "Medium", "SemiBold"):
        QFontDatabase.addApplicationFont(str(resource(f"fonts/Inter-{weight}.otf")))
    font = QFont("Inter")
    font.setPixelSize(_TEXT_PX)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def theme_in_force() -> Theme:
    """Return the theme of the program's window; the dark one where there is none."""
    application = QApplication.instance()
    switch = application.findChild(ThemeSwitch) if application is not None else None
    return switch.theme if switch is not None else DARK


class ThemeSwitch(QObject):
    """Holds the theme in force: the system's until the person chooses one.

    It brings typeface and palette at once; ``dress`` the widgets when they are made.
    """

    changed = Signal(Theme)

    def __init__(self, application: QApplication, choice: str = "system") -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        self._scale = 1.0
        application.setStyle("Fusion")
        application.setFont(load_fonts())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply_palette()

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        choice = self._choice
        if choice == "system":
            scheme = QGuiApplication.styleHints().colorScheme()
            choice = "light" if scheme == Qt.ColorScheme.Light else "dark"
        return replace(LIGHT if choice == "light" else DARK, scale=self._scale)

    @property
    def choice(self) -> str:
        """``system``, ``light`` or ``dark``."""
        return self._choice

    def dress(self) -> None:
        """Set the style sheet: before there is one, widgets are put together twice as fast."""
        self._application.setStyleSheet(stylesheet(self.theme))

    def choose(self, choice: str) -> None:
        """Take ``system``, ``light`` or ``dark`` from now on."""
        self._choice = choice
        self._apply()

    def toggle(self) -> None:
        """Change from light to dark or back."""
        self.choose("light" if self.theme.is_dark else "dark")

    def enlarge(self, scale: float) -> None:
        """Show text and marks ``scale`` times as large as usual."""
        self._scale = scale
        self._apply()

    @Slot()
    def _follow_system(self) -> None:
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        self._apply_palette()
        self.dress()
        self.changed.emit(self.theme)

    def _apply_palette(self) -> None:
        theme = self.theme
        font = self._application.font()
        font.setPixelSize(theme.px(_TEXT_PX))
        self._application.setFont(font)
        self._application.setPalette(palette_for(theme))
