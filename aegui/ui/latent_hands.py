"""What a hand on the Latent tab asks for: places, pins, the way between them, sliders."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QRectF, Signal, Slot

from aegui.analysis.chart import Chart
from aegui.analysis.code_units import morph, random_code
from aegui.analysis.insides import summarise
from aegui.analysis.latent_map import LatentMap
from aegui.records import FloatArray
from aegui.ui.notice import Notice
from aegui.ui.views.latent_view import LatentView
from aegui.ui.views.morph_bar import STEPS
from aegui.ui.workers.inference import HOVER, Answer, InferenceThread

if TYPE_CHECKING:
    from collections.abc import Callable

_STRIP, _POINT, _BACKDROP = "strip", "morph", "backdrop"
_CODE, _DRAWN, _LIVE = "code", "drawn", "live"


class LatentHands(QObject):
    """Asks the model of the map that is shown, and tells the view; the latest wish wins.

    It has an inference thread to itself: a gallery's many rows would keep the pointer waiting.
    """

    asked = Signal()
    """Somebody's hand waits for an answer."""
    activated = Signal(object)
    """How active each stage is for the row under the pointer, (stages, cells), or None."""

    def __init__(self, view: LatentView, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._notice = view, notice
        self._chart: Chart | None = None
        self._ends: FloatArray = np.empty((0, 0), np.float32)
        self._share = 0.5
        self._drawn: FloatArray | None = None
        self._pointed_row: FloatArray | None = None
        self._row: int | None = 0
        self._random = np.random.default_rng()
        self._inference = InferenceThread(self)
        self._show: dict[str, Callable[[FloatArray, object], None]] = {
            HOVER: lambda rows, _: view.show_decoded(rows[0]),
            _STRIP: lambda rows, _: view.morph.show_strip(rows),
            _POINT: lambda rows, _: view.morph.show_point(rows[0]),
            _CODE: lambda rows, _: view.sliders.show_decoded(rows[0]),
            _DRAWN: lambda codes, _: view.sliders.show_code(codes),
            _BACKDROP: self._show_backdrop,
            _LIVE: self._tell_activations,
        }

        view.pointed.connect(self._point)
        view.row_pointed.connect(self._ask_activations)
        view.pins_changed.connect(self._take_pins)
        view.share_changed.connect(self._take_share)
        view.backdrop_wanted.connect(self._ask_backdrop)
        view.sliders.code_changed.connect(self._take_code)
        view.sliders.row_requested.connect(self._take_row)
        view.sliders.drawn_requested.connect(self._ask_drawn)
        view.sliders.random_requested.connect(self._draw_random)
        view.sliders.prior_requested.connect(self._draw_prior)
        self._inference.answered.connect(self._take_answer)
        self._inference.failed.connect(self._take_failure)
        self._inference.start()

    def close(self) -> None:
        """End the inference thread."""
        self._inference.close()

    @Slot(object)
    def take_drawn(self, row: FloatArray) -> None:
        """Take what is drawn on the Draw tab, (1, features), to begin with if that is wanted."""
        self._drawn = row
        self._offer_drawn()

    def forget(self) -> None:
        """Ask no model any more until there is another map."""
        self._chart = None
        self._ends = np.empty((0, 0), np.float32)
        self._row = 0
        self._offer_drawn()

    def use(self, chart: Chart) -> None:
        """Ask the model of another map from now on."""
        self._chart = chart
        self._offer_drawn()

    def ask_again(self, chart: Chart) -> None:
        """Ask about what was asked of the map before."""
        self._ask_code_again(chart)
        if len(self._view.plot.pins.places) == 2:
            self._take_pins(self._view.plot.pins.places)

    def _ask_code_again(self, chart: Chart) -> None:
        """Follow the test row that the sliders began with as it moves; turned, they stay."""
        sliders = self._view.sliders
        if self._row is not None and not sliders.is_turned and len(chart.codes):
            sliders.show_code(chart.codes[self._row])
        elif sliders.code is not None:
            self._take_code(sliders.code)

    @Slot(object)
    def _point(self, place: FloatArray) -> None:
        self._ask_places(HOVER, place)
        self.asked.emit()

    @Slot(object)
    def _ask_activations(self, row: FloatArray | None) -> None:
        chart, self._pointed_row = self._chart, row
        if chart is None or row is None:
            self.activated.emit(None)
            return
        self._inference.ask_for(
            _LIVE, lambda rows: summarise(rows, chart.model.activations(rows)), row, (chart, row)
        )

    def _tell_activations(self, cells: FloatArray, row: object) -> None:
        # The pointer may have left while the model was asked.
        if row is self._pointed_row:
            self.activated.emit(cells)

    @Slot(object, object)
    def _ask_backdrop(self, places: FloatArray, area: QRectF) -> None:
        self._ask_places(_BACKDROP, places, area)

    def _ask_places(self, channel: str, places: FloatArray, extra: object = None) -> None:
        chart = self._chart
        if chart is None:
            return
        # On the inference thread: the plane of a t-SNE map takes its time.
        self._inference.ask_for(
            channel,
            lambda p: chart.model.decode(chart.plane.decode_places(p)),
            places,
            (chart, extra),
        )

    def _ask_codes(self, channel: str, codes: FloatArray) -> None:
        chart = self._chart
        if chart is not None:
            self._inference.ask_decode(channel, chart.model, codes, (chart, None))

    @Slot(object)
    def _take_pins(self, places: FloatArray) -> None:
        if self._chart is None or len(places) < 2:
            self._ends = np.empty((0, 0), np.float32)
            return
        self._ends = self._chart.plane.decode_places(places)
        self._ask_codes(_STRIP, morph(self._ends[0], self._ends[1], STEPS))
        self._take_share(self._view.plot.pins.share)

    @Slot(float)
    def _take_share(self, share: float) -> None:
        if len(self._ends) == 2:
            start, end = self._ends
            self._ask_codes(_POINT, (start + share * (end - start)).reshape(1, -1))
            self.asked.emit()

    @Slot(object)
    def _take_code(self, code: FloatArray) -> None:
        self._ask_codes(_CODE, code)
        self._mark(code)
        self.asked.emit()

    def _mark(self, code: FloatArray) -> None:
        """Mark on the map where the sliders' code lies; a map without a formula cannot tell."""
        if self._chart is None or not isinstance(self._chart.plane, LatentMap):
            self._view.plot.mark_code(None)
            return
        place = self._chart.plane.place(code)[0]
        if self._chart.plane.is_line:
            place[1] = self._view.plot.view_area.center().y()
        self._view.plot.mark_code(place)

    @Slot(int)
    def _take_row(self, number: int) -> None:
        if self._chart is not None and number < len(self._chart.codes):
            self._row = number
            self._view.sliders.show_code(self._chart.codes[number])

    @Slot()
    def _ask_drawn(self) -> None:
        chart = self._chart
        if chart is not None and self._drawn is not None:
            self._row = None
            self._inference.ask_for(_DRAWN, chart.model.encode, self._drawn, (chart, None))

    @Slot()
    def _draw_random(self) -> None:
        if self._chart is not None and len(self._chart.codes):
            self._view.sliders.set_code(random_code(self._chart.codes, self._random))

    @Slot()
    def _draw_prior(self) -> None:
        if self._chart is not None:
            shape = (1, self._chart.codes.shape[1])
            self._view.sliders.set_code(self._random.standard_normal(shape, dtype=np.float32))

    def _offer_drawn(self) -> None:
        fits = self._drawn is not None and self._drawn.shape[1] == self._view.features
        self._view.sliders.set_drawn_available(fits)

    @Slot(Answer)
    def _take_answer(self, answer: Answer) -> None:
        ticket = answer.ticket
        if not isinstance(ticket, tuple):
            return
        chart, extra = ticket
        # What a model of another run said is passed over; one epoch's is as good as the next's.
        if self._chart is not None and chart.codes.shape[1:] == self._chart.codes.shape[1:]:
            self._show[answer.channel](answer.reconstructions, extra)

    def _show_backdrop(self, rows: FloatArray, area: object) -> None:
        if isinstance(area, QRectF):
            self._view.show_backdrop(rows, area)

    @Slot(str, str)
    def _take_failure(self, _channel: str, sentence: str) -> None:
        self._notice.say(sentence)
