"""The stops of the tour, one after the other; each leaves at least one picture."""

import numpy as np

from aegui.data import Dataset
from aegui.robot import click, drag, draw_three, point
from aegui.specs import MnistSpec, SinusoidsSpec, find_lesson
from aegui.tour.guide import Guide, place_of
from aegui.ui.views.morph_bar import STEPS
from aegui.ui.views.near_rows import COUNT
from aegui.ui.views.row_drag import HeldRow

_ZIGZAG = [(0.0, 0.9), (0.25, 0.1), (0.5, 0.9), (0.75, 0.1), (1.0, 0.9)]
_CELLS = 400
_TRAIN_ROWS, _EPOCHS = 20_000, 6


def draw_with_the_pretrained(guide: Guide) -> None:
    """Draw a 3: what the pretrained model makes of it, and what stands beside it."""
    window, view = guide.window, guide.window.draw_view
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


def turn_the_pretrained_code(guide: Guide) -> None:
    """Map 32 numbers by their principal components, with a slider for each number."""
    view = guide.window.latent_view
    guide.show(view)
    view.empty.button.click()
    guide.until(lambda: view.chart is not None, "the pretrained model was not mapped")
    guide.require(len(view.sliders.sliders) == 32, "there are not 32 sliders")
    guide.require("PCA of the codes" in view.caption, f"the map is called {view.caption!r}")
    guide.until(lambda: view.sliders.picture.row is not None, "the code was not decoded")
    guide.photograph("latent-sliders", view.plot, view.sliders.picture)


def watch_the_map_learn(guide: Guide) -> None:
    """Watch the plane of a code of two numbers while a short training goes on."""
    view = guide.window.latent_view
    lesson = find_lesson("mnist-deep").experiment
    few = lesson.training.model_copy(update={"epochs": _EPOCHS})
    ends = guide.start(
        lesson.model_copy(update={"dataset": MnistSpec(rows=_TRAIN_ROWS), "training": few})
    )
    guide.show(view)
    guide.until(lambda: "plane" in view.caption or bool(ends), "the run was not mapped")
    if not ends:
        guide.photograph("latent-learning", view.plot)
    guide.until(lambda: bool(ends), "the training did not end")
    model = ends[0].model
    guide.until(lambda: view.chart is not None and view.chart.model is model, "no map of the end")
    guide.require(view.plot.dots.places.shape == (10_000, 2), "there are not 10 000 dots")
    guide.require(view.plot.names.names == list("0123456789"), "not every class has its name")


def walk_through_the_map(guide: Guide) -> None:
    """Look under the pointer, between two pins, at the manifold behind, and from near."""
    view = guide.window.latent_view
    canvas = view.plot.viewport()
    low, middle, high = np.percentile(view.plot.dots.places, (25, 50, 75), axis=0)
    point(canvas, place_of(view.plot, *middle))
    guide.until(lambda: view.probe.decoded.row is not None, "nothing is under the pointer")
    guide.photograph("latent-pointer", view.plot, view.probe)
    for pin in (low, high):
        click(canvas, place_of(view.plot, *pin))
    guide.until(lambda: view.morph.strip.count == STEPS, "there is no way from A to B")
    guide.photograph("latent-morph", view.morph.strip)
    view.behind.setChecked(True)
    rows = view.plot.backdrop
    guide.until(lambda: rows.rows is not None and len(rows.rows) == _CELLS, "no manifold")
    guide.photograph("latent-manifold", view.plot)
    view.behind.setChecked(False)
    view.plot.plotItem.vb.scaleBy((0.04, 0.04), center=tuple(middle))
    guide.photograph("latent-near", view.plot)


def look_inside(guide: Guide) -> None:
    """Look at the weights of the first layer, and at what excites one of its units."""
    view = guide.window.latent_view
    view.segments.buttons[1].click()
    guide.until(lambda: view.layers.units.count() > 0, "there are no weights to see")
    view.layers.units.setCurrentRow(0)
    guide.photograph("latent-layers", view.layers, view.unit)
    view.segments.buttons[0].click()


def judge_the_errors(guide: Guide) -> None:
    """Take the rows under a brush, the errors of each class, and those of each pixel."""
    view = guide.window.errors_view
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


def fill_the_sheet(guide: Guide) -> None:
    """Put ten digits onto the sheet, one after the other."""
    view, dataset = guide.window.draw_view, guide.window.presenter.dataset
    guide.show(view)
    view.start_sequence()
    for digit, row in enumerate(_one_of_each(dataset)):
        view.take_row(HeldRow(row, f"a {digit}", (28, 28)))
        guide.application.processEvents()
        view.keep_digit()
    guide.require(view.sheet.kept == list(range(10)), "the sheet has not ten digits")
    guide.until(lambda: view.sheet.is_answered, "the sheet's digits were not rebuilt")
    guide.photograph("draw-sheet", view.sheet)
    view.leave_sequence()


def draw_a_curve(guide: Guide) -> None:
    """Draw a zigzag for a model that has seen nothing but sines."""
    view = guide.window.draw_view
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
    watch_the_map_learn,
    walk_through_the_map,
    look_inside,
    judge_the_errors,
    fill_the_sheet,
    draw_a_curve,
)


def _one_of_each(dataset: Dataset | None) -> list[np.ndarray]:
    return [] if dataset is None else [dataset.test[row] for row in dataset.showcase()]
