"""The lessons on the first page: a thumbnail, a title and a line each."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
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
_COLUMNS = 2


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


class LessonCards(QWidget):
    """All lessons, in the order in which they are told."""

    chosen = Signal(Lesson)

    def __init__(self) -> None:
        super().__init__()
        self._cards = [LessonCard(number, it) for number, it in enumerate(LESSONS, start=1)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        for place, (card, lesson) in enumerate(zip(self._cards, LESSONS, strict=True)):
            grid.addWidget(card, *divmod(place, _COLUMNS))
            card.clicked.connect(lambda _=False, it=lesson: self.chosen.emit(it))
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)

    def set_theme(self, theme: Theme) -> None:
        """Take the thumbnails of a theme."""
        for card in self._cards:
            card.set_theme(theme)
