"""What "Inside the layers" is told: the weights of the newest model, and what excites its units."""

import time

from PySide6.QtCore import QObject, QTimer, Slot

from aegui.analysis.insides import UnitPictures, hear_units, look_inside
from aegui.ui.notice import Notice
from aegui.ui.shown import Shown
from aegui.ui.views.latent.latent_view import LatentView
from aegui.ui.workers.tasks import TaskThread

# While a model learns, looking inside takes no more than this share of the time.
_SHARE = 0.08
# And it listens to no more rows: to all of them, convolutions take two seconds.
_LIVE_ROWS = 1000


class LayersDesk(QObject):
    """Looks inside a model off the GUI thread, while somebody has the layers in view."""

    def __init__(
        self, view: LatentView, tasks: TaskThread, notice: Notice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._view, self._tasks, self._notice = view, tasks, notice
        self._shown: Shown | None = None
        self._seen: Shown | None = None
        self._is_looking = False
        self._not_before = 0.0
        self._later = QTimer(self)
        self._later.setSingleShot(True)

        self._later.timeout.connect(self._look)
        view.looked_at.connect(self._look)

    def forget(self) -> None:
        """Show nothing of the last run any more."""
        self._tasks.forget("layers")
        self._shown = self._seen = None
        self._is_looking = False
        self._not_before = 0.0

    def take(self, shown: Shown) -> None:
        """Look inside another model, if somebody wants to see it."""
        self._shown = shown
        self._look()

    @Slot()
    def _look(self) -> None:
        shown = self._shown
        if shown is None or shown is self._seen or self._is_looking or not self._view.shows_layers:
            return
        wait = self._not_before - time.monotonic()
        if shown.is_live and wait > 0:
            self._later.start(round(1000 * wait) + 1)
            return
        self._is_looking, self._seen = True, shown
        self._tasks.submit("layers", lambda: _layers_of(shown), self._show, self._fail)

    def _show(self, looked: tuple[tuple[UnitPictures, ...], float]) -> None:
        layers, seconds = looked
        self._is_looking = False
        self._not_before = time.monotonic() + seconds / _SHARE
        self._view.show_layers(layers)
        self._look()

    def _fail(self, why: str) -> None:
        self._is_looking = False
        self._notice.say(f"The inside of the layers cannot be shown: {why}")


def _layers_of(shown: Shown) -> tuple[tuple[UnitPictures, ...], float]:
    began = time.perf_counter()
    rows = shown.dataset.test[:_LIVE_ROWS] if shown.is_live else shown.dataset.test
    said = hear_units(shown.model.activations, rows)
    experiment = shown.experiment
    layers = look_inside(
        experiment.architecture, experiment.dataset.row_shape, shown.model.weights, said
    )
    return layers, time.perf_counter() - began
