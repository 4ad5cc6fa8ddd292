"""The main window: panels at the left, tabs in the middle, kept runs at the right."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from aegui.places import settings_file
from aegui.specs import ExperimentSpec, find_lesson
from aegui.ui.complaints import Complaints
from aegui.ui.frame import frame
from aegui.ui.handing.incoming import Incoming
from aegui.ui.help_dialog import HelpDialog
from aegui.ui.keys import Action, Keys, keys_in_words
from aegui.ui.left_column import LeftColumn
from aegui.ui.lessons.lesson_desk import LessonDesk
from aegui.ui.middle import Middle
from aegui.ui.presentation import Presentation
from aegui.ui.runs.runs_column import RunsColumn
from aegui.ui.settings import Settings, restore_geometry, save_geometry, write_settings
from aegui.ui.tabs import Tab
from aegui.ui.theme import Theme, ThemeSwitch
from aegui.ui.top_bar import TopBar

if TYPE_CHECKING:
    from aegui.ui.runs.run_desk import RunDesk
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
        self.middle = Middle()
        self.notice, self.tabs = self.middle.notice, self.middle.tabs
        self.lesson_line, self.start_page = self.middle.lesson_line, self.middle.start_page
        self.lessons = LessonDesk(self.top_bar, self.column, self.lesson_line, self)
        self.incoming = Incoming(self, self.column)
        self._presentation = Presentation(switch, self.column, self.runs, self.middle)
        self.complaints = Complaints(self, self.lessons.own_files)
        self._is_painted = False
        self._is_closed = False
        self._has_ended = True

        self.setCentralWidget(frame(self.top_bar, self.column, self.middle, self.runs))
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
        self._keep_settings()
        save_geometry(self)
        self.incoming.close()
        if self.is_built:
            self.desk.close()
            self._has_ended = self.session.close()
        event.accept()
        self.closed.emit()

    def _actions(self) -> dict[str, Action]:
        steering, run_bar = self.session.steering, self.column.run_bar
        tabs = {f"show_{tab.name.lower()}": partial(self.middle.show_tab, tab) for tab in Tab}
        return tabs | {
            "train": steering.train,
            "stop": steering.stop,
            "start_over": steering.start_over,
            "press_train": run_bar.press_train,
            "press_step": run_bar.press_step,
            "show_draw": self.middle.show_draw,
            "open_library": self.desk.open_library,
            "open_data": self.incoming.ask_file,
            "previous_lesson": self.lessons.take_previous,
            "next_lesson": self.lessons.take_next,
            "show_start": self.middle.show_start,
            "toggle_theme": self._switch.toggle,
            "present": self._present,
            "show_help": self._show_help,
        }

    def _connect(self) -> None:
        self._switch.changed.connect(self._set_theme)
        self.top_bar.home_requested.connect(self.middle.show_start)
        self.lessons.taken.connect(self.middle.show_tabs)
        self.lessons.lesson_changed.connect(self.middle.take_lesson)
        # Not at the close alone: a program that is killed must not lose a person's settings.
        self.lessons.own_changed.connect(self._keep_settings)
        self.start_page.lesson_chosen.connect(self.lessons.take)
        self.top_bar.theme_toggled.connect(self._switch.toggle)
        self.top_bar.help_requested.connect(self._show_help)
        self.column.experiment_changed.connect(self.top_bar.show_experiment)
        self.start_page.draw_chosen.connect(self._open_draw_door)
        self.start_page.train_chosen.connect(self._open_train_door)
        self.start_page.data_chosen.connect(self.incoming.ask_file)
        self.start_page.folder_chosen.connect(self.incoming.ask_folder)
        self.incoming.data_taken.connect(self._take_data)
        self.notice.report_requested.connect(self.complaints.copy)

    def _connect_session(self) -> None:
        self.start_page.past_chosen.connect(self.session.open_newest_run)
        self.session.steering.run_started.connect(self.middle.show_run)
        self.session.run_about_to_open.connect(lambda: self.top_bar.set_origin(None))
        self.session.run_opened.connect(lambda: self.middle.show_tab(Tab.TRAIN))
        self.session.runs_listed.connect(lambda n: self.start_page.set_has_past(n > 0))
        self.desk.open_requested.connect(self.session.open_run)

    @Slot()
    def _keep_settings(self) -> None:
        write_settings(settings_file(), self.lessons.settings(self._switch.choice))

    def _take_settings(self, settings: Settings) -> None:
        self.lessons.restore(settings)
        if not restore_geometry(self):
            self.resize(*_USUAL)
        if self._is_first_launch:
            self.middle.show_start()
            self.start_page.take_focus()
        else:
            self.middle.show_tabs()
            self.column.run_bar.take_focus()

    @Slot()
    def _build(self) -> None:
        if self._is_closed:
            return
        # All of it takes as long to import as the first paint takes already.
        from aegui.ui.runs.run_desk import RunDesk
        from aegui.ui.session import Session

        self.session = Session(self.column, self.runs, self.notice, self)
        self.desk = RunDesk(self.session.shelf, self.runs, self._switch.theme, self)
        self._switch.changed.connect(self.desk.set_theme)
        self._keys = Keys(self, self._actions())
        self._connect_session()
        self._build_views()
        self.column.dataset.ask_for_preview()
        self.views_built.emit()
        self.incoming.start(self.session.handing)

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
        self._looking.draw_requested.connect(self.middle.show_draw)
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
        for part in (self.top_bar, self.column, self.runs, self.middle):
            part.set_theme(theme)

    @Slot()
    def _present(self) -> None:
        self._presentation.toggle()
        self._fit()

    @Slot()
    def _open_draw_door(self) -> None:
        if not self.is_built:
            self.views_built.connect(self._open_draw_door, Qt.ConnectionType.SingleShotConnection)
            return
        self.drawing.use_pretrained()
        self.middle.show_draw()

    @Slot()
    def _open_train_door(self) -> None:
        self.lessons.take(find_lesson("mnist"))
        self.middle.show_tab(Tab.TRAIN)

    @Slot(ExperimentSpec)
    def _take_data(self, experiment: ExperimentSpec) -> None:
        self.lessons.take_experiment(experiment)
        self.middle.show_tab(Tab.TRAIN)

    @Slot()
    def _show_help(self) -> None:
        HelpDialog(keys_in_words(), self).exec()
