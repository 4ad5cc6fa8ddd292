"""The strip along the top: home, lessons, theme, help."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton

from aegui.specs import LESSONS, ExperimentSpec, Lesson
from aegui.specs.differences import differences
from aegui.ui.forms import label
from aegui.ui.icons import icon
from aegui.ui.theme import Theme

_HEIGHT = 48
_NUMBERS = {lesson.name: number for number, lesson in enumerate(LESSONS, start=1)}


class TopBar(QFrame):
    """Signals what a person wishes for; shows which lesson the panels hold."""

    restore_requested = Signal(Lesson)
    home_requested = Signal()
    lesson_chosen = Signal(Lesson)
    previous_requested = Signal()
    next_requested = Signal()
    own_requested = Signal()
    origin_changed = Signal(object)
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
        self._previous = _arrow("Previous lesson", "Ctrl+←")
        self._next = _arrow("Next lesson", "Ctrl+→")
        self._own = QPushButton("Back to my settings")
        self._own.setProperty("role", "link")
        self._own.setToolTip("Put back what the panels held before the lesson")
        self._own.hide()
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
        layout.addWidget(self._previous)
        layout.addWidget(self._lessons)
        layout.addWidget(self._next)
        layout.addWidget(self._own)
        layout.addWidget(self._restore)
        layout.addWidget(self._changes, 1)
        layout.addWidget(self._theme)
        layout.addWidget(self._help)

        self._home.clicked.connect(self.home_requested)
        self._previous.clicked.connect(self.previous_requested)
        self._next.clicked.connect(self.next_requested)
        self._own.clicked.connect(self.own_requested)
        self._restore.clicked.connect(self._wish_restore)
        self._theme.clicked.connect(self.theme_toggled)
        self._help.clicked.connect(self.help_requested)

    def set_origin(self, origin: Lesson | None) -> None:
        """Take the lesson that the panels began with; None for an experiment from elsewhere."""
        self._origin = origin

    def offer_own(self, is_there: bool) -> None:
        """Offer the way back to a person's own settings, or no longer."""
        self._own.setVisible(is_there)

    @property
    def origin(self) -> Lesson | None:
        """The lesson that the panels began with."""
        return self._origin

    def show_experiment(self, experiment: ExperimentSpec) -> None:
        """Name the lesson that the panels began with, and what was changed since."""
        # Several lessons begin with the same experiment; the one that was chosen stays.
        if self._origin is None or self._origin.experiment != experiment:
            same = (lesson for lesson in LESSONS if lesson.experiment == experiment)
            self._origin = next(same, self._origin)
        self._show_origin()
        self._show_changes(differences(self._origin.experiment, experiment) if self._origin else [])
        self.origin_changed.emit(self._origin)

    def _show_origin(self) -> None:
        if self._origin is None:
            self._lessons.setText("Own experiment  ▾")
            number = 0
        else:
            number = _NUMBERS[self._origin.name]
            self._lessons.setText(f"Lesson {number} · {self._origin.title}  ▾")
        self._previous.setEnabled(number > 1)
        self._next.setEnabled(number < len(LESSONS))

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
        self._previous.setIcon(icon("left", theme.text, theme.border))
        self._next.setIcon(icon("right", theme.text, theme.border))

    def _lesson_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for number, lesson in enumerate(LESSONS, start=1):
            action = menu.addAction(f"{number} · {lesson.title}")
            action.setToolTip(lesson.summary)
            action.triggered.connect(lambda _=False, it=lesson: self.lesson_chosen.emit(it))
        return menu


def _arrow(name: str, key: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "quiet")
    button.setToolTip(f"{name} ({key})")
    button.setAccessibleName(name)
    return button
