"""Text that gives way where there is no room for it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aegui.ui.theme import DARK


class ElidedText(QWidget):
    """One line of text that ends in … where there is no room for all of it."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._colour = QColor(DARK.text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def text(self) -> str:
        """All of the text."""
        return self._text

    @property
    def shown_text(self) -> str:
        """The text as there is room for it."""
        return self.fontMetrics().elidedText(
            self._text, Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def set_colour(self, colour: str) -> None:
        """Write in a colour of the theme; a palette's would give way to the style sheet's."""
        self._colour = QColor(colour)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the height of a line; the width is what is left over."""
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write as much of the text as there is room for."""
        painter = QPainter(self)
        painter.setPen(self._colour)
        place = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.contentsRect(), place, self.shown_text)
