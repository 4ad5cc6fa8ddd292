"""The first page: doors into the program, and the lessons."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from aegui.specs import Lesson
from aegui.ui.forms import label
from aegui.ui.icons import icon
from aegui.ui.lessons.lesson_cards import LessonCards
from aegui.ui.theme import Theme

_DOORS = (
    ("draw", "pencil", "Draw a digit", "A pretrained model rebuilds it while you draw."),
    ("train", "curve", "Train on MNIST", "Watch a model of your own learn in seconds."),
    ("data", "table", "Open my data", "A table, arrays or pictures of your own."),
    ("past", "folder", "Open a past run", "Curves, gallery and model, as they were."),
)


class Door(QPushButton):
    """A large button with an icon, a title and a line of text."""

    def __init__(self, icon_name: str, title: str, text: str) -> None:
        super().__init__()
        self.setProperty("role", "door")
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon_name = icon_name
        self._picture = QLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(8)
        layout.addWidget(self._picture)
        for part in (label(title, "heading"), label(text, "muted", wrap=True)):
            layout.addWidget(part)
        layout.addStretch(1)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._picture.setPixmap(icon(self._icon_name, theme.link).pixmap(QSize(26, 26)))


class StartPage(QWidget):
    """What a newcomer sees first."""

    draw_chosen = Signal()
    train_chosen = Signal()
    data_chosen = Signal()
    folder_chosen = Signal()
    past_chosen = Signal()
    lesson_chosen = Signal(Lesson)

    def __init__(self) -> None:
        super().__init__()
        title = label("What does a network make of what it sees?", "title", wrap=True)
        text = label(
            "An autoencoder squeezes its input through a few numbers, the code, and rebuilds it "
            "from them. What it can rebuild is what it has understood.",
            "empty",
            wrap=True,
        )
        self._doors = {name: Door(*words) for name, *words in _DOORS}

        row = QHBoxLayout()
        row.setSpacing(14)
        for door in self._doors.values():
            row.addWidget(door, 1)
        self._lessons = LessonCards()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 20, 16, 20)
        column.setSpacing(14)
        column.addWidget(title)
        column.addWidget(text)
        column.addSpacing(4)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(label("Lessons", "heading"))
        column.addWidget(self._lessons)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

        self._doors["draw"].clicked.connect(self.draw_chosen)
        self._doors["train"].clicked.connect(self.train_chosen)
        self._doors["data"].setMenu(self._data_menu())
        self._doors["past"].clicked.connect(self.past_chosen)
        self._lessons.chosen.connect(self.lesson_chosen)
        self.set_has_past(False)

    def _data_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("A file…").triggered.connect(self.data_chosen.emit)
        menu.addAction("A folder of pictures…").triggered.connect(self.folder_chosen.emit)
        return menu

    def take_focus(self) -> None:
        """Make the first door what the keyboard reaches first."""
        self._doors["draw"].setFocus()

    def set_has_past(self, has_past: bool) -> None:
        """Show the door to past runs when there are any."""
        self._doors["past"].setVisible(has_past)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for door in self._doors.values():
            door.set_theme(theme)
        self._lessons.set_theme(theme)
