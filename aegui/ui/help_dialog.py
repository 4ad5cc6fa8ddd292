"""What the words and keys mean."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from aegui import __version__
from aegui.ui.forms import label

_WORDS = (
    ("Encoder", "the half that turns a row of the data into the code"),
    ("Code", "the few numbers in the middle; amber wherever it is shown"),
    ("Decoder", "the half that turns the code back into a row"),
    ("Reconstruction", "what comes out: decoder(encoder(x))"),
    ("Error", "Σ|x − x̂| over the features of a row"),
    ("Epoch", "one pass over all training rows; epoch 0 is before the first"),
)

_LEAST_HEIGHT = 440


class HelpDialog(QDialog):
    """The words of the window, its keys, the version, and the way to what it is made of."""

    def __init__(self, shortcuts: dict[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("aegui: help")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(_scrolled(_page(shortcuts)), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        about = buttons.addButton("About aegui…", QDialogButtonBox.ButtonRole.ActionRole)
        layout.addWidget(buttons)
        about.clicked.connect(self._show_about)
        buttons.rejected.connect(self.reject)

    @Slot()
    def _show_about(self) -> None:
        # It asks what is installed, which the first paint must not wait for.
        from aegui.ui.about_dialog import AboutDialog

        AboutDialog(self).exec()


def _page(shortcuts: dict[str, str]) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 12, 0)
    layout.setSpacing(10)
    for title, pairs in (("Words", _WORDS), ("Keys", tuple(shortcuts.items()))):
        layout.addWidget(label(title, "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        for row, (left, right) in enumerate(pairs):
            grid.addWidget(label(left, "code" if left == "Code" else ""), row, 0)
            grid.addWidget(label(right, "muted"), row, 1)
        grid.setColumnStretch(1, 1)
        layout.addLayout(grid)
    layout.addWidget(label("Right-click any picture or plot to copy or save it.", "muted"))
    layout.addWidget(label(f"aegui {__version__}", "muted"))
    return page


def _scrolled(page: QWidget) -> QScrollArea:
    """Return a page in a frame that a small screen has room for."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    area.setMinimumWidth(page.sizeHint().width() + area.verticalScrollBar().sizeHint().width())
    area.setMinimumHeight(_LEAST_HEIGHT)
    return area
