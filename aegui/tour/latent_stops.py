"""The stops of the tour at the Latent tab, one after the other."""

import numpy as np

from aegui.robot import click, drag, point
from aegui.specs import MnistSpec, SinusoidsSpec, VariationalCode, find_lesson
from aegui.tour.guide import Guide, place_of
from aegui.ui.views.latent.map_choice import FIT, TSNE, UNITS
from aegui.ui.views.latent.morph_bar import STEPS

_CELLS = 400
# Of what a draw from the prior decodes to; draws differ.
_CONTRAST = 0.1
_TRAIN_ROWS, _EPOCHS = 20_000, 6
_FEW_ROWS = 3000


def turn_the_pretrained_code(guide: Guide) -> None:
    """Map 32 numbers by their principal components, with a slider for each number."""
    view = guide.window.tabs.latent_view
    guide.show(view)
    view.empty.button.click()
    guide.until(lambda: view.chart is not None, "the pretrained model was not mapped")
    guide.require(len(view.sliders.sliders) == 32, "there are not 32 sliders")
    guide.require("PCA of the codes" in view.caption, f"the map is called {view.caption!r}")
    guide.until(lambda: view.sliders.picture.row is not None, "the code was not decoded")
    before, first = view.sliders.picture.row, view.sliders.sliders[0]
    first.setValue(first.maximum())
    guide.until(lambda: view.sliders.picture.row is not before, "a turned slider does nothing")
    guide.require(view.sliders.is_turned, "the slider did not turn")
    guide.photograph("latent-sliders", view.plot, view.sliders.picture)


def watch_the_map_learn(guide: Guide) -> None:
    """Watch the plane of a code of two numbers while a short training goes on."""
    view = guide.window.tabs.latent_view
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
    view = guide.window.tabs.latent_view
    canvas = view.plot.viewport()
    low, middle, high = np.percentile(view.plot.dots.places, (25, 50, 75), axis=0)
    point(canvas, place_of(view.plot, *middle))
    guide.until(lambda: view.probe.decoded.row is not None, "nothing is under the pointer")
    funnel = guide.window.column.architecture.funnel
    guide.until(lambda: funnel.is_alive, "the funnel does not live")
    guide.photograph("latent-pointer", view.plot, view.probe, funnel)
    for pin in (low, high):
        click(canvas, place_of(view.plot, *pin))
    guide.until(lambda: view.morph.strip.count == STEPS, "there is no way from A to B")
    start, end = ((place_of(view.plot, *pin)) for pin in view.plot.pins.places.tolist())
    ways = [start + (end - start) * share for share in (0.5, 0.9)]
    drag(canvas, [(at.x() / canvas.width(), at.y() / canvas.height()) for at in ways])
    guide.require(view.plot.pins.share > 0.7, "the handle did not follow the hand")
    guide.photograph("latent-morph", view.morph.strip)
    view.behind.setChecked(True)
    rows = view.plot.backdrop
    guide.until(lambda: rows.rows is not None and len(rows.rows) == _CELLS, "no manifold")
    guide.photograph("latent-manifold", view.plot)
    view.behind.setChecked(False)
    view.plot.plotItem.vb.scaleBy((0.04, 0.04), center=tuple(middle))
    guide.photograph("latent-near", view.plot)
    guide.require(view.plot.thumbnails.drawn > 0, "from near there are no digits to see")


def look_inside(guide: Guide) -> None:
    """Look at the weights of the first layer, and at what excites one of its units."""
    view = guide.window.tabs.latent_view
    view.segments.buttons[1].click()
    guide.until(lambda: view.layers.units.count() > 0, "there are no weights to see")
    view.layers.units.setCurrentRow(0)
    guide.photograph("latent-layers", view.layers, view.unit)
    view.segments.buttons[0].click()


def choose_among_maps(guide: Guide) -> None:
    """Map by two units of the code; begin t-SNE, and call it off."""
    view = guide.window.tabs.latent_view
    before = guide.picture(view.plot)
    view.choice.choose(UNITS)
    guide.until(lambda: "Units 1 and 2" in view.caption, "two units were not mapped")
    guide.require_new(view.plot, before, "the map of two units looks as the last one did")
    guide.photograph("latent-units", view.plot)
    view.choice.choose(TSNE)
    guide.until(lambda: view.choice.is_cancellable, "t-SNE did not begin")
    view.choice.cancel_requested.emit()
    guide.until(lambda: "PCA of the codes" in view.caption, "t-SNE was not called off")
    guide.require(view.choice.kind == FIT, "t-SNE is still chosen")


def look_at_one_class(guide: Guide) -> None:
    """Show the map of one class alone, then of all again."""
    view = guide.window.tabs.latent_view
    before = guide.picture(view.plot)
    others = [chip for chip in view.legend.chips if chip.text() != "1"]
    for chip in others:
        chip.click()
    guide.require(view.plot.names.names == ["1"], "not the 1 alone is named")
    guide.require_new(view.plot, before, "classes were not hidden")
    guide.photograph("latent-class", view.plot)
    for chip in others:
        chip.click()
    guide.require(len(view.plot.names.names) == 10, "not all classes are back")


def wish_for_the_prior(guide: Guide) -> None:
    """Train a variational model, and decode what its prior says."""
    view = guide.window.tabs.latent_view
    lesson = find_lesson("mnist").experiment
    few = lesson.training.model_copy(update={"epochs": _EPOCHS, "batch_size": 64})
    code = VariationalCode(width=8)
    result = guide.train(
        lesson.model_copy(
            update={
                "dataset": MnistSpec(rows=_TRAIN_ROWS),
                "architecture": lesson.architecture.model_copy(update={"code": code}),
                "training": few,
            }
        )
    )
    guide.show(view)
    guide.until(lambda: view.chart is not None and view.chart.model is result.model, "no map")
    guide.until(lambda: view.sliders.picture.row is not None, "the code was not decoded")
    before = view.sliders.picture.row
    view.sliders.prior_requested.emit()
    guide.until(lambda: view.sliders.picture.row is not before, "the prior was not decoded")
    made = view.sliders.picture.row
    guide.require(made is not None and float(np.ptp(made)) > _CONTRAST, "the prior says nothing")
    guide.photograph("latent-prior", view.plot)


def map_the_curves(guide: Guide) -> None:
    """Point at the map of rows of numbers: curves stand in the place of pictures."""
    view = guide.window.tabs.latent_view
    guide.show(view)
    guide.until(lambda: view.chart is not None, "the curves were not mapped")
    middle = np.median(view.plot.dots.places, axis=0)
    point(view.plot.viewport(), place_of(view.plot, *middle))
    guide.until(lambda: view.probe.decoded.row is not None, "no curve is under the pointer")
    guide.photograph("latent-curves", view.plot, view.probe)


def find_neighbourhoods(guide: Guide) -> None:
    """Map few curves, for which a search is short, by t-SNE from its beginning to its end."""
    view = guide.window.tabs.latent_view
    lesson = find_lesson("sine-features").experiment
    short = lesson.training.model_copy(update={"epochs": 2})
    few = SinusoidsSpec(rows=_FEW_ROWS, features=32)
    result = guide.train(lesson.model_copy(update={"dataset": few, "training": short}))
    guide.show(view)
    guide.until(lambda: view.chart is not None and view.chart.model is result.model, "no map")
    before = guide.picture(view.plot)
    view.choice.choose(TSNE)
    guide.until(lambda: "t-SNE" in view.caption, "t-SNE did not come to its end")
    guide.require(not view.choice.is_cancellable, "t-SNE is said to be under way still")
    places = view.plot.dots.places
    guide.require(places.shape == (few.test_rows, 2), "not every curve has its place")
    guide.require(bool(np.isfinite(places).all()), "some curves have no place")
    guide.require_new(view.plot, before, "the map by t-SNE looks as the last one did")
    point(view.plot.viewport(), place_of(view.plot, *places[0]))
    guide.until(lambda: view.probe.decoded.row is not None, "no curve is under the pointer")
    guide.photograph("latent-tsne", view.plot, view.probe)
