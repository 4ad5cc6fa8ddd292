"""What stands beside a drawing: its place on the map, its error among others, the nearest rows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from aegui.analysis.company import Background, Company
from aegui.analysis.error_ranks import harder_in_words
from aegui.ui.forms import Card, label
from aegui.ui.theme import Theme
from aegui.ui.views.draw.near_rows import NearRows
from aegui.ui.views.draw.place_map import PlaceMap
from aegui.ui.views.draw.rank_bars import RankBars
from aegui.ui.views.row_drag import HeldRow
from aegui.ui.views.text import error_text

_LEAST_HEIGHT = 196
_LEAST_WIDTH = 250


class CompanyRow(QWidget):
    """Three cards beside or below each other; they are told the test rows, then each drawing."""

    row_taken = Signal(HeldRow)

    def __init__(self) -> None:
        super().__init__()
        self._noun = "digit"
        self._background: Background | None = None
        self._theme_scale = 1.0
        self.map, self.bars, self.near = PlaceMap(), RankBars(), NearRows()
        self._plane = _line()
        self._cards = [Card("Its place on the latent map"), Card("Its error"), Card("Nearest")]
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        for card, part in zip(self._cards, (self.map, self.bars, self.near), strict=True):
            card.body.addWidget(part, 1)
            self._layout.addWidget(card, 1)
        self._cards[0].body.addWidget(self._plane)
        self.near.row_taken.connect(self.row_taken)
        self.start(None)

    @property
    def verdict(self) -> str:
        """What is said about the error."""
        return self.bars.words

    @property
    def caption(self) -> str:
        """What the map is, in words."""
        return self._plane.text()

    @property
    def least_height(self) -> int:
        """The pixels that the cards take beside each other."""
        return round(_LEAST_HEIGHT * self._theme_scale)

    @property
    def least_width(self) -> int:
        """The pixels that the cards take below each other."""
        return round(_LEAST_WIDTH * self._theme_scale)

    def hasHeightForWidth(self) -> bool:
        """Take any height: the words in the cards, which wrap, have a fixed one.

        A layout would take what the cards would like to have for what they need.
        """
        return False

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme_scale = theme.scale
        for part in (self.map, self.bars, self.near):
            part.set_theme(theme)
        self._plane.ensurePolished()
        self._plane.setFixedHeight(2 * self._plane.fontMetrics().lineSpacing() + 2)

    def stand(self, *, beside: bool) -> None:
        """Stand beside each other, or below."""
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def start(self, background: Background | None, noun: str = "digit") -> None:
        """Take the test rows as another model sees them; None for no rows, and no company.

        Of the same rows, what is shown of a drawing stays until there is newer.
        """
        before, self._background = self._background, background
        self._noun = noun
        self._cards[2].title.setText(f"Nearest test {noun}s, by their codes")
        if background is None:
            self._plane.setText("")
            self.map.show_place(None)
            self.bars.show_error(None)
            self.near.start(None)
            return
        is_line = background.plane.is_line
        self.map.show_places(
            background.places,
            background.labels,
            background.names,
            class_name=background.dataset.class_name,
            is_line=is_line,
        )
        self.bars.show_histogram(background.histogram)
        self._plane.setText(background.plane.caption)
        if before is None or before.dataset is not background.dataset:
            self.forget()

    def show_company(self, company: Company) -> None:
        """Show where a drawn row stands."""
        if self._background is None:
            return
        self.map.show_place(company.place)
        self.near.show_rows(company.nearest, company.distances)
        ranked = self._background.ranked
        harder = harder_in_words(company.below, len(ranked), self._noun)
        words = f"{error_text(company.error, ranked.errors)} · {harder}"
        self.bars.show_error(company.error, words)

    def say(self, why: str) -> None:
        """Say why nothing is shown."""
        self.bars.show_error(None, why)

    def forget(self) -> None:
        """Nothing is drawn any more."""
        if self._background is not None:
            self.map.show_place(None)
            self.near.start(self._background.dataset)
            self.bars.show_error(None, f"Draw, and compare with the test {self._noun}s.")


def _line() -> QLabel:
    """Return a label that has room for two lines, whatever it says."""
    result = label("", "muted", wrap=True)
    result.setAlignment(Qt.AlignmentFlag.AlignTop)
    return result
