"""What a hand on the code's sliders asks for: a row to begin with, and what a code stands for."""

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from aegui.analysis.code_units import random_code
from aegui.analysis.latent_map import LatentMap
from aegui.records import FloatArray
from aegui.ui.latent.latent_questions import LatentQuestions
from aegui.ui.views.latent.latent_view import LatentView

_CODE, _DRAWN = "code", "drawn"


class CodeHands(QObject):
    """Knows which row the sliders began with, and keeps up with its code as a model learns."""

    asked = Signal()
    """Somebody's hand waits for an answer."""

    def __init__(self, view: LatentView, questions: LatentQuestions, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._sliders, self._questions = view, view.sliders, questions
        self._drawn: FloatArray | None = None
        # What the sliders began with: a test row, or else a row that was drawn.
        self._row: int | None = 0
        self._begun: FloatArray | None = None
        self._waits_for_drawn = False
        self._random = np.random.default_rng()

        self._sliders.code_changed.connect(self._take_code)
        self._sliders.row_requested.connect(self._take_row)
        self._sliders.drawn_requested.connect(self._take_drawn)
        self._sliders.random_requested.connect(self._draw_random)
        self._sliders.prior_requested.connect(self._draw_prior)

    def forget(self) -> None:
        """Begin with the first row of another run."""
        self._row, self._begun = 0, None
        self._waits_for_drawn = False
        self.offer_drawn()

    def take_drawn(self, row: FloatArray | None) -> None:
        """Take what is drawn on the Draw tab, (1, features), to begin with if that is wanted.

        None where nothing is drawn; sliders that began with a drawing go on from it.
        """
        self._drawn = row
        self.offer_drawn()

    def offer_drawn(self) -> None:
        """Offer what is drawn, where it is a row of these data."""
        fits = self._drawn is not None and self._drawn.shape[1] == self._view.features
        self._sliders.set_drawn_available(fits)

    def ask_again(self) -> None:
        """Take another map's code of the row that the sliders began with."""
        chart = self._questions.chart
        if self._begun is not None:
            self._ask_drawn(self._begun)
        if self._row is not None and chart is not None and len(chart.codes):
            self._follow_start(chart.codes[self._row])
        elif self._sliders.code is not None:
            self._take_code(self._sliders.code)

    def _follow_start(self, code: FloatArray) -> None:
        """Take the code, (k,) or (1, k), that the first row has now; turned sliders stay."""
        if self._sliders.code is None or not self._sliders.is_turned:
            self._sliders.show_code(code)
        else:
            self._sliders.set_start(code)
            self._take_code(self._sliders.code)

    @Slot(object)
    def _take_code(self, code: FloatArray) -> None:
        chart = self._questions.chart
        if chart is not None:
            show = self._sliders.show_decoded
            self._questions.ask(_CODE, chart.model.decode, code, lambda rows: show(rows[0]))
        self._mark(code)
        self.asked.emit()

    def _mark(self, code: FloatArray) -> None:
        """Mark on the map where the sliders' code lies; a map without a formula cannot tell."""
        chart = self._questions.chart
        if chart is None or not isinstance(chart.plane, LatentMap):
            self._view.plot.mark_code(None)
            return
        place = chart.plane.place(code)[0]
        if chart.plane.is_line:
            place[1] = self._view.plot.view_area.center().y()
        self._view.plot.mark_code(place)

    @Slot(int)
    def _take_row(self, number: int) -> None:
        chart = self._questions.chart
        if chart is not None and number < len(chart.codes):
            self._row, self._begun = number, None
            self._sliders.show_code(chart.codes[number])

    @Slot()
    def _take_drawn(self) -> None:
        if self._questions.chart is not None and self._drawn is not None:
            self._row, self._begun = None, self._drawn
            self._waits_for_drawn = True
            self._ask_drawn(self._drawn)

    def _ask_drawn(self, row: FloatArray) -> None:
        chart = self._questions.chart
        if chart is not None:
            show = partial(self._begin_with_drawn, row)
            self._questions.ask(_DRAWN, chart.model.encode, row, show)

    def _begin_with_drawn(self, row: FloatArray, codes: FloatArray) -> None:
        # Another row may have been taken while the model was asked.
        if row is not self._begun:
            return
        if self._waits_for_drawn:
            self._waits_for_drawn = False
            self._sliders.show_code(codes)
        else:
            self._follow_start(codes)

    @Slot()
    def _draw_random(self) -> None:
        chart = self._questions.chart
        if chart is not None and np.isfinite(chart.codes).all(axis=1).any():
            self._sliders.set_code(random_code(chart.codes, self._random))

    @Slot()
    def _draw_prior(self) -> None:
        chart = self._questions.chart
        if chart is not None:
            shape = (1, chart.codes.shape[1])
            self._sliders.set_code(self._random.standard_normal(shape, dtype=np.float32))
