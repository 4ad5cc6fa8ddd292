"""The main window: panels at the left, tabs in the middle, kept runs at the right."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout

from aegui.places import BUNDLE_ENDING, settings_file
from aegui.specs import LESSONS, find_lesson
from aegui.ui.file_target import FileTarget
from aegui.ui.frame import frame
from aegui.ui.help_dialog import HelpDialog
from aegui.ui.keys import Action, Keys, keys_in_words
from aegui.ui.left_column import LeftColumn
from aegui.ui.lesson_desk import LessonDesk
from aegui.ui.lesson_line import LessonLine
from aegui.ui.notice import Notice
from aegui.ui.presentation import Presentation
from aegui.ui.runs_column import RunsColumn
from aegui.ui.settings import Settings, restore_geometry, save_geometry, write_settings
from aegui.ui.start_page import StartPage
from aegui.ui.tabs import Tab, Tabs
from aegui.ui.theme import Theme, ThemeSwitch
from aegui.ui.top_bar import TopBar

if TYPE_CHECKING:
    from aegui.ui.run_desk import RunDesk
    from aegui.ui.session import Session

_SMALLEST = (1000, 640)
_USUAL = (1440, 900)
# Below these the runs become a rail, and the histogram shares a row with the loss.
_ROOMY_WIDTH, _ROOMY_HEIGHT = 1280, 800


class MainWindow(QMainWindow):
    """Builds what can be seen at once; what it works with comes after the first paint.

    ``views_built`` tells that the session, the lists of runs and the views are there.
    """

    views_built = Signal()
    closed = Signal()

    session: "Session"
    desk: "RunDesk"

    def __init__(self, switch: ThemeSwitch, settings: Settings) -> None:
        super().__init__()
        self.setWindowTitle("aegui")
        self.setMinimumSize(*_SMALLEST)
        self._switch = switch
        self._is_first_launch = settings.experiment is None
        self.top_bar = TopBar()
        self.column = LeftColumn()
        self.runs = RunsColumn()
        self.notice = Notice()
        self.lesson_line = LessonLine()
        self.lessons = LessonDesk(self.top_bar, self.column, self.lesson_line, self)
        self.start_page = StartPage()
        self.tabs = Tabs()
        self._pages = QStackedWidget()
        self._middle = QVBoxLayout()
        self._presentation = Presentation(switch, self.column, self.runs, self._middle)
        self._is_painted = False
        self._is_closed = False
        self._has_ended = True

        self._lay_out()
        self._connect()
        self._set_theme(switch.theme)
        self._take_settings(settings)

    @property
    def has_ended(self) -> bool:
        """Whether every thread had ended when the window closed."""
        is_loading = self.is_built and self.session.engine.is_loading
        return self._has_ended and not is_loading

    @property
    def is_built(self) -> bool:
        """Whether all of the window is there."""
        return self.tabs.is_built

    def paintEvent(self, event: QPaintEvent) -> None:
        """After the first paint, build the views."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self._build)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the runs into a rail where the window is narrow."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that nothing inside the window made use of."""
        if not self.is_built or not self._keys.press(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go from the screen at once; then stop, keep what is to be kept, and wait."""
        self.hide()
        self._is_closed = True
        origin, experiment = self.top_bar.origin, self.column.experiment()
        lesson = origin.name if origin else None
        settings = Settings(theme=self._switch.choice, experiment=experiment, lesson=lesson)
        write_settings(settings_file(), settings)
        save_geometry(self)
        if self.is_built:
            self.desk.close()
            self._has_ended = self.session.close()
        event.accept()
        self.closed.emit()

    @Slot(Path)
    def open_bundle(self, path: Path) -> None:
        """Put the run of an ``.aegui`` file into the library and show it."""
        if not self.is_built:
            later = partial(self.open_bundle, path)
            self.views_built.connect(later, Qt.ConnectionType.SingleShotConnection)
            return
        self.session.handing.take_in(path)

    def _actions(self) -> dict[str, Action]:
        steering, run_bar = self.session.steering, self.column.run_bar
        tabs = {f"show_{tab.name.lower()}": partial(self._show_tab, tab) for tab in Tab}
        return tabs | {
            "train": steering.train,
            "stop": steering.stop,
            "start_over": steering.start_over,
            "press_train": run_bar.press_train,
            "press_step": run_bar.press_step,
            "show_draw": self._show_draw,
            "open_library": self.desk.open_library,
            "previous_lesson": self.lessons.take_previous,
            "next_lesson": self.lessons.take_next,
            "show_start": self._show_start,
            "toggle_theme": self._switch.toggle,
            "present": self._present,
            "show_help": self._show_help,
        }

    def _lay_out(self) -> None:
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self.tabs)
        self._middle.setContentsMargins(12, 4, 12, 12)
        self._middle.setSpacing(8)
        self._middle.addWidget(self.notice)
        self._middle.addWidget(self.lesson_line)
        self._middle.addWidget(self._pages, 1)
        self.setCentralWidget(frame(self.top_bar, self.column, self._middle, self.runs))

    def _connect(self) -> None:
        self._switch.changed.connect(self._set_theme)
        FileTarget(self, [BUNDLE_ENDING]).dropped.connect(self.open_bundle)
        self.top_bar.home_requested.connect(self._show_start)
        self.lessons.taken.connect(lambda: self._pages.setCurrentWidget(self.tabs))
        self.lessons.lesson_changed.connect(self._show_line)
        self._pages.currentChanged.connect(self._show_line)
        self.start_page.lesson_chosen.connect(self.lessons.take)
        self.top_bar.theme_toggled.connect(self._switch.toggle)
        self.top_bar.help_requested.connect(self._show_help)
        self.column.experiment_changed.connect(self.top_bar.show_experiment)
        self.start_page.draw_chosen.connect(self._open_draw_door)
        self.start_page.train_chosen.connect(self._open_train_door)

    def _connect_session(self) -> None:
        self.start_page.past_chosen.connect(self.session.open_newest_run)
        # The Lesson tab shows a run as well as its own.
        self.session.steering.run_started.connect(
            lambda: self._show_tab(
                Tab.LESSON if self.tabs.currentIndex() == Tab.LESSON else Tab.TRAIN
            )
        )
        self.session.run_about_to_open.connect(lambda: self.top_bar.set_origin(None))
        self.session.run_opened.connect(lambda: self._show_tab(Tab.TRAIN))
        self.session.runs_listed.connect(lambda n: self.start_page.set_has_past(n > 0))
        self.desk.open_requested.connect(self.session.open_run)

    def _take_settings(self, settings: Settings) -> None:
        names = {lesson.name: lesson for lesson in LESSONS}
        self.top_bar.set_origin(names.get(settings.lesson or ""))
        self.column.set_experiment(settings.experiment or find_lesson("mnist").experiment)
        if not restore_geometry(self):
            self.resize(*_USUAL)
        if self._is_first_launch:
            self._show_start()
            self.start_page.take_focus()
        else:
            self._pages.setCurrentWidget(self.tabs)
            self.column.run_bar.take_focus()

    @Slot()
    def _build(self) -> None:
        if self._is_closed:
            return
        # All of it takes as long to import as the first paint takes already.
        from aegui.ui.run_desk import RunDesk
        from aegui.ui.session import Session

        self.session = Session(self.column, self.runs, self.notice, self)
        self.desk = RunDesk(self.session.shelf, self.runs, self._switch.theme, self)
        self._switch.changed.connect(self.desk.set_theme)
        self._keys = Keys(self, self._actions())
        self._connect_session()
        self._build_views()
        self.column.dataset.ask_for_preview()
        self.views_built.emit()

    def _build_views(self) -> None:
        from aegui.ui.looking import Looking
        from aegui.ui.presenter import Presenter

        tabs, session = self.tabs, self.session
        tabs.build(self._switch)
        self._fit()
        self.presenter = Presenter(tabs.train_view, tabs.gallery_view, self)
        self._looking = Looking(
            tabs.gallery_view, tabs.draw_view, tabs.errors_view, tabs.latent_view,
            self.presenter, session.controller, self.notice, self,
        )  # fmt: skip
        self.drawing = self._looking.drawing
        self._looking.draw_requested.connect(self._show_draw)
        session.compare_in(tabs.compare_view)
        session.start(self.presenter, self._looking, tabs.train_view)
        session.start_latent(tabs.latent_view, tabs.draw_view)
        session.start_sweeps(tabs.sweep_view)
        lesson_runs = session.start_lessons(tabs.lesson_view, self.lesson_line)
        self.lessons.lesson_changed.connect(lesson_runs.take_lesson)
        lesson_runs.take_lesson(self.lessons.lesson)

    def _fit(self) -> None:
        self.runs.set_narrow(self.width() < _ROOMY_WIDTH)
        if self.is_built:
            self.tabs.train_view.set_compact(
                self._presentation.is_on or self.height() < _ROOMY_HEIGHT
            )

    @Slot(Theme)
    def _set_theme(self, theme: Theme) -> None:
        parts = (self.top_bar, self.column, self.runs, self.notice, self.start_page)
        for part in (*parts, self.lesson_line):
            part.set_theme(theme)

    @Slot()
    def _present(self) -> None:
        self._presentation.toggle()
        self._fit()

    @Slot()
    def _show_line(self) -> None:
        """Show the lesson's line above the tabs; the first page has the lessons itself."""
        is_told = self.lessons.lesson is not None
        self.lesson_line.setVisible(is_told and self._pages.currentWidget() is self.tabs)

    @Slot()
    def _open_draw_door(self) -> None:
        if not self.is_built:
            self.views_built.connect(self._open_draw_door, Qt.ConnectionType.SingleShotConnection)
            return
        self.drawing.use_pretrained()
        self._show_draw()

    @Slot()
    def _open_train_door(self) -> None:
        self.lessons.take(find_lesson("mnist"))
        self._show_tab(Tab.TRAIN)

    @Slot()
    def _show_start(self) -> None:
        self._pages.setCurrentWidget(self.start_page)

    @Slot()
    def _show_draw(self) -> None:
        self._show_tab(Tab.DRAW)
        if self.is_built:
            self.tabs.draw_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_tab(self, tab: Tab) -> None:
        self._pages.setCurrentWidget(self.tabs)
        self.tabs.setCurrentIndex(tab)

    @Slot()
    def _show_help(self) -> None:
        HelpDialog(keys_in_words(), self).exec()
