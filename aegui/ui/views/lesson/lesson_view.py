"""The Lesson tab: the figures of the lesson that the panels began with."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from aegui.analysis.lessons import Study
from aegui.records.figures import Figure
from aegui.specs import Lesson, parts_of
from aegui.ui.forms import label
from aegui.ui.segments import Segments
from aegui.ui.theme import Theme
from aegui.ui.views.lesson.figure_view import FigureView

_NO_LESSON = "Choose a lesson at the top left; its figure is drawn here from your own runs."
_OF_ONE_RUN = "Press Train. The figure of this lesson is drawn from the run, epoch by epoch."
_OF_A_SWEEP = (
    "Press Run this lesson. It trains {count} models, one after the other, and the figure grows "
    "with each of them."
)


class LessonView(QWidget):
    """One figure at a time, with buttons for the others and switches for its ways to count."""

    run_requested = Signal()
    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lesson: Lesson | None = None
        self._figures: tuple[Figure, ...] = ()
        self._name = ""
        self._chosen: list[str] = []
        self._names = Segments()
        self._names.setAccessibleName("Figure")
        self._switches = [Segments(), Segments()]
        self._progress = label("", "muted")
        self._run = QPushButton("Run this lesson")
        self._run.setProperty("role", "primary")
        self._cancel = QPushButton("Cancel")
        self._figure = FigureView()
        self._empty = label(_NO_LESSON, "empty", wrap=True)
        self._stack = QStackedWidget()

        self._lay_out()

        self._names.chosen.connect(self._choose_figure)
        for switch in self._switches:
            switch.chosen.connect(self._choose_way)
        self._run.clicked.connect(self.run_requested)
        self._cancel.clicked.connect(self.cancel_requested)
        self.show_lesson(None)

    @property
    def figure(self) -> FigureView:
        """The figure in view."""
        return self._figure

    @property
    def names(self) -> Segments:
        """The buttons of the figures."""
        return self._names

    @property
    def switches(self) -> list[Segments]:
        """The switches of the figure in view; those without words are hidden."""
        return self._switches

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._figure.set_theme(theme)

    def show_lesson(self, lesson: Lesson | None) -> None:
        """Take a lesson whose figures are still to come."""
        self._lesson = lesson
        self._figures, self._name, self._chosen = (), "", []
        self._run.setVisible(lesson is not None and lesson.sweep is not None)
        self._cancel.hide()
        self._say("")
        if lesson is None:
            self._empty.setText(_NO_LESSON)
        elif lesson.sweep is None:
            self._empty.setText(_OF_ONE_RUN)
        else:
            count = sum(sweep.trial_count for sweep in parts_of(lesson).values())
            self._empty.setText(_OF_A_SWEEP.format(count=count))
        self._show()

    def show_study(self, study: Study) -> None:
        """Show the lesson's figures as they are by now; the one in view stays in view."""
        self._figures = () if all(f.is_empty for f in study.figures) else study.figures
        self._show()

    def show_progress(self, text: str, sweeps_to_come: int) -> None:
        """Say how far the lesson's runs are."""
        more = f" · then {sweeps_to_come} more part{'s' * (sweeps_to_come > 1)}"
        self._say(text + (more if sweeps_to_come else ""))

    def set_active(self, is_active: bool) -> None:
        """Show that the lesson's runs are under way, or over."""
        is_sweep = self._lesson is not None and self._lesson.sweep is not None
        self._run.setVisible(is_sweep and not is_active)
        self._cancel.setVisible(is_active)
        if not is_active:
            self._say("")

    def set_blocked(self, why: str) -> None:
        """Keep the lesson from being run, saying why; an empty text lets it."""
        self._run.setEnabled(not why)
        self._run.setToolTip(why)

    def _say(self, progress: str) -> None:
        # Empty, it would keep a line of its own.
        self._progress.setText(progress)
        self._progress.setVisible(bool(progress))

    @Slot(int)
    def _choose_figure(self, place: int) -> None:
        self._name = list(self._titles())[place]
        self._show()

    @Slot(int)
    def _choose_way(self, _place: int) -> None:
        self._chosen = [
            switch.buttons[switch.place].text() for switch in self._switches if switch.place >= 0
        ]
        self._show()

    def _titles(self) -> dict[str, str]:
        return {figure.name: figure.title for figure in self._figures}

    def _show(self) -> None:
        titles = self._titles()
        self._stack.setCurrentIndex(1 if titles else 0)
        self._names.set_words(tuple(titles.values()) if titles else ())
        if not titles:
            self._show_switches([])
            return
        if self._name not in titles:
            self._name = next(iter(titles))
        self._names.choose(list(titles).index(self._name))
        same = [figure for figure in self._figures if figure.name == self._name]
        figure = next((f for f in same if list(f.choices) == self._chosen), same[0])
        self._show_switches(same)
        self._chosen = list(figure.choices)
        for switch, way in zip(self._switches, figure.choices, strict=False):
            switch.choose([button.text() for button in switch.buttons].index(way))
        self._figure.show_figure(figure)

    def _show_switches(self, same: list[Figure]) -> None:
        for place, switch in enumerate(self._switches):
            ways = dict.fromkeys(f.choices[place] for f in same if place < len(f.choices))
            switch.set_words(tuple(ways))
            switch.setVisible(bool(ways))

    def _lay_out(self) -> None:
        names = QHBoxLayout()
        names.addWidget(self._names)
        names.addStretch(1)
        names.addWidget(self._cancel)
        names.addWidget(self._run)
        ways = QHBoxLayout()
        ways.setSpacing(16)
        for switch in self._switches:
            ways.addWidget(switch)
        ways.addStretch(1)
        ways.addWidget(self._progress)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._figure)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(names)
        column.addLayout(ways)
        column.addWidget(self._stack, 1)
