"""The strip along the top: home, lessons, theme, help."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton

from aegui.specs import LESSONS, ExperimentSpec, Lesson
from aegui.ui.icons import icon
from aegui.ui.theme import Theme

_HEIGHT = 48


class TopBar(QFrame):
    """Signals what a person wishes for; shows which lesson the panels hold."""

    home_requested = Signal()
    lesson_chosen = Signal(Lesson)
    theme_toggled = Signal()
    help_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "topbar")
        self.setFixedHeight(_HEIGHT)
        self._home = QPushButton("aegui")
        self._home.setProperty("role", "brand")
        self._home.setToolTip("To the first page")
        self._lessons = QToolButton()
        self._lessons.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._lessons.setToolTip("Experiments to begin with")
        self._lessons.setMenu(self._lesson_menu())
        self._theme = QPushButton()
        self._theme.setToolTip("Change between light and dark (Ctrl+T)")
        self._help = QPushButton("Help")
        self._help.setToolTip("Words and keys (F1)")

        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self._home)
        layout.addWidget(self._lessons)
        layout.addStretch(1)
        layout.addWidget(self._theme)
        layout.addWidget(self._help)

        self._home.clicked.connect(self.home_requested)
        self._theme.clicked.connect(self.theme_toggled)
        self._help.clicked.connect(self.help_requested)

    def show_experiment(self, experiment: ExperimentSpec) -> None:
        """Name the lesson that the experiment is, or say that it is none."""
        for number, lesson in enumerate(LESSONS, start=1):
            if lesson.experiment == experiment:
                self._lessons.setText(f"Lesson {number} · {lesson.title}  ▾")
                return
        self._lessons.setText("Own experiment  ▾")

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme; the button names the other one."""
        self._theme.setText("Light" if theme.is_dark else "Dark")
        self._theme.setIcon(icon("sun" if theme.is_dark else "moon", theme.text))
        self._help.setIcon(icon("help", theme.text))

    def _lesson_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for number, lesson in enumerate(LESSONS, start=1):
            action = menu.addAction(f"{number} · {lesson.title}")
            action.setToolTip(lesson.summary)
            action.triggered.connect(lambda _=False, it=lesson: self.lesson_chosen.emit(it))
        return menu
