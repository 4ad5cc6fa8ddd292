"""The Latent tab in the real window: the map, the pointer, pins, the code in one's hands."""

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from aegui.analysis.chart import Chart, draw_chart
from aegui.analysis.code_units import morph
from aegui.analysis.tsne import NeighbourMap
from aegui.control import RunState
from aegui.data import Dataset
from aegui.records import FloatArray, RunResult, TrainedModel
from aegui.specs import (
    ArchitectureSpec,
    DenseCode,
    ExperimentSpec,
    MnistSpec,
    SinusoidsSpec,
    TrainingSpec,
    VariationalCode,
)
from aegui.ui.main_window import MainWindow
from aegui.ui.shown import Shown
from aegui.ui.theme import DARK, LIGHT, contrast
from aegui.ui.views.class_marks import class_colour, class_shape
from aegui.ui.views.latent import thumbnails
from aegui.ui.views.latent.latent_page import EMPTY, WAITING
from aegui.ui.views.latent.latent_view import LatentView
from aegui.ui.views.latent.morph_bar import STEPS

LEFT = Qt.MouseButton.LeftButton


def digits_with(code: DenseCode | VariationalCode, epochs: int = 1) -> ExperimentSpec:
    return ExperimentSpec(
        dataset=MnistSpec(rows=2000),
        architecture=ArchitectureSpec(code=code),
        training=TrainingSpec(epochs=epochs, batch_size=100),
    )


def sinusoids(width: int) -> ExperimentSpec:
    return ExperimentSpec(
        dataset=SinusoidsSpec(rows=800, features=16),
        architecture=ArchitectureSpec(code=DenseCode(width=width, activation="linear")),
        training=TrainingSpec(epochs=1, batch_size=50),
    )


def pixel(view: LatentView, place: Any) -> QPoint:
    x, y = float(place[0]), float(place[1])
    return view.plot.mapFromScene(view.plot.plotItem.vb.mapViewToScene(QPointF(x, y)))


def chart_of(view: LatentView) -> Chart:
    assert view.chart is not None
    return view.chart


class Latent:
    """The tab of a window, and hands for it."""

    def __init__(self, window: MainWindow, hands: Any) -> None:
        self.window, self.hands = window, hands
        self.view = window.tabs.latent_view

    def show(self) -> None:
        self.window.middle.show_tabs()
        self.window.tabs.setCurrentWidget(self.view)

    def train(self, experiment: ExperimentSpec) -> Chart:
        result = self.hands.train(self.window, experiment)
        assert result.state is RunState.FINISHED
        self.show()
        self.hands.until(
            lambda: self.view.chart is not None and self.view.chart.model is result.model
        )
        self.hands.until(lambda: self.view.sliders.picture.row is not None)
        return chart_of(self.view)

    def point(self, place: Any) -> None:
        there = pixel(self.view, place)
        # Qt tells of no move to where the pointer is already, be it from another test's window.
        for step in (QPoint(1, 1), QPoint(0, 0)):
            QTest.mouseMove(self.view.plot.viewport(), there + step)

    def click(self, place: Any) -> None:
        self.point(place)
        QTest.mouseClick(self.view.plot.viewport(), LEFT, pos=pixel(self.view, place))

    def pinned(self, start: Any, end: Any) -> None:
        self.click(start)
        # Two clicks at once are a double click.
        QTest.qWait(450)
        self.click(end)
        self.hands.until(lambda: self.view.morph.strip.count == STEPS)


@pytest.fixture
def latent(window: MainWindow, hands: Any) -> Latent:
    return Latent(window, hands)


@pytest.fixture
def view(qtbot: QtBot) -> LatentView:
    view = LatentView()
    qtbot.addWidget(view)
    view.set_theme(DARK)
    view.resize(1000, 700)
    view.show()
    return view


def charted(view: LatentView, model: TrainedModel, dataset: Dataset) -> Chart:
    """Show a dataset's chart in a view of its own."""
    chart = draw_chart(model, dataset.test, dataset.test_labels)
    view.start(dataset, len(dataset.test), chart.units.width, is_variational=False)
    view.show_chart(chart, chart.plane.caption)
    return chart


def test_before_any_model_the_tab_says_what_is_missing(latent: Latent) -> None:
    latent.show()
    assert latent.view.empty.isVisible()
    assert latent.view.empty.text == EMPTY
    assert not latent.view.plot.isVisible()


def test_the_pretrained_model_has_a_map(latent: Latent) -> None:
    latent.show()
    latent.hands.click(latent.view, "Look into the pretrained model")
    latent.hands.until(lambda: latent.view.chart is not None)
    chart = chart_of(latent.view)
    assert chart.crowd.places.shape == (10_000, 2)
    assert "PCA of the codes" in latent.view.caption
    assert "of their variance" in latent.view.caption
    assert latent.view.plot.names.names == list("0123456789")
    assert len(latent.view.sliders.sliders) == 32


def test_a_trained_model_is_mapped_pointed_at_and_pinned(
    latent: Latent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = latent.view
    chart = latent.train(digits_with(DenseCode(width=2, activation="linear")))
    assert "The plane of the code" in view.caption
    assert "epoch 1" in view.caption
    rows = view.plot.dots.places
    np.testing.assert_allclose(rows, chart.crowd.places)

    middle = np.median(chart.crowd.places, axis=0)
    latent.point(middle)
    latent.hands.until(lambda: view.probe.decoded.row is not None)
    decoded = view.probe.decoded.row
    assert decoded is not None
    assert np.ptp(decoded) > 0.05
    number = int("".join(figure for figure in view.probe.words.split(":")[0] if figure.isdigit()))
    nearest = view.probe.nearest.row
    assert nearest is not None
    np.testing.assert_array_equal(nearest, view._dataset.test[number])  # type: ignore[union-attr]
    assert next(iter(view.plot.table()[1]))[0] == 0

    area = view.plot.view_area
    latent.point((area.left() + 0.01 * area.width(), area.top() + 0.01 * area.height()))
    assert view.probe.nearest.row is None
    assert view.probe.nearest.words == "no digits here"

    low, high = np.percentile(chart.crowd.places, (30, 70), axis=0)
    latent.pinned(low, high)
    ends = view.plot.pins.places
    wanted = chart.model.decode(morph(ends[0], ends[1], STEPS))
    shown = [tile.reconstruction for tile in view.morph.strip._tiles[:STEPS]]
    np.testing.assert_allclose(np.array(shown), wanted, atol=1e-5)

    view.morph.slider.setValue(0)
    latent.hands.until(
        lambda: (
            view.morph.picture.row is not None
            and np.allclose(view.morph.picture.row, wanted[0], atol=1e-5)
        )
    )
    assert view.plot.pins.share == 0
    target = tmp_path / "strip.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    latent.hands.click(view.morph, "Save strip…")
    image = QImage(str(target))
    assert image.width() > image.height() * 3

    view.plot.setFocus()
    QTest.keyClick(view.plot, Qt.Key.Key_Escape)
    assert view.plot.pins.count == 0
    assert "pin A and B" in view.morph.words


def test_the_map_moves_while_the_model_learns(latent: Latent) -> None:
    latent.show()
    captions: list[str] = []
    show = latent.view.show_chart

    def watch(chart: Chart, caption: str, glide: float = 0.0) -> None:
        captions.append(caption)
        show(chart, caption, glide)

    latent.view.show_chart = watch  # type: ignore[method-assign]
    latent.window.column.set_experiment(digits_with(DenseCode(width=2), epochs=6))
    latent.window.session.steering.train()
    latent.window.tabs.setCurrentWidget(latent.view)
    controller = latent.window.session.controller
    latent.hands.until(lambda: bool(captions))
    latent.window.tabs.setCurrentWidget(latent.view)
    latent.hands.until(lambda: controller.state is RunState.FINISHED)
    latent.hands.until(lambda: "epoch 6" in captions[-1])
    assert len(captions) >= 2


def test_the_code_is_turned_by_hand(latent: Latent) -> None:
    chart = latent.train(digits_with(VariationalCode(width=4)))
    sliders = latent.view.sliders
    np.testing.assert_array_equal(sliders.code, chart.codes[:1])
    first = sliders.sliders[2]
    first.setValue(first.maximum())
    code = sliders.code
    assert code is not None
    assert code[0, 2] == pytest.approx(chart.units.high[2], rel=1e-4)
    np.testing.assert_array_equal(code[0, [0, 1, 3]], chart.codes[0, [0, 1, 3]])
    until_decoded(latent, chart)
    latent.hands.click(sliders, "Reset")
    np.testing.assert_array_equal(sliders.code, chart.codes[:1])

    latent.hands.click(sliders, "Random")
    assert sliders.is_turned
    latent.hands.click(sliders, "From prior")
    until_decoded(latent, chart)

    sliders.row.setValue(123)
    latent.hands.click(sliders, "Take")
    np.testing.assert_array_equal(sliders.code, chart.codes[123:124])
    until_decoded(latent, chart)


def until_decoded(latent: Latent, chart: Chart) -> None:
    """Wait until what the sliders are set to is what is shown."""
    sliders = latent.view.sliders
    wanted = chart.model.decode(sliders.code)  # type: ignore[arg-type]
    latent.hands.until(
        lambda: (
            sliders.picture.row is not None
            and np.allclose(sliders.picture.row, wanted[0], atol=1e-5)
        )
    )


def test_the_sliders_begin_with_what_was_drawn(latent: Latent) -> None:
    chart = latent.train(digits_with(DenseCode(width=3)))
    button = latent.hands.button(latent.view.sliders, "Drawn digit")
    assert not button.isEnabled()
    latent.window.middle.show_draw()
    latent.hands.draw(latent.window.tabs.draw_view.canvas)
    row = latent.window.tabs.draw_view.board.row
    assert row is not None
    latent.show()
    latent.hands.click(latent.view.sliders, "Drawn digit")
    code = chart.model.encode(row)
    latent.hands.until(lambda: np.allclose(latent.view.sliders.code, code, atol=1e-5))
    latent.window.tabs.draw_view.canvas.clear()
    assert not button.isEnabled()


def test_rows_of_numbers_are_curves(latent: Latent) -> None:
    view = latent.view
    chart = latent.train(sinusoids(width=2))
    assert view.legend.chips == []
    assert view.plot.names.names == []
    latent.point(chart.crowd.places[3])
    latent.hands.until(lambda: view.probe.decoded.row is not None)
    assert view.probe.decoded.row is not None
    assert view.probe.decoded.row.shape == (16,)
    assert "row" in view.probe.words
    view.behind.setChecked(True)
    latent.hands.until(lambda: view.plot.backdrop.rows is not None)
    assert is_varied(view.plot.backdrop.image)


def test_one_unit_has_a_line_for_a_map(latent: Latent) -> None:
    chart = latent.train(digits_with(DenseCode(width=1, activation="linear")))
    assert "only unit" in latent.view.caption
    assert len(latent.view.sliders.sliders) == 1
    np.testing.assert_array_equal(
        np.floor(chart.crowd.places[:, 1]),
        latent.view._dataset.test_labels,  # type: ignore[union-attr]
    )
    latent.pinned((chart.units.low[0], 2.0), (chart.units.high[0], 7.0))
    ends = latent.hands, latent.view.plot.pins.places
    assert ends[1].shape == (2, 2)


def test_t_sne_is_searched_for_and_called_off(latent: Latent) -> None:
    view = latent.view
    latent.train(sinusoids(width=5))
    view.choice.choose("tsne")
    latent.hands.until(lambda: "t-SNE" in view.caption)
    chart = chart_of(view)
    assert isinstance(chart.plane, NeighbourMap)
    latent.point(chart.crowd.places[1])
    latent.hands.until(lambda: view.probe.decoded.row is not None)

    view.choice.choose("units")
    latent.hands.until(lambda: "Units 1 and 2" in view.caption)
    # A unit that is taken twice changes places with the other.
    view.choice._first.setValue(2)
    latent.hands.until(lambda: "Units 2 and 1" in view.caption)
    view.choice._second.setValue(5)
    latent.hands.until(lambda: "Units 2 and 5" in view.caption)
    view.choice.choose("tsne")
    latent.hands.click(view.choice, "Cancel t-SNE")
    latent.hands.until(lambda: "PCA" in view.caption)
    assert view.choice.kind == "fit"
    latent.hands.until(lambda: latent.window.session.latent._search.is_idle)
    assert "PCA" in view.caption


def test_another_run_takes_over_while_somebody_points(latent: Latent) -> None:
    view = latent.view
    chart = latent.train(digits_with(DenseCode(width=3)))
    latent.point(np.median(chart.crowd.places, axis=0))
    # Codes of one width tell nothing of whose they are.
    after = latent.train(sinusoids(width=3))
    latent.point(after.crowd.places[0])
    latent.hands.until(lambda: view.probe.decoded.row is not None)
    assert view.probe.decoded.row is not None
    assert view.probe.decoded.row.shape == (16,)


def test_the_backdrop_fills_what_is_in_view(latent: Latent) -> None:
    view = latent.view
    latent.train(digits_with(DenseCode(width=2, activation="linear")))
    view.behind.setChecked(True)
    latent.hands.until(lambda: view.plot.backdrop.rows is not None)
    assert view.plot.backdrop.rows is not None
    assert view.plot.backdrop.rows.shape == (400, 784)
    assert is_varied(view.plot.backdrop.image)
    area = view.plot.view_area
    assert view.plot.backdrop.boundingRect() == area
    view.plot.plotItem.vb.scaleBy((0.3, 0.3))
    latent.hands.until(lambda: view.plot.backdrop.boundingRect() == view.plot.view_area)
    view.behind.setChecked(False)
    assert view.plot.backdrop.rows is None


def is_varied(image: QImage) -> bool:
    """Tell whether a picture has more than one colour."""
    first = image.pixel(0, 0)
    return any(
        image.pixel(x, y) != first
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )


def test_names_of_classes_that_lie_on_each_other_are_moved_apart(
    view: LatentView, fake_model: TrainedModel, digits: Dataset
) -> None:
    chart = charted(view, fake_model, digits)
    plot = view.plot
    middle = chart.crowd.places.mean(axis=0)
    plot.names.show_names(dict.fromkeys(range(10), middle))
    rects = [item.sceneBoundingRect() for item in plot.names.items if item.isVisible()]
    assert len(rects) == 10
    # Frames may touch; figures may not.
    inner = [rect.adjusted(2, 2, -2, -2) for rect in rects]
    assert not any(a.intersects(b) for a, b in itertools.combinations(inner, 2))
    assert all((rect.center() - rects[0].center()).manhattanLength() < 120 for rect in rects)
    zoomed_before = [item.pos() for item in plot.names.items[:10]]
    plot.plotItem.vb.scaleBy((0.5, 0.5))
    assert [item.pos() for item in plot.names.items[1:10]] != zoomed_before[1:]
    assert plot.names.items[0].pos() == zoomed_before[0]


def test_the_legend_toggles_and_isolates(
    view: LatentView, fake_model: TrainedModel, digits: Dataset
) -> None:
    charted(view, fake_model, digits)
    three = view.legend.chips[3]
    QTest.mouseClick(three, LEFT)
    assert view.legend.shown == set(range(10)) - {3}
    assert "3" not in view.plot.names.names
    assert not view.plot.dots._is_shown[digits.test_labels == 3].any()
    QTest.mouseClick(three, LEFT)
    assert view.legend.shown == set(range(10))
    double_click(view.legend.chips[7])
    assert view.legend.shown == {7}
    assert view.plot.names.names == ["7"]
    double_click(view.legend.chips[7])
    assert view.legend.shown == set(range(10))


def double_click(chip: Any) -> None:
    """Do what a hand does: a click comes first."""
    QTest.mouseClick(chip, LEFT)
    QTest.mouseDClick(chip, LEFT)


def test_a_class_without_rows_has_no_chip(
    view: LatentView, fake_model: TrainedModel, digits: Dataset
) -> None:
    keep = digits.test_labels != 4
    some = Dataset(
        train=digits.train,
        test=digits.test[keep],
        value_range=digits.value_range,
        scaling="",
        noun="digit",
        test_labels=digits.test_labels[keep],  # type: ignore[index]
        image_shape=(28, 28),
    )
    charted(view, fake_model, some)
    assert [chip.text() for chip in view.legend.chips] == list("012356789")
    view.grab()


def test_from_near_dots_are_thumbnails(
    view: LatentView, fake_model: TrainedModel, digits: Dataset
) -> None:
    charted(view, fake_model, digits)
    view.grab()
    assert view.plot.thumbnails._made, "forty digits have room"


def test_dots_glide_only_when_they_are_told_to(
    view: LatentView, fake_model: TrainedModel, digits: Dataset
) -> None:
    chart = charted(view, fake_model, digits)
    dots = view.plot.dots
    before = dots.places.copy()
    moved = draw_chart(Shifted(), digits.test, digits.test_labels)
    view.show_chart(moved, "", glide=30)
    assert dots.is_gliding
    np.testing.assert_allclose(dots.places, before)
    view.hide()
    assert not dots.is_gliding
    np.testing.assert_allclose(dots.places, chart.crowd.places + 5, rtol=1e-5)
    view.show_chart(chart, "")
    assert not dots.is_gliding
    np.testing.assert_allclose(dots.places, chart.crowd.places)


class Shifted:
    """The fake model with all codes elsewhere."""

    weights: tuple[FloatArray, ...] = ()

    def encode(self, rows: FloatArray) -> FloatArray:
        return rows[:, :2] + np.float32(5)

    def decode(self, codes: FloatArray) -> FloatArray:
        return np.repeat(codes[:, :1], 784, axis=1)

    def activations(self, rows: FloatArray) -> tuple[FloatArray, ...]:
        return self.encode(rows), self.reconstruct(rows)

    def reconstruct(self, rows: FloatArray) -> FloatArray:
        return rows


class Astray(Shifted):
    """A model whose codes are no numbers."""

    def encode(self, rows: FloatArray) -> FloatArray:
        return np.full((len(rows), 3), np.nan, np.float32)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_a_model_gone_astray_has_an_empty_map(
    view: LatentView, digits: Dataset, theme: Any
) -> None:
    view.set_theme(theme)
    charted(view, Astray(), digits)
    view.plot.pointed.emit(0.0, 0.0)
    assert view.probe.nearest.words == "no digits here"
    assert not view.grab().isNull()


def test_the_keyboard_points_and_pins(
    view: LatentView, fake_model: TrainedModel, digits: Dataset
) -> None:
    charted(view, fake_model, digits)
    pointed: list[Any] = []
    view.pointed.connect(pointed.append)
    view.plot.setFocus()
    QTest.keyClick(view.plot, Qt.Key.Key_Right)
    QTest.keyClick(view.plot, Qt.Key.Key_Return)
    assert len(pointed) == 1
    np.testing.assert_allclose(view.plot.pins.places[0], pointed[0][0], rtol=1e-6)


def test_the_handle_stays_on_its_way(
    view: LatentView, fake_model: TrainedModel, digits: Dataset
) -> None:
    charted(view, fake_model, digits)
    shares: list[float] = []
    view.map.share_changed.connect(shares.append)
    pins = view.plot.pins
    pins.add(QPointF(0, 0))
    pins.add(QPointF(4, 0))
    pins._handle.setPos(QPointF(3, 8))
    assert shares[-1] == pytest.approx(0.75)
    assert pins._handle.pos().y() == pytest.approx(0)
    pins._handle.setPos(QPointF(-3, 0))
    assert shares[-1] == 0
    assert view.morph.slider.value() == 0


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_marks_can_be_told_apart(theme: Any) -> None:
    hues = [class_colour(theme, number).name() for number in range(10)]
    assert len(set(hues)) == 10
    assert all(contrast(hue, theme.surface) >= 3 for hue in hues)
    shapes = [class_shape(number, 10).toFillPolygon().boundingRect() for number in range(10)]
    assert all(shape.width() <= 13 for shape in shapes)
    assert theme.code not in hues


def test_the_inside_of_the_layers(latent: Latent) -> None:
    view = latent.view
    latent.train(digits_with(DenseCode(width=5)))
    latent.hands.click(view, "Inside the layers")
    latent.hands.until(lambda: view.layers.units.count() == 5)
    assert [button.text() for button in view.layers.choice.buttons] == ["Code", "Output"]
    view.layers.units.setCurrentRow(1)
    layer, number = view.layers.chosen  # type: ignore[misc]
    assert view.unit.title.text() == f"Code · unit {number + 1}"
    if layer.use[1] > 0:
        assert view.unit.rows.count == 24
        shown = view.unit.rows._originals[0]
        np.testing.assert_array_equal(shown, view._dataset.test[layer.best[1, 0]])  # type: ignore[union-attr]
    icon = view.layers.units.item(0).icon()
    assert is_varied(icon.pixmap(icon.availableSizes()[0]).toImage())
    latent.hands.click(view, "Output")
    latent.hands.until(lambda: view.unit.title.text().startswith("Output"))
    assert "puts ink" in view.layers._note.text()
    latent.hands.click(view, "Map")
    assert view.plot.isVisible()
    # Another run has other layers.
    latent.train(digits_with(DenseCode(width=3)))
    latent.hands.click(view, "Inside the layers")
    latent.hands.until(lambda: view.layers.units.count() == 3)


def test_the_funnel_lives_for_the_digit_under_the_pointer(latent: Latent) -> None:
    funnel = latent.window.column.architecture.funnel
    chart = latent.train(digits_with(DenseCode(width=2, activation="linear")))
    assert not funnel.is_alive
    still = funnel.grab().toImage()
    latent.point(np.median(chart.crowd.places, axis=0))
    latent.hands.until(lambda: funnel.is_alive)
    assert funnel.grab().toImage() != still
    latent.view.plot.pointer_left.emit()
    assert not funnel.is_alive
    assert funnel.grab().toImage() == still


def test_hidden_classes_are_not_pointed_at(view: LatentView, digits: Dataset) -> None:
    charted(view, Spread(), digits)
    view.plot.pointed.emit(3.0, 0.0)
    assert "a 3" in view.probe.words
    QTest.mouseClick(view.legend.chips[3], LEFT)
    assert "a 3" not in view.probe.words


class Spread(Shifted):
    """A model whose code tells how tall a made-up digit is."""

    def encode(self, rows: FloatArray) -> FloatArray:
        tall = (rows.reshape(-1, 28, 28).max(axis=2) > 0).sum(axis=1) - 6
        return np.stack([tall, np.zeros_like(tall)], axis=1).astype(np.float32)


def test_the_map_is_saved_as_a_drawing_of_shapes(
    view: LatentView, fake_model: TrainedModel, digits: Dataset, tmp_path: Path
) -> None:
    charted(view, fake_model, digits)
    target = tmp_path / "map.svg"
    view.plot.write_svg(target)
    drawing = target.read_text(encoding="utf-8")
    assert "<image" not in drawing
    colours = {class_colour(DARK, number).name() for number in range(10)}
    assert sum(colour in drawing for colour in colours) == 10


def test_what_is_pointed_at_is_told_anew_of_each_model(
    view: LatentView, fake_model: TrainedModel, digits: Dataset
) -> None:
    chart = charted(view, fake_model, digits)
    told: list[Any] = []
    view.row_pointed.connect(told.append)
    view.plot.pointed.emit(*chart.crowd.places[3].tolist())
    view.plot.pointed.emit(*chart.crowd.places[3].tolist())
    assert len(told) == 1
    # The layers of another epoch do something else for the same row.
    view.show_chart(chart, "")
    assert len(told) == 2
    np.testing.assert_array_equal(told[0], told[1])
    view.hide()
    assert told[2] is None


def test_the_handle_lets_go_when_another_map_takes_the_pins_away(
    view: LatentView, fake_model: TrainedModel, digits: Dataset
) -> None:
    charted(view, fake_model, digits)
    pins = view.plot.pins
    pins.add(QPointF(0, 0))
    pins.add(QPointF(4, 0))
    shares: list[float] = []
    view.map.share_changed.connect(shares.append)
    pins.clear()
    pins._handle.setPos(QPointF(3, 0))
    assert shares == []


def test_a_run_that_leaves_no_model_is_not_waited_for(latent: Latent, digits: Dataset) -> None:
    latent.show()
    presenter = latent.window.presenter
    presenter.start_run(digits_with(DenseCode(width=2)), digits, None)
    assert latent.view.empty.text == WAITING
    presenter.end_run(RunResult(RunState.FAILED))
    assert latent.view.empty.text == EMPTY


class Deaf(Shifted):
    """A model that cannot be asked."""

    def encode(self, rows: FloatArray) -> FloatArray:
        raise RuntimeError(f"no memory is left for {len(rows)} rows")


def test_a_map_that_cannot_be_drawn_is_not_waited_for(latent: Latent, digits: Dataset) -> None:
    latent.show()
    presenter = latent.window.presenter
    experiment = digits_with(DenseCode(width=2))
    presenter.start_run(experiment, digits, None)
    errors = np.ones(len(digits.test), np.float32)
    presenter.shown.emit(Shown(experiment, digits, Deaf(), errors, 1, is_live=True))
    latent.hands.until(lambda: latent.view.empty.text == EMPTY)
    assert "no memory is left" in latent.window.notice.text()


class Scattered(Shifted):
    """A model whose codes lie anywhere."""

    def encode(self, rows: FloatArray) -> FloatArray:
        return np.random.default_rng(0).random((len(rows), 2), np.float32)


def test_all_thumbnails_of_a_class_share_their_colours(
    view: LatentView, digits: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    monkeypatch.setattr(
        thumbnails, "qRgba", lambda *parts: made.append(parts[3]) or 0xFF000000 | parts[0] << 16
    )
    charted(view, Scattered(), digits)
    view.grab()
    assert len(view.plot.thumbnails._made) > 10
    assert 256 <= len(made) <= 2560
