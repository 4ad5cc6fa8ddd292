"""Two quiet buttons that turn pages."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton

from aegui.ui.forms import set_role
from aegui.ui.icons import icon
from aegui.ui.theme import Theme


class Turner(QToolButton):
    """Goes ``left`` or ``right``, as its icon is called; it says where in words."""

    def __init__(self, name: str, way: str) -> None:
        super().__init__()
        self._way = way
        set_role(self, "quiet")
        self.setIconSize(QSize(16, 16))
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.setIcon(icon(self._way, theme.text, theme.border))
