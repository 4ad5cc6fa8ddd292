"""What the window does: runs, past runs, the pretrained model, lessons."""

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from aegui.control import RunState
from aegui.data import Dataset, preview_rows
from aegui.places import resource, runs_folder, sweeps_folder
from aegui.records import FloatArray, RunResult
from aegui.runs import Listing, read_run
from aegui.specs import DatasetSpec
from aegui.ui.handing.handing import Handing
from aegui.ui.left_column import LeftColumn
from aegui.ui.lessons.lesson_line import LessonLine
from aegui.ui.notice import Notice
from aegui.ui.opening import Opening
from aegui.ui.runs.run_controller import RunController
from aegui.ui.runs.runs_column import RunsColumn
from aegui.ui.runs.shelf import Shelf
from aegui.ui.runs.steering import Steering
from aegui.ui.workers.abandoning import until_called_off
from aegui.ui.workers.engine import EngineLoader
from aegui.ui.workers.tasks import TaskThread

if TYPE_CHECKING:
    # It brings in the views and with them pyqtgraph, which the first paint must not wait for.
    from aegui.ui.lessons.lesson_runs import LessonRuns
    from aegui.ui.looking import Looking
    from aegui.ui.presenter import Presenter
    from aegui.ui.views.compare.compare_view import CompareView
    from aegui.ui.views.draw.draw_view import DrawView
    from aegui.ui.views.latent.latent_view import LatentView
    from aegui.ui.views.lesson.lesson_view import LessonView
    from aegui.ui.views.sweep.sweep_view import SweepView
    from aegui.ui.views.train.train_view import TrainView


class Session(QObject):
    """Connects the panels and lists, which are there at once, to threads and views."""

    run_about_to_open = Signal()
    run_opened = Signal()
    runs_listed = Signal(int)

    def __init__(
        self, column: LeftColumn, runs: RunsColumn, notice: Notice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._column, self._runs, self._notice = column, runs, notice
        self._presenter: Presenter | None = None
        self._looking: Looking | None = None
        self.engine = EngineLoader(self)
        self.controller = RunController(self.engine.future, runs_folder(), self)
        self.steering = Steering(column, self.controller, notice, self)
        self._tasks = TaskThread(self)
        # A person's own file is read whole for it: the lists of runs need not wait so long.
        self._previews = TaskThread(self)
        self._is_closing = Event()
        roots = (runs_folder(), sweeps_folder())
        self.shelf = Shelf(roots, self._tasks, notice, self)
        self._opening = Opening(
            column, runs, self.shelf, self.controller, self.steering, self._tasks, notice, self
        )
        self._opening.about_to_open.connect(self.run_about_to_open)
        self._opening.opened.connect(self.run_opened)

        column.dataset.preview_requested.connect(self._preview)
        runs.run_chosen.connect(self.open_run)
        self.shelf.listed.connect(self._take_list)
        self.handing = Handing(self.shelf, self)
        self.handing.taken_in.connect(self.open_run)
        controller = self.controller
        controller.state_changed.connect(self._follow_state)
        controller.data_ready.connect(self._begin_run)
        controller.keeping_changed.connect(notice.say)
        controller.run_ended.connect(self._end_run)
        self.steering.run_started.connect(self._forget_shown)
        self.engine.ready.connect(self._take_engine)
        self.engine.failed.connect(notice.complain)
        self.engine.cannot_run.connect(notice.say)

    def start(self, presenter: "Presenter", looking: "Looking", view: "TrainView") -> None:
        """Begin once the window is painted: load the engine, the pretrained model, the runs."""
        from aegui.ui.doctor import Doctor
        from aegui.ui.errors.threshold_keeping import ThresholdKeeping
        from aegui.ui.yardsticks import Yardsticks

        self._presenter, self._looking = presenter, looking
        drawing = looking.drawing
        self._doctor = Doctor(view, self._column, self._notice, self._tasks, self)
        self._yardsticks = Yardsticks(view, self._notice, self._tasks, self)
        self._thresholds = ThresholdKeeping(looking.threshold, self.shelf, self)
        self._opening.show_in(presenter, self._doctor, self._yardsticks, self._thresholds)
        presenter.began.connect(self._thresholds.begin)
        self.controller.run_ended.connect(self._thresholds.take_end)
        self._yardsticks.kept.connect(self.shelf.refresh)
        self.controller.epoch_shown.connect(self._doctor.look_at_epoch)
        self.controller.resume_shown.connect(presenter.show_resumed)
        self.controller.chunk_shown.connect(presenter.show_chunk)
        self.controller.epoch_shown.connect(presenter.show_epoch)
        self.controller.history_changed.connect(presenter.show_history)
        self.controller.run_ended.connect(presenter.end_run)
        self.controller.run_ended.connect(self._doctor.look_at_end)
        self.controller.run_ended.connect(self._yardsticks.look_at_end)
        presenter.failed.connect(self._notice.complain)
        drawing.failed.connect(self._notice.complain)
        drawing.show_loading(not self.engine.is_ready)
        self._tasks.submit(
            "pretrained",
            lambda: read_run(resource("pretrained")),
            drawing.set_pretrained,
            self._no_pretrained,
        )
        self.shelf.open()
        self.engine.start()

    def compare_in(self, view: "CompareView") -> None:
        """Lay the ticked runs beside each other in a view."""
        from aegui.ui.comparison import Comparison

        self.comparison = Comparison(view, self.shelf, self._tasks, self._notice, self)

    def start_latent(self, view: "LatentView", draw: "DrawView") -> None:
        """Let the Latent tab look into the model that is shown; call ``start`` before."""
        from aegui.ui.latent.latent_desk import LatentDesk

        if self._presenter is not None:
            self.latent = LatentDesk(view, self._presenter, self._notice, self)
            hands = self.latent.hands
            draw.reconstruction_requested.connect(hands.take_drawn)
            draw.emptied.connect(hands.lose_drawn)
            hands.asked.connect(self.controller.give_way)
            hands.activated.connect(self._column.architecture.funnel.show_activations)

    def start_sweeps(self, view: "SweepView") -> None:
        """Let the Sweep tab start sweeps and open their runs."""
        from aegui.ui.sweeping import Sweeping

        self.sweeping = Sweeping(
            view, self._column, self.controller, self.engine.future, self._tasks, self._notice, self
        )
        self._opening.give_way_to(self.sweeping)
        view.run_chosen.connect(self.open_run)
        self.sweeping.ended.connect(self.shelf.refresh)

    def start_lessons(self, view: "LessonView", line: LessonLine) -> "LessonRuns":
        """Let the Lesson tab gather runs; return what is to be told of the lesson chosen."""
        from aegui.ui.lessons.lesson_runs import LessonRuns

        self._lessons = LessonRuns(
            view, line, self.controller, self.steering, self.sweeping, self._notice, self
        )
        return self._lessons

    def close(self) -> bool:
        """Stop everything and wait; return False if a compilation is still under way."""
        self._is_closing.set()
        self.steering.close()
        ended = self.controller.shut_down()
        if self._presenter is not None:
            ended = self.sweeping.close() and ended
            self._lessons.close()
            self.latent.close()
            self._presenter.close()
            self.comparison.close()
            self._thresholds.close()
        if self._looking is not None:
            self._looking.close()
        self._tasks.close()
        self._previews.close()
        self.shelf.close()
        return ended

    @Slot(Path)
    def open_run(self, folder: Path) -> None:
        """Read a past run and show it; one that was interrupted goes on instead."""
        self._opening.open_run(folder)

    def open_newest_run(self) -> None:
        """Open the newest run that came to its end, if there is one."""
        folders = [card.folder for card in self.shelf.cards if card.summary is not None]
        if folders:
            self.open_run(folders[0])

    @Slot(object)
    def _preview(self, spec: DatasetSpec) -> None:
        panel = self._column.dataset

        def show(rows: FloatArray | None) -> None:
            if rows is not None:
                panel.show_preview(rows)

        self._previews.submit(
            "preview",
            lambda: until_called_off(lambda: preview_rows(spec), self._is_closing),
            show,
            panel.show_preview_failed,
        )

    @Slot(Dataset)
    def _begin_run(self, dataset: Dataset) -> None:
        experiment = self.steering.experiment
        if self._presenter is not None and experiment is not None:
            self._presenter.start_run(experiment, dataset, self.steering.continuation)
            self._doctor.take_run(experiment, dataset)
            self._yardsticks.take_run(experiment, dataset)

    @Slot(RunResult)
    def _end_run(self, result: RunResult) -> None:
        if result.failure is not None:
            is_unforeseen = result.failure.is_unforeseen
            say = self._notice.complain if is_unforeseen else self._notice.say
            say(str(result.failure))
        if result.folder is not None:
            self._mark(result.folder)
        self.shelf.refresh()

    @Slot(RunState)
    def _follow_state(self, state: RunState) -> None:
        # The views belong to the run under way.
        self._runs.set_can_open(not state.is_active)

    @Slot()
    def _forget_shown(self) -> None:
        self._mark(None)

    def _mark(self, folder: Path | None) -> None:
        self._runs.mark(folder)

    @Slot()
    def _take_engine(self) -> None:
        if self._looking is not None:
            self._looking.drawing.show_loading(False)

    @Slot(Listing)
    def _take_list(self, listing: Listing) -> None:
        self.runs_listed.emit(sum(card.summary is not None for card in listing.cards))

    def _no_pretrained(self, why: str) -> None:
        if self._looking is not None:
            self._looking.drawing.use_pretrained()
        self._notice.say(f"There is no pretrained model to draw with: {why}")
