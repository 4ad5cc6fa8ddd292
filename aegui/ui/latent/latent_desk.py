"""What the Latent tab is told: maps of the codes, as models come along."""

import time

from PySide6.QtCore import QObject, QTimer, Slot

from aegui.analysis.chart import Chart, draw_chart
from aegui.analysis.latent_map import LatentMap
from aegui.data import Dataset
from aegui.runs import StoredRun
from aegui.specs import ExperimentSpec, stages
from aegui.ui.latent.latent_hands import LatentHands
from aegui.ui.latent.latent_search import LatentSearch
from aegui.ui.latent.layers_desk import LayersDesk
from aegui.ui.latent.live_map import LiveMap
from aegui.ui.latent.motion import wants_motion
from aegui.ui.notice import Notice
from aegui.ui.presenter import Presenter
from aegui.ui.shown import Shown
from aegui.ui.views.latent.latent_view import LatentView
from aegui.ui.views.latent.map_choice import FIT, TSNE, UNITS
from aegui.ui.views.text import grouped
from aegui.ui.workers.pretrained import read_pretrained
from aegui.ui.workers.stored_model import StoredModel
from aegui.ui.workers.tasks import TaskThread

MOST = 10_000
"""Test rows on the map."""


class LatentDesk(QObject):
    """Draws maps off the GUI thread, while somebody looks; ``hands`` answers what hands ask."""

    def __init__(
        self, view: LatentView, presenter: Presenter, notice: Notice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._view, self._notice = view, notice
        self._shown: Shown | None = None
        self._drawn: Shown | None = None
        self._charted: Shown | None = None
        self._searched: Shown | None = None
        self._chart: Chart | None = None
        self._is_drawing = False
        self._moves = True
        self._epoch_began, self._epoch_seconds = time.monotonic(), 0.0
        self._not_before, self._drawing_seconds = 0.0, 0.0
        self._tasks = TaskThread(self)
        self.hands = LatentHands(view, notice, self)
        self._search = LatentSearch(self)
        self._layers = LayersDesk(view, self._tasks, notice, self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)

        presenter.began.connect(self._begin)
        presenter.shown.connect(self._take)
        presenter.ended_without_model.connect(self._lose)
        view.looked_at.connect(self._draw)
        view.choice.changed.connect(self._follow_choice)
        view.choice.cancel_requested.connect(self._call_off)
        view.empty.button.clicked.connect(self._ask_pretrained)
        self._search.progressed.connect(view.choice.show_progress)
        self._search.found.connect(self._take_search)
        self._search.failed.connect(self._lack_search)
        self._later.timeout.connect(self._draw)
        self._tasks.submit("motion", wants_motion, self._take_motion, notice.say)

    @Slot()
    def close(self) -> None:
        """Call everything off and wait for the threads."""
        self._search.close()
        self.hands.close()
        self._tasks.close()

    @Slot(ExperimentSpec, Dataset)
    def _begin(self, experiment: ExperimentSpec, dataset: Dataset) -> None:
        """Forget the last run: what is under way for it is not shown any more."""
        self._tasks.forget("map")
        self._tasks.forget("pretrained")
        self._end_search()
        self._shown = self._drawn = self._searched = self._chart = None
        self._is_drawing = False
        self._not_before = 0.0
        self._epoch_began = time.monotonic()
        self.hands.forget()
        self._layers.forget()
        architecture = experiment.architecture
        rows = min(len(dataset.test), MOST)
        self._view.start(
            dataset, rows, architecture.code.width, is_variational=architecture.is_variational
        )

    @Slot(Shown)
    def _take(self, shown: Shown) -> None:
        now = time.monotonic()
        self._epoch_began, self._epoch_seconds = now, now - self._epoch_began
        self._shown = shown
        self._draw()
        self._layers.take(shown)

    @Slot()
    def _draw(self) -> None:
        """Draw the map of the newest model, unless nobody looks or it is there already."""
        shown = self._shown
        if shown is None or shown is self._drawn or self._is_drawing or not self._view.isVisible():
            return
        if shown.is_live and self._view.shows_layers:
            # Both at once would take from the training twice what each may.
            return
        if self._is_searched and not self._is_outdated:
            return
        wait = self._not_before - time.monotonic()
        if shown.is_live and wait > 0:
            self._later.start(round(1000 * wait) + 1)
            return
        self._is_drawing, self._drawn = True, shown
        pair, like = self._view.choice.pair, shown.run.plane
        self._tasks.submit(
            "map", lambda: _draw_timed(shown, pair, like), self._take_chart, self._fail
        )

    def _take_chart(self, timed: tuple[Chart, float]) -> None:
        chart, self._drawing_seconds = timed
        self._is_drawing = False
        shown = self._drawn
        if shown is None:
            return
        if isinstance(chart.plane, LatentMap) and self._view.choice.kind != UNITS:
            shown.run.plane = chart.plane
        if not self._is_searched:
            self._show(chart, shown)
        if self._view.choice.kind == TSNE and (self._is_outdated or not self._search.is_wanted):
            self._start_search(chart, shown)
        self._draw()

    def _show(self, chart: Chart, shown: Shown) -> None:
        live = LiveMap(self._drawing_seconds, self._view.plot.paint_seconds, self._epoch_seconds)
        glide = live.glide if self._moves and shown.is_live else 0.0
        self._not_before = time.monotonic() + live.rest(glide)
        self._chart, self._charted = chart, shown
        experiment = shown.experiment
        found = stages(experiment.architecture, experiment.dataset.row_shape).all
        self.hands.use(chart, tuple(stage.size for stage in found))
        self._view.show_chart(chart, _caption(chart, shown), glide)
        self.hands.ask_again()

    def _fail(self, why: str) -> None:
        self._is_drawing = False
        if self._chart is None:
            self._view.say_empty(is_waiting=False)
        self._notice.say(f"The map of the codes could not be drawn: {why}")

    @Slot()
    def _lose(self) -> None:
        """Wait no longer for a map of a run that left no model."""
        if self._shown is None:
            self._view.say_empty(is_waiting=False)

    @property
    def _is_searched(self) -> bool:
        """Whether a t-SNE map is shown, and is to be."""
        is_found = self._chart is not None and not isinstance(self._chart.plane, LatentMap)
        return is_found and self._view.choice.kind == TSNE

    @property
    def _is_outdated(self) -> bool:
        """Whether the run is over since the t-SNE map that is shown was searched for."""
        shown = self._shown
        is_last = shown is not None and not shown.is_live
        return self._is_searched and is_last and shown is not self._searched

    @Slot()
    def _follow_choice(self) -> None:
        self._end_search()
        if self._chart is None:
            return
        if self._view.choice.kind == TSNE and self._charted is not None:
            self._start_search(self._chart, self._charted)
        else:
            self._drawn = None
            self._not_before = 0.0
            self._tasks.forget("map")
            self._is_drawing = False
            self._draw()

    def _start_search(self, chart: Chart, shown: Shown) -> None:
        self._view.choice.show_progress(0.0)
        self._search.start(chart, shown)

    def _end_search(self) -> None:
        self._search.end()
        self._view.choice.show_progress(None)

    @Slot()
    def _call_off(self) -> None:
        self._view.choice.choose(FIT)

    @Slot(Chart, Shown)
    def _take_search(self, chart: Chart, shown: Shown) -> None:
        self._view.choice.show_progress(None)
        self._searched = shown
        self._show(chart, shown)
        if self._is_outdated:
            self._drawn = None
            self._draw()

    @Slot(str)
    def _lack_search(self, why: str) -> None:
        self._view.choice.show_progress(None)
        self._notice.say(why)
        self._view.choice.choose(FIT)

    @Slot()
    def _ask_pretrained(self) -> None:
        self._view.say_empty(is_waiting=True)
        self._tasks.submit("pretrained", read_pretrained, self._take_pretrained, self._lack)

    def _take_pretrained(self, read: tuple[StoredRun, Dataset]) -> None:
        run, dataset = read
        experiment, epoch = run.card.experiment, run.card.history.kept.epoch
        self._begin(experiment, dataset)
        model = StoredModel(run)
        self._take(Shown(experiment, dataset, model, run.row_errors, epoch, is_live=False))

    def _lack(self, why: str) -> None:
        self._view.say_empty(is_waiting=False)
        self._notice.say(why)

    def _take_motion(self, wanted: bool) -> None:
        self._moves = wanted


def _caption(chart: Chart, shown: Shown) -> str:
    rows = f"{grouped(len(chart.codes))} test {shown.dataset.noun}s"
    return f"{chart.plane.caption} · {rows} · epoch {shown.epoch}"


def _draw_timed(
    shown: Shown, pair: tuple[int, int] | None, like: LatentMap | None
) -> tuple[Chart, float]:
    """Return a model's map and the seconds that it took."""
    began = time.perf_counter()
    labels = shown.dataset.test_labels
    rows = shown.dataset.test[:MOST]
    chart = draw_chart(shown.model, rows, None if labels is None else labels[:MOST], pair, like)
    return chart, time.perf_counter() - began
