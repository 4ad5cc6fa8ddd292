"""The lessons on the first page: a thumbnail, a title and a line each."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from aegui.places import resource
from aegui.specs import LESSONS, Lesson
from aegui.ui.forms import label
from aegui.ui.theme import Theme

_THUMBNAIL = QSize(132, 84)
_HEIGHT = 106
# Below this width two cards beside each other would cut their text off.
_WIDTH_FOR_TWO = 760


class LessonCard(QPushButton):
    """A button that shows what comes out of a lesson, its number, title and first sentence."""

    def __init__(self, number: int, lesson: Lesson) -> None:
        super().__init__()
        self.setProperty("role", "lesson")
        self.setAccessibleName(f"Lesson {number}: {lesson.title}")
        self.setToolTip(lesson.summary)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name = lesson.name
        self._thumbnail = QLabel()
        self._thumbnail.setFixedSize(_THUMBNAIL)
        sentence = lesson.summary.partition(". ")[0].rstrip(".") + "."
        text = label(sentence, "muted", wrap=True)
        text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(label(f"{number} · {lesson.title}", "heading", wrap=True))
        words.addWidget(text, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 10, 12, 10)
        layout.setSpacing(12)
        layout.addWidget(self._thumbnail, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_theme(self, theme: Theme) -> None:
        """Take the thumbnail of a theme."""
        picture = QPixmap(str(resource(f"lessons/{self._name}-{theme.name}.png")))
        picture.setDevicePixelRatio(picture.width() / _THUMBNAIL.width())
        self._thumbnail.setPixmap(picture)
        self.setFixedHeight(theme.px(_HEIGHT))


class LessonCards(QWidget):
    """All lessons, in the order in which they are told."""

    chosen = Signal(Lesson)

    def __init__(self) -> None:
        super().__init__()
        self._cards = [LessonCard(number, it) for number, it in enumerate(LESSONS, start=1)]
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        self._arrange(2)
        for card, lesson in zip(self._cards, LESSONS, strict=True):
            card.clicked.connect(lambda _=False, it=lesson: self.chosen.emit(it))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put two cards beside each other where there is room for their text."""
        super().resizeEvent(event)
        self._arrange(2 if event.size().width() >= _WIDTH_FOR_TWO else 1)

    def set_theme(self, theme: Theme) -> None:
        """Take the thumbnails of a theme."""
        for card in self._cards:
            card.set_theme(theme)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, *divmod(place, columns))
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
