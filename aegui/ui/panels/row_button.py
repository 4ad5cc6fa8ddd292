"""The small buttons at the end of a row."""

from PySide6.QtWidgets import QToolButton

from aegui.ui.icons import icon
from aegui.ui.theme import DARK, Theme


class RowButton(QToolButton):
    """An icon without a frame; lit, it says that there is something behind it."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self._name = name
        self._is_lit = False
        self._theme = DARK
        self.setProperty("role", "quiet")
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setFixedSize(18, 22)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._draw()

    def set_lit(self, is_lit: bool) -> None:
        """Draw the icon in the colour of links, or as any other."""
        if is_lit != self._is_lit:
            self._is_lit = is_lit
            self._draw()

    def _draw(self) -> None:
        theme = self._theme
        colour = theme.link if self._is_lit else theme.muted
        self.setIcon(icon(self._name, colour, disabled=theme.border))
