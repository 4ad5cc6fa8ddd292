"""The buttons that add a layer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from aegui.ui.icons import icon
from aegui.ui.theme import Theme

_NEEDS_PICTURES = "A convolution needs pictures; these data are rows of numbers"


class AddLayer(QToolButton):
    """Adds a dense layer to its half; its menu also has the other kind."""

    wanted = Signal(str, str)

    def __init__(self, half: str) -> None:
        super().__init__()
        self.setText(half.capitalize())
        self.setProperty("role", "dashed")
        self.setToolTip(f"Add a layer to the {half}")
        self.setAccessibleName(f"Add a layer to the {half}")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self._dense = QAction("Dense layer", menu)
        self._conv = QAction("Convolution", menu)
        menu.addActions([self._dense, self._conv])
        self.setMenu(menu)

        self.clicked.connect(lambda: self.wanted.emit(half, "dense"))
        self._dense.triggered.connect(lambda: self.wanted.emit(half, "dense"))
        self._conv.triggered.connect(lambda: self.wanted.emit(half, "conv"))

    def set_pictures(self, are_pictures: bool) -> None:
        """Offer convolutions for pictures only."""
        self._conv.setEnabled(are_pictures)
        self._conv.setToolTip("" if are_pictures else _NEEDS_PICTURES)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.setIcon(icon("plus", theme.link, disabled=theme.muted))
