"""What stands between the side columns: news, the lesson's line, the first page or the tabs."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from aegui.ui.lessons.lesson_line import LessonLine
from aegui.ui.notice import Notice
from aegui.ui.start_page import StartPage
from aegui.ui.tabs import Tab, Tabs
from aegui.ui.theme import Theme


class Middle(QVBoxLayout):
    """Shows the first page or one of the tabs."""

    def __init__(self) -> None:
        super().__init__()
        self.notice = Notice()
        self.lesson_line = LessonLine()
        self.start_page = StartPage()
        self.tabs = Tabs()
        self._has_lesson = False
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self.tabs)
        self.setContentsMargins(12, 4, 12, 12)
        self.setSpacing(8)
        self.addWidget(self.notice)
        self.addWidget(self.lesson_line)
        self.addWidget(self._pages, 1)
        self._pages.currentChanged.connect(self._show_line)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme; the tabs take theirs by themselves."""
        for part in (self.notice, self.lesson_line, self.start_page):
            part.set_theme(theme)

    @Slot(object)
    def take_lesson(self, lesson: object) -> None:
        """Show the lesson's line while there is a lesson."""
        self._has_lesson = lesson is not None
        self._show_line()

    @Slot()
    def show_start(self) -> None:
        """Show the first page."""
        self._pages.setCurrentWidget(self.start_page)

    @Slot()
    def show_tabs(self) -> None:
        """Show the tabs, whichever is chosen."""
        self._pages.setCurrentWidget(self.tabs)

    @Slot(Tab)
    def show_tab(self, tab: Tab) -> None:
        """Show one of the tabs."""
        self.show_tabs()
        self.tabs.setCurrentIndex(tab)

    @Slot()
    def show_draw(self) -> None:
        """Show the Draw tab and give it the keyboard."""
        self.show_tab(Tab.DRAW)
        if self.tabs.is_built:
            self.tabs.draw_view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_run(self) -> None:
        """Show a run that begins: on the Lesson tab, which shows a run as well, or on Train."""
        is_lesson = self.tabs.currentIndex() == Tab.LESSON
        self.show_tab(Tab.LESSON if is_lesson else Tab.TRAIN)

    @Slot()
    def _show_line(self) -> None:
        """Show the lesson's line above the tabs; the first page has the lessons itself."""
        is_above_tabs = self._pages.currentWidget() is self.tabs
        self.lesson_line.setVisible(self._has_lesson and is_above_tabs)
