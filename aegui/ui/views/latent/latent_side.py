"""The right side of the Latent tab: what is looked at, map or layers, and what is known of it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from aegui.ui.forms import Card
from aegui.ui.segments import Segments
from aegui.ui.theme import Theme
from aegui.ui.views.latent.code_sliders import CodeSliders
from aegui.ui.views.latent.probe import Probe
from aegui.ui.views.latent.unit_card import UnitCard

MAP, LAYERS = range(2)

_WIDTH = 262


class LatentSide(QWidget):
    """Scrolls where the window is low."""

    page_chosen = Signal(int)
    """The map or the layers are wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.pages = Segments()
        self.pages.set_words(("Map", "Inside the layers"))
        self.pages.choose(MAP)
        self.probe = Probe()
        self.sliders = CodeSliders()
        self.unit = UnitCard()
        self._stack = QStackedWidget()
        self._lay_out()
        self.pages.chosen.connect(self._choose)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        for part in (self.probe, self.sliders, self.unit):
            part.set_theme(theme)
        self.setFixedWidth(theme.px(_WIDTH))

    def _lay_out(self) -> None:
        probe_card, code_card = Card("Under the pointer"), Card("The code")
        probe_card.body.addWidget(self.probe)
        code_card.body.addWidget(self.sliders)
        of_map = QWidget()
        column = QVBoxLayout(of_map)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(probe_card)
        column.addWidget(code_card, 1)
        self._stack.addWidget(of_map)
        self._stack.addWidget(self.unit)
        scroll = QScrollArea()
        scroll.setWidget(self._stack)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.pages)
        layout.addWidget(scroll, 1)

    @Slot(int)
    def _choose(self, page: int) -> None:
        self._stack.setCurrentIndex(page)
        self.page_chosen.emit(page)
