"""Which lesson the panels hold: choosing one, going on to the next, and the way back."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from aegui.specs import LESSONS, ExperimentSpec, FileSpec, Lesson, find_lesson
from aegui.ui.left_column import LeftColumn
from aegui.ui.lessons.lesson_line import LessonLine
from aegui.ui.settings import Held, Settings
from aegui.ui.top_bar import TopBar

_BY_NAME = {lesson.name: lesson for lesson in LESSONS}
_NAMES = list(_BY_NAME)
_MOST = 50
# What the panels hold at the first launch.
_FIRST = find_lesson("mnist")


class LessonDesk(QObject):
    """Puts lessons into the panels and keeps what a person had there before.

    ``lesson_changed`` brings the lesson that the panels began with, or None; ``own_changed`` tells
    that there is more, or less, to go back to.
    """

    taken = Signal(Lesson)
    lesson_changed = Signal(object)
    own_changed = Signal()

    def __init__(
        self, top_bar: TopBar, column: LeftColumn, line: LessonLine, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._top_bar, self._column, self._line = top_bar, column, line
        self._own: tuple[Held, ...] = ()

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

    def settings(self, theme: str) -> Settings:
        """Return what the window is to remember: what the panels hold, and the way back."""
        held = self._held
        return Settings(theme=theme, experiment=held.experiment, lesson=held.lesson, own=self._own)

    def own_files(self) -> list[Path]:
        """Return a person's own files of data in what the panels hold, and in the way back."""
        datasets = [held.experiment.dataset for held in (*self._own, self._held)]
        return [Path(dataset.path) for dataset in datasets if isinstance(dataset, FileSpec)]

    def restore(self, settings: Settings) -> None:
        """Take up where an earlier window was left; a lesson that is no longer there is none."""
        self._own = settings.own[-_MOST:]
        experiment = settings.experiment or _FIRST.experiment
        self._put_held(Held(experiment=experiment, lesson=settings.lesson))

    @Slot(Lesson)
    def take(self, lesson: Lesson) -> None:
        """Put a lesson into the panels; what a person had changed there can be had back."""
        self._take(lesson.experiment, lesson)
        self.taken.emit(lesson)

    @Slot(ExperimentSpec)
    def take_experiment(self, experiment: ExperimentSpec) -> None:
        """Put an experiment that is no lesson into the panels, with the same way back."""
        self._take(experiment, None)

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
        *own, newest = self._own
        self._own = tuple(own)
        self._put_held(newest)
        self.own_changed.emit()

    @property
    def _held(self) -> Held:
        lesson = self.lesson
        return Held(experiment=self._column.experiment(), lesson=lesson.name if lesson else None)

    def _put_held(self, held: Held) -> None:
        self._put(held.experiment, _BY_NAME.get(held.lesson or ""))

    def _put(self, experiment: ExperimentSpec, origin: Lesson | None) -> None:
        self._top_bar.offer_own(bool(self._own))
        self._top_bar.set_origin(origin)
        self._column.set_experiment(experiment)

    def _step(self, by: int) -> None:
        lesson = self.lesson
        place = by - 1 if lesson is None else _NAMES.index(lesson.name) + by
        if 0 <= place < len(LESSONS):
            self.take(LESSONS[place])

    def _take(self, experiment: ExperimentSpec, lesson: Lesson | None) -> None:
        before = self._own
        self._keep_own(experiment)
        self._put(experiment, lesson)
        if self._own != before:
            self.own_changed.emit()

    def _keep_own(self, coming: ExperimentSpec) -> None:
        held, origin = self._held, self.lesson
        is_a_lessons = origin is not None and origin.experiment == held.experiment
        if not is_a_lessons and held.experiment != coming:
            others = tuple(own for own in self._own if own.experiment != held.experiment)
            self._own = (*others[1 - _MOST :], held)

    @Slot(object)
    def _follow_origin(self, origin: Lesson | None) -> None:
        if origin is not None:
            self._line.show_lesson(origin)
        self.lesson_changed.emit(origin)
