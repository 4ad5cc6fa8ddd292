"""Which lesson the panels hold: choosing one, going on to the next, and the way back."""

from PySide6.QtCore import QObject, Signal, Slot

from aegui.specs import LESSONS, ExperimentSpec, Lesson
from aegui.ui.left_column import LeftColumn
from aegui.ui.lesson_line import LessonLine
from aegui.ui.top_bar import TopBar

_NAMES = [lesson.name for lesson in LESSONS]
_MOST = 50

_Own = tuple[ExperimentSpec, Lesson | None]


class LessonDesk(QObject):
    """Puts lessons into the panels and keeps what a person had there before.

    ``lesson_changed`` brings the lesson that the panels began with, or None.
    """

    taken = Signal(Lesson)
    lesson_changed = Signal(object)

    def __init__(
        self, top_bar: TopBar, column: LeftColumn, line: LessonLine, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._top_bar, self._column, self._line = top_bar, column, line
        self._own: list[_Own] = []

        top_bar.lesson_chosen.connect(self.take)
        top_bar.restore_requested.connect(self.take)
        top_bar.previous_requested.connect(self.take_previous)
        top_bar.next_requested.connect(self.take_next)
        top_bar.own_requested.connect(self.take_own_back)
        top_bar.origin_changed.connect(self._follow_origin)

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that the panels began with."""
        return self._top_bar.origin

    @Slot(Lesson)
    def take(self, lesson: Lesson) -> None:
        """Put a lesson into the panels; what a person had changed there can be had back."""
        self._keep_own(lesson.experiment)
        self._top_bar.set_origin(lesson)
        self._column.set_experiment(lesson.experiment)
        self.taken.emit(lesson)

    @Slot(ExperimentSpec)
    def take_experiment(self, experiment: ExperimentSpec) -> None:
        """Put an experiment that is no lesson into the panels, with the same way back."""
        self._keep_own(experiment)
        self._top_bar.set_origin(None)
        self._column.set_experiment(experiment)

    @Slot()
    def take_previous(self) -> None:
        """Go to the lesson before."""
        self._step(-1)

    @Slot()
    def take_next(self) -> None:
        """Go to the lesson after; the first one when the panels hold none."""
        self._step(1)

    @Slot()
    def take_own_back(self) -> None:
        """Put back what the panels held before a lesson took their place, the newest first."""
        if not self._own:
            return
        experiment, origin = self._own.pop()
        self._top_bar.offer_own(bool(self._own))
        self._top_bar.set_origin(origin)
        self._column.set_experiment(experiment)

    def _step(self, by: int) -> None:
        lesson = self.lesson
        place = by - 1 if lesson is None else _NAMES.index(lesson.name) + by
        if 0 <= place < len(LESSONS):
            self.take(LESSONS[place])

    def _keep_own(self, coming: ExperimentSpec) -> None:
        experiment, origin = self._column.experiment(), self.lesson
        is_a_lessons = origin is not None and origin.experiment == experiment
        if not is_a_lessons and experiment != coming:
            self._own = [own for own in self._own if own[0] != experiment][1 - _MOST :]
            self._own.append((experiment, origin))
            self._top_bar.offer_own(True)

    @Slot(object)
    def _follow_origin(self, origin: Lesson | None) -> None:
        if origin is not None:
            self._line.show_lesson(origin)
        self.lesson_changed.emit(origin)
