"""What a hand on the Latent tab asks for: places, pins, the way between them."""

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QRectF, Signal, Slot

from aegui.analysis.chart import Chart
from aegui.analysis.code_units import morph
from aegui.analysis.insides import summarise
from aegui.records import FloatArray
from aegui.ui.latent.code_hands import CodeHands
from aegui.ui.latent.latent_questions import LatentQuestions, Show
from aegui.ui.notice import Notice
from aegui.ui.views.latent.latent_view import LatentView
from aegui.ui.views.latent.morph_bar import STEPS
from aegui.ui.workers.inference import HOVER

_STRIP, _POINT, _BACKDROP, _LIVE = "strip", "morph", "backdrop", "live"


class LatentHands(QObject):
    """Asks the model of the map that is shown, and tells the view; the latest wish wins."""

    asked = Signal()
    """Somebody's hand waits for an answer."""
    activated = Signal(object, object)
    """How active each stage is for the row under the pointer, (stages, cells), and the stages'
    sizes, a tuple; or None and no sizes."""

    def __init__(self, view: LatentView, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._ends: FloatArray = np.empty((0, 0), np.float32)
        self._pointed_row: FloatArray | None = None
        self._sizes: tuple[int, ...] = ()
        self._questions = LatentQuestions(notice, self)
        self._code = CodeHands(view, self._questions, self)

        view.pointed.connect(self._point)
        view.row_pointed.connect(self._ask_activations)
        view.map.pins_changed.connect(self._take_pins)
        view.map.share_changed.connect(self._take_share)
        view.map.backdrop_wanted.connect(self._ask_backdrop)
        self._code.asked.connect(self.asked)

    def close(self) -> None:
        """End the inference thread."""
        self._questions.close()

    @Slot(object)
    def take_drawn(self, row: FloatArray) -> None:
        """Take what is drawn on the Draw tab, (1, features), to begin with if that is wanted."""
        self._code.take_drawn(row)

    @Slot()
    def lose_drawn(self) -> None:
        """Know that nothing is drawn any more."""
        self._code.take_drawn(None)

    def forget(self) -> None:
        """Ask no model any more until there is another map, and pass over what was asked."""
        self._questions.forget()
        self._ends = np.empty((0, 0), np.float32)
        self._code.forget()

    def use(self, chart: Chart, sizes: tuple[int, ...]) -> None:
        """Ask the model of another map from now on; its stages have so many numbers each."""
        self._questions.chart, self._sizes = chart, sizes
        self._code.offer_drawn()

    def ask_again(self) -> None:
        """Ask about what was asked of the map before."""
        self._code.ask_again()
        if len(self._view.plot.pins.places) == 2:
            self._take_pins(self._view.plot.pins.places)

    @Slot(object)
    def _point(self, place: FloatArray) -> None:
        self._ask_places(HOVER, place, lambda rows: self._view.show_decoded(rows[0]))
        self.asked.emit()

    @Slot(object)
    def _ask_activations(self, row: FloatArray | None) -> None:
        chart, self._pointed_row = self._questions.chart, row
        if chart is None or row is None:
            self.activated.emit(None, ())
            return
        self._questions.ask(
            _LIVE,
            lambda rows: summarise(rows, chart.model.activations(rows)),
            row,
            partial(self._tell_activations, row),
        )

    def _tell_activations(self, row: FloatArray, cells: FloatArray) -> None:
        # The pointer may have left while the model was asked.
        if row is self._pointed_row:
            self.activated.emit(cells, self._sizes)

    @Slot(object, object)
    def _ask_backdrop(self, places: FloatArray, area: QRectF) -> None:
        self._ask_places(_BACKDROP, places, lambda rows: self._view.show_backdrop(rows, area))

    def _ask_places(self, channel: str, places: FloatArray, show: Show) -> None:
        chart = self._questions.chart
        if chart is None:
            return
        # On the inference thread: the plane of a t-SNE map takes its time.
        self._questions.ask(
            channel, lambda p: chart.model.decode(chart.plane.decode_places(p)), places, show
        )

    @Slot(object)
    def _take_pins(self, places: FloatArray) -> None:
        chart = self._questions.chart
        if chart is None or len(places) < 2:
            self._ends = np.empty((0, 0), np.float32)
            return
        self._ends = chart.plane.decode_places(places)
        strip = morph(self._ends[0], self._ends[1], STEPS)
        self._questions.ask(_STRIP, chart.model.decode, strip, self._view.morph.show_strip)
        self._take_share(self._view.plot.pins.share)

    @Slot(float)
    def _take_share(self, share: float) -> None:
        chart = self._questions.chart
        if chart is not None and len(self._ends) == 2:
            start, end = self._ends
            code = (start + share * (end - start)).reshape(1, -1)
            self._questions.ask(
                _POINT, chart.model.decode, code, lambda rows: self._view.morph.show_point(rows[0])
            )
            self.asked.emit()
