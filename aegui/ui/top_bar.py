"""The strip along the top: home, lessons, theme, help."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton

from aegui.specs import LESSONS, ExperimentSpec, Lesson
from aegui.specs.differences import differences
from aegui.ui.forms import label
from aegui.ui.icons import icon
from aegui.ui.theme import Theme

_HEIGHT = 48


class TopBar(QFrame):
    """Signals what a person wishes for; shows which lesson the panels hold."""

    restore_requested = Signal(Lesson)
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
        self._changes = label("", "muted")
        self._changes.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._restore = QPushButton("Restore")
        self._restore.setProperty("role", "link")
        self._origin: Lesson | None = None
        self._theme = QPushButton()
        self._theme.setToolTip("Change between light and dark (Ctrl+T)")
        self._help = QPushButton("Help")
        self._help.setToolTip("Words and keys (F1)")

        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self._home)
        layout.addWidget(self._lessons)
        layout.addWidget(self._restore)
        layout.addWidget(self._changes, 1)
        layout.addWidget(self._theme)
        layout.addWidget(self._help)

        self._home.clicked.connect(self.home_requested)
        self._restore.clicked.connect(self._wish_restore)
        self._theme.clicked.connect(self.theme_toggled)
        self._help.clicked.connect(self.help_requested)

    def set_origin(self, origin: Lesson | None) -> None:
        """Take the lesson that the panels began with; None for an experiment from elsewhere."""
        self._origin = origin

    @property
    def origin(self) -> Lesson | None:
        """The lesson that the panels began with."""
        return self._origin

    def show_experiment(self, experiment: ExperimentSpec) -> None:
        """Name the lesson that the panels began with, and what was changed since."""
        for lesson in LESSONS:
            if lesson.experiment == experiment:
                self._origin = lesson
        if self._origin is None:
            self._lessons.setText("Own experiment  ▾")
            self._show_changes([])
            return
        number = LESSONS.index(self._origin) + 1
        self._lessons.setText(f"Lesson {number} · {self._origin.title}  ▾")
        self._show_changes(differences(self._origin.experiment, experiment))

    def _show_changes(self, changes: list[str]) -> None:
        text = f"changed: {', '.join(changes)}" if changes else ""
        self._changes.setText(text)
        self._changes.setToolTip("\n".join(changes))
        self._restore.setVisible(bool(changes))
        if self._origin is not None:
            self._restore.setToolTip(f"Take the panels back to {self._origin.title}")

    @Slot()
    def _wish_restore(self) -> None:
        if self._origin is not None:
            self.restore_requested.emit(self._origin)

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
