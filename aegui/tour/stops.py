"""The stops of the tour, one after the other; each leaves at least one picture."""

import csv
import tempfile
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt

from aegui.data import Dataset
from aegui.robot import drag, draw_three
from aegui.specs import SinusoidsSpec, find_lesson
from aegui.tour.guide import Guide, place_of
from aegui.tour.latent_stops import (
    choose_among_maps,
    find_neighbourhoods,
    look_at_one_class,
    look_inside,
    map_the_curves,
    turn_the_pretrained_code,
    walk_through_the_map,
    watch_the_map_learn,
    wish_for_the_prior,
)
from aegui.ui.handing.export import write_csv
from aegui.ui.views.draw.draw_view import DrawView
from aegui.ui.views.draw.near_rows import COUNT
from aegui.ui.views.errors.row_table import row_table
from aegui.ui.views.row_drag import HeldRow, held_row

_ZIGZAG = [(0.0, 0.9), (0.25, 0.1), (0.5, 0.9), (0.75, 0.1), (1.0, 0.9)]


def draw_with_the_pretrained(guide: Guide) -> None:
    """Draw a 3: what the pretrained model makes of it, and what stands beside it."""
    window, view = guide.window, guide.window.tabs.draw_view
    guide.until(lambda: view.model_name.startswith("Pretrained"), "there is no pretrained model")
    window.start_page.draw_chosen.emit()
    guide.until(view.isVisible, "the Draw tab did not open")
    guide.application.processEvents()
    draw_three(view.canvas)
    guide.until(lambda: not view.reconstruction.is_empty, "the drawing was not rebuilt")
    guide.until(lambda: len(view.company.near.rows) == COUNT, "no test digits stand beside it")
    code = view.digit_board.code
    guide.until(lambda: code.code is not None, "the drawing's code was not shown")
    guide.require(code.code is not None and code.code.shape == (32,), "the code is not 32 wide")
    guide.photograph("draw", view.canvas, view.reconstruction, code, view.company.near)


def judge_the_errors(guide: Guide) -> None:
    """Take the rows under a brush, the errors of each class, and those of each pixel."""
    view = guide.window.tabs.errors_view
    guide.show(view)
    guide.until(lambda: len(view.table.rows) == 10_000, "the errors were not listed")
    drag(view.histogram.viewport(), [(0.5, 0.5), (0.7, 0.5)])
    span = view.histogram.span
    guide.require(span is not None, "the brush chose nothing")
    guide.until(lambda: 0 < len(view.table.rows) < 10_000, "the brush kept all rows")
    guide.photograph("errors-rows", view.histogram, view.pages)
    view.show_page(1)
    boxes = view.class_page.plot
    guide.until(lambda: len(boxes.boxes) == 10, "there are not ten boxes")
    guide.photograph("errors-classes", boxes)
    view.show_page(2)
    heat = view.feature_page.size_map
    guide.until(lambda: heat.values is not None, "the pixels' errors did not come")
    guide.require(heat.values is not None and float(np.ptp(heat.values)) > 0, "an even heat map")
    guide.photograph("errors-pixels", heat)
    view.show_page(0)


def keep_what_is_unusual(guide: Guide) -> None:
    """Drag the threshold, and keep what is above it as a table."""
    view = guide.window.tabs.errors_view
    plot, field = view.histogram, view.threshold.field
    guide.require(plot.threshold is not None, "there is no threshold")
    report, dataset, before = view.report, guide.window.presenter.dataset, field.value()
    canvas = plot.viewport()
    start = place_of(plot, before, 0).x() / canvas.width()
    drag(canvas, [(start, 0.5), (start - 0.1, 0.5)])
    guide.require(field.value() < before, "the threshold did not follow the hand")
    guide.require(report is not None and dataset is not None, "there are no errors")
    if report is None or dataset is None:
        return
    above = report.ranked.above(field.value())
    guide.require(str(len(above)) in view.threshold.words.replace("\u00a0", ""), "a wrong count")
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "above.csv"
        write_csv(table, row_table(above, report.ranked.errors, dataset, field.value()))
        lines = list(csv.reader(table.read_text(encoding="utf-8").splitlines()))
    wanted = ["row", "label", "error", "threshold"]
    guide.require(lines[0] == wanted, "the table has no headings")
    guide.require(len(lines) == len(above) + 1, "the table has not all rows")
    guide.photograph("errors-threshold", plot, view.table)


def draw_on_a_test_digit(guide: Guide) -> None:
    """Put a test digit onto the canvas, and wipe some of it away with the right button."""
    view, dataset = guide.window.tabs.draw_view, guide.window.presenter.dataset
    guide.show(view)
    if dataset is not None:
        view.take_row(held_row(dataset, 0))
    guide.require(not view.canvas.is_empty, "the test digit is not on the canvas")
    guide.until(lambda: not view.reconstruction.is_empty, "the digit was not rebuilt")
    ink, before = float(view.canvas.ink().sum()), guide.picture(view.reconstruction)
    drag(view.canvas, [(0.35, 0.3), (0.7, 0.35)], Qt.MouseButton.RightButton)
    guide.require(float(view.canvas.ink().sum()) < ink, "nothing was wiped away")
    guide.until(
        lambda: guide.picture(view.reconstruction) != before, "what is left was not rebuilt"
    )
    guide.until(lambda: _is_caught_up(view), "its company does not follow the drawing")
    guide.photograph("draw-erase", view.canvas, view.reconstruction, view.company.map)


def fill_the_sheet(guide: Guide) -> None:
    """Put ten digits onto the sheet, one after the other."""
    view, dataset = guide.window.tabs.draw_view, guide.window.presenter.dataset
    guide.show(view)
    view.start_sequence()
    for held in _one_of_each(dataset):
        view.take_row(held)
        guide.application.processEvents()
        view.keep_digit()
    guide.require(view.sheet.kept == list(range(10)), "the sheet has not ten digits")
    guide.until(lambda: view.sheet.is_answered, "the sheet's digits were not rebuilt")
    guide.photograph("draw-sheet", view.sheet)
    view.leave_sequence()


def draw_a_curve(guide: Guide) -> None:
    """Draw a zigzag for a model that has seen nothing but sines."""
    view = guide.window.tabs.draw_view
    lesson = find_lesson("sine-features").experiment
    short = lesson.training.model_copy(update={"epochs": 2})
    guide.train(
        lesson.model_copy(
            update={"dataset": SinusoidsSpec(rows=50_000, features=32), "training": short}
        )
    )
    guide.show(view)
    canvas = view.curve_board.canvas
    guide.until(canvas.isVisible, "there is no field for curves")
    drag(canvas, _ZIGZAG)
    guide.until(lambda: canvas.made is not None, "the curve was not rebuilt")
    guide.photograph("draw-curve", canvas)


STOPS = (
    draw_with_the_pretrained,
    turn_the_pretrained_code,
    choose_among_maps,
    watch_the_map_learn,
    look_at_one_class,
    walk_through_the_map,
    look_inside,
    judge_the_errors,
    keep_what_is_unusual,
    fill_the_sheet,
    draw_on_a_test_digit,
    wish_for_the_prior,
    draw_a_curve,
    map_the_curves,
    find_neighbourhoods,
)


def _one_of_each(dataset: Dataset | None) -> list[HeldRow]:
    return [] if dataset is None else [held_row(dataset, int(row)) for row in dataset.showcase()]


def _is_caught_up(view: DrawView) -> bool:
    """Tell whether the error among others is that of the drawing as it is now."""
    row, made, error = view.board.row, view.reconstruction.row(), view.company.bars.error
    if row is None or made is None or error is None:
        return False
    return bool(np.isclose(np.abs(row[0] - made).sum(), error, atol=0.1))
