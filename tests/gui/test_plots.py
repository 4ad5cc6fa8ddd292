"""The loss curves and the histogram of errors, and saving them."""

import csv
import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from aegui.analysis.histogram import error_histogram
from aegui.records import Baselines, EpochRecord, ErrorFigures, History, RunEvent
from aegui.ui.handing.export import ExportMenu
from aegui.ui.theme import DARK, LIGHT, PAPER
from aegui.ui.views.draw.code_bars import CodeBars
from aegui.ui.views.error_histogram import ErrorHistogram
from aegui.ui.views.train.loss_plot import LossPlot


def history(*pairs: tuple[float | None, float]) -> History:
    return History(
        tuple(
            EpochRecord(epoch, loss, val_loss, 1.0, 0.001, 0.1)
            for epoch, (loss, val_loss) in enumerate(pairs)
        )
    )


SPREAD = error_histogram(np.linspace(1, 50, 500))
FALLING = history((None, 0.7), (0.4, 0.3), (0.25, 0.2), (0.15, 0.1))


@pytest.fixture
def in_window(qtbot):
    """Show a view in a window, next to something else that has the keyboard."""
    windows = []

    def show(view: QWidget, width: int = 600, height: int = 300) -> None:
        window, other = QWidget(), QLineEdit()
        windows.append(window)
        qtbot.addWidget(window)
        layout = QVBoxLayout(window)
        layout.addWidget(other)
        layout.addWidget(view)
        view.setFixedSize(width, height)
        window.show()
        other.setFocus()
        qtbot.waitExposed(window)

    return show


@pytest.fixture
def loss_plot(in_window) -> LossPlot:
    plot = LossPlot()
    in_window(plot)
    plot.start("Digits", "Binary cross-entropy", 10)
    return plot


@pytest.fixture
def histogram(in_window) -> ErrorHistogram:
    plot = ErrorHistogram()
    in_window(plot)
    plot.start("digit")
    return plot


@pytest.fixture
def saved_as(monkeypatch, tmp_path):
    """Answer the file dialog with a file of this name."""

    def answer(name: str) -> Path:
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        return path

    return answer


def test_training_is_drawn_half_an_epoch_early_and_validation_at_its_epoch(loss_plot):
    loss_plot.show_history(FALLING)
    x, y = loss_plot._training.getOriginalDataset()
    assert x.tolist() == [0.5, 1.5, 2.5]
    assert y.tolist() == [0.4, 0.25, 0.15]
    x, y = loss_plot._validation.getOriginalDataset()
    assert x.tolist() == [0, 1, 2, 3]
    assert y.tolist() == [0.7, 0.3, 0.2, 0.1]


def test_curves_appear_and_axes_stay_where_they_are(loss_plot, qtbot):
    before = loss_plot.grab().toImage()
    (left, right), _ = loss_plot.viewRange()
    loss_plot.show_history(FALLING)
    assert loss_plot.viewRange()[0] == [left, right]
    assert left <= 0
    assert right >= 10
    qtbot.wait(1)
    assert count_pixels(loss_plot.grab().toImage(), DARK.series[0]) > 100
    assert count_pixels(before, DARK.series[0]) == 0


def test_the_same_items_serve_every_epoch(loss_plot):
    loss_plot.show_history(FALLING)
    items = list(loss_plot.plotItem.items)
    loss_plot.show_history(FALLING.with_record(EpochRecord(4, 0.1, 0.09, 1.0, 0.001, 0.1)))
    assert loss_plot.plotItem.items == items


def test_an_epoch_stopped_inside_is_drawn_where_it_stopped(loss_plot):
    partial = EpochRecord(4, 0.1, 0.09, 1.0, 0.001, 0.1, fraction=0.4)
    loss_plot.show_history(FALLING.with_record(partial))
    assert loss_plot._training.getOriginalDataset()[0][-1] == pytest.approx(3.2)
    assert loss_plot._validation.getOriginalDataset()[0][-1] == pytest.approx(3.4)
    assert loss_plot._key.texts[0] == "Epoch 4, 40\u00a0%"


def test_a_line_grows_inside_an_epoch_until_its_end(loss_plot, qtbot):
    loss_plot.show_history(FALLING)
    before = loss_plot.grab().toImage()
    for position, loss in ((3.2, 0.14), (3.4, 0.13)):
        loss_plot.show_chunk(position, loss)
    x, y = loss_plot._running.getOriginalDataset()
    assert x.tolist() == [2.5, 3.2, 3.4]
    assert y.tolist() == [0.15, 0.14, 0.13]
    qtbot.wait(1)
    assert loss_plot.grab().toImage() != before
    loss_plot.show_history(FALLING.with_event(RunEvent(3.4, "learning_rate", "New")))
    assert len(loss_plot._running.getOriginalDataset()[0]) == 3, "an event alone ends nothing"
    loss_plot.forget_chunks()
    loss_plot.show_history(FALLING)
    assert loss_plot._running.getData()[0] is None


def test_chunks_are_on_a_logarithmic_axis_too(loss_plot):
    loss_plot.set_log(True)
    loss_plot.show_chunk(0.2, 0.6)
    loss_plot.show_chunk(0.4, 0.5)
    low, high = loss_plot.viewRange()[1]
    assert low < math.log10(0.5) < math.log10(0.6) < high


def test_values_that_are_not_finite_are_left_out(loss_plot):
    loss_plot.show_history(history((None, 0.7), (math.nan, math.inf), (0.3, 0.2)))
    assert loss_plot._training.getOriginalDataset()[0].tolist() == [1.5]
    assert loss_plot._validation.getOriginalDataset()[0].tolist() == [0, 2]
    assert all(math.isfinite(end) for end in loss_plot.viewRange()[1])


def test_a_first_loss_far_off_does_not_flatten_the_rest(loss_plot):
    loss_plot.show_history(history((None, 900.0), (0.4, 0.3), (0.3, 0.25), (0.2, 0.1)))
    assert loss_plot.viewRange()[1][1] < 1.0


def test_the_key_reads_the_newest_epoch_or_the_one_under_the_mouse(loss_plot):
    loss_plot.show_history(FALLING)
    assert loss_plot._key.texts == ["Epoch 3", "Training 0.1500", "Validation 0.1000"]
    place = loss_plot.plotItem.vb.mapViewToScene(QPointF(0.9, 0.4))
    loss_plot.scene().sigMouseMoved.emit(place)
    assert loss_plot._key.texts == ["Epoch 1", "Training 0.4000", "Validation 0.3000"]
    assert loss_plot._line.isVisible()
    loss_plot.scene().sigMouseMoved.emit(QPointF(1, 1))
    assert loss_plot._key.texts[0] == "Epoch 3"
    assert not loss_plot._line.isVisible()


def test_the_last_of_quick_moves_counts(loss_plot):
    seen: list[QPointF] = []
    loss_plot.scene().sigMouseMoved.connect(seen.append)
    places = [QPoint(200, 100), QPoint(240, 110), QPoint(300, 120)]
    for place in places:
        QTest.mouseMove(loss_plot.viewport(), place)
    assert [point.toPoint() for point in seen] == places


def test_epoch_0_has_validation_only(loss_plot):
    loss_plot.show_history(history((None, 0.7)))
    assert loss_plot._key.texts == ["Epoch 0", "Training –", "Validation 0.7000"]


def test_the_arrows_move_the_marker_over_its_stops(loss_plot, qtbot):
    loss_plot.show_history(FALLING)
    loss_plot.set_stops([0, 2, 3])
    moves = []
    loss_plot.marker_moved.connect(moves.append)
    keys = Qt.Key
    qtbot.keyClick(loss_plot, keys.Key_Left)
    assert loss_plot._key.texts[0] == "Epoch 2"
    qtbot.keyClick(loss_plot, keys.Key_Left)
    qtbot.keyClick(loss_plot, keys.Key_Left)
    assert loss_plot._key.texts[0] == "Epoch 0"
    for key in (keys.Key_Right, keys.Key_Right, keys.Key_Right, keys.Key_Home, keys.Key_End):
        qtbot.keyClick(loss_plot, key)
    assert loss_plot._key.texts[0] == "Epoch 3"
    assert moves == [2, 0, 2, None, 0, None]


def test_without_stops_there_is_nothing_to_move(loss_plot, qtbot):
    qtbot.keyClick(loss_plot, Qt.Key.Key_Left)
    qtbot.mouseClick(loss_plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    assert loss_plot.marker is None


def test_hovering_reads_without_moving_the_marker(loss_plot):
    loss_plot.show_history(FALLING)
    loss_plot.set_stops([0, 1, 2, 3])
    loss_plot.set_marker(2)
    hover(loss_plot, 1.1)
    assert loss_plot._key.texts[0] == "Epoch 1"
    assert loss_plot.marker == 2
    loss_plot.scene().sigMouseMoved.emit(QPointF(1, 1))
    assert loss_plot._key.texts[0] == "Epoch 2"


EVENTS = (
    RunEvent(1.5, "learning_rate", "Learning rate 0.001 → 0.01"),
    RunEvent(3.0, "plateau", "No progress: learning rate reduced from 0.01 to 0.005"),
    RunEvent(3.0, "early_stop", "No better validation loss for 2 epochs: stopped early"),
    RunEvent(2.0, "restored", "The weights of epoch 2, the best, were kept"),
    RunEvent(0.0, "continued", "Continued"),
)


def test_events_are_marked_and_say_what_happened(loss_plot, qtbot):
    loss_plot.show_history(FALLING)
    before = loss_plot.grab().toImage()
    loss_plot.show_history(History(FALLING.records, EVENTS))
    qtbot.wait(1)
    assert loss_plot.grab().toImage() != before
    assert len(loss_plot._key.texts) == 3, "nobody asks"
    hover(loss_plot, 1.52)
    assert EVENTS[0].text in loss_plot._key.texts
    hover(loss_plot, 3)
    assert loss_plot._key.texts[3:] == [EVENTS[1].text, EVENTS[2].text]
    hover(loss_plot, 1)
    assert len(loss_plot._key.texts) == 3
    loss_plot.scene().sigMouseMoved.emit(QPointF(1, 1))
    loss_plot.set_marker(2)
    assert loss_plot._key.texts[3:] == [EVENTS[0].text, EVENTS[3].text]
    box = loss_plot._key.sceneBoundingRect()
    assert loss_plot.plotItem.vb.sceneBoundingRect().contains(box)


@pytest.mark.parametrize(
    "event", [*EVENTS, RunEvent(2.5, "speed", "Views: every epoch → slow motion")]
)
def test_each_kind_of_event_is_seen_where_it_happened(loss_plot, qtbot, event):
    loss_plot.show_history(FALLING)
    # What the key reads does not change.
    loss_plot.set_marker(1)
    before = loss_plot.grab().toImage()
    loss_plot.show_history(History(FALLING.records, (event,)))
    qtbot.wait(1)
    after = loss_plot.grab().toImage()
    place = loss_plot.plotItem.vb.mapViewToScene(QPointF(event.position, 0)).x()
    changed = [x for x in range(after.width()) if column(before, x) != column(after, x)]
    assert changed
    assert max(abs(x - place) for x in changed) < 9


def variational(count: int) -> History:
    return History(
        tuple(
            EpochRecord(
                epoch,
                *((0.4, 0.5) if epoch else (None, 0.9)),
                error=1.0,
                learning_rate=0.001,
                seconds=0.1,
                kl=20.0 + epoch if epoch else None,
                val_kl=21.5 + epoch,
                reconstruction=0.3 if epoch else None,
                val_reconstruction=0.2,
            )
            for epoch in range(count)
        )
    )


def test_only_a_variational_run_has_an_axis_of_kl(loss_plot, qtbot):
    axis = loss_plot.plotItem.getAxis("right")
    loss_plot.show_history(FALLING)
    qtbot.wait(1)
    plain = loss_plot.grab().toImage()
    assert not axis.isVisible()
    loss_plot.start("Variational", "Binary cross-entropy", 10)
    loss_plot.show_history(variational(4))
    qtbot.wait(1)
    picture = loss_plot.grab().toImage()
    assert axis.isVisible()
    assert axis.labelText == "KL (nats)"
    assert count_pixels(picture, DARK.series[1]) > 100
    assert count_pixels(plain, DARK.series[1]) == 0
    loss_plot.start("Digits", "Binary cross-entropy", 10)
    loss_plot.show_history(FALLING)
    qtbot.wait(1)
    assert loss_plot.grab().toImage() == plain


def test_reconstruction_and_kl_are_apart(loss_plot):
    loss_plot.show_history(variational(4))
    assert loss_plot._training.getOriginalDataset()[1].tolist() == [0.3] * 3
    assert loss_plot._validation.getOriginalDataset()[1].tolist() == [0.2] * 4
    assert loss_plot._kl._training.getOriginalDataset()[0].tolist() == [0.5, 1.5, 2.5]
    assert loss_plot._kl._validation.getOriginalDataset()[1].tolist() == [21.5, 22.5, 23.5, 24.5]
    assert loss_plot._key.texts == [
        "Epoch 3",
        "Training 0.3000",
        "Validation 0.2000",
        "KL, training 23.00",
        "KL, validation 24.50",
    ]


def test_the_axis_of_kl_stays_linear(loss_plot):
    loss_plot.show_history(variational(4))
    held = loss_plot._kl._box.viewRange()[1]
    assert held[0] == 0
    assert held[1] > 24.5
    loss_plot.set_log(True)
    assert loss_plot._kl._box.viewRange()[1] == held
    assert not loss_plot.plotItem.getAxis("right").logMode
    assert loss_plot._kl._box.viewRange()[0] == loss_plot.viewRange()[0]


def test_the_key_is_inside_the_plot(loss_plot):
    loss_plot.show_history(FALLING)
    box = loss_plot._key.sceneBoundingRect()
    assert loss_plot.plotItem.vb.sceneBoundingRect().contains(box)


def covered(plot: LossPlot) -> float:
    """Return the share of the data's area that the key covers."""
    area = plot.plotItem.vb.sceneBoundingRect()
    common = area.intersected(plot._key.sceneBoundingRect())
    return common.width() * common.height() / (area.width() * area.height())


@pytest.mark.parametrize(
    ("width", "scale"),
    [(380, 1), (480, 1), (740, 1), (1100, 1), (680, 1.5), (740, 1.5), (1100, 1.5)],
)
def test_a_key_of_four_rows_covers_no_curves(loss_plot, qtbot, width, scale):
    loss_plot.set_theme(replace(DARK, scale=scale))
    loss_plot.setFixedSize(width, 300)
    loss_plot.show_history(variational(4))
    qtbot.wait(1)
    assert covered(loss_plot) < 0.2
    key = loss_plot._key.sceneBoundingRect()
    assert QRectF(loss_plot.viewport().rect()).contains(key)
    places = loss_plot._key._places()
    for place in (places.title, *places.rows):
        assert QRectF(QPointF(0, 0), places.size).adjusted(0, 0, 1, 1).contains(place)
    assert loss_plot.area().height() > 100


def test_where_there_is_no_room_the_key_comes_when_it_is_asked_for(loss_plot, qtbot):
    loss_plot.set_theme(replace(DARK, scale=1.5))
    loss_plot.setFixedSize(560, 170)
    loss_plot.show_history(variational(9))
    loss_plot.set_stops(range(9))
    qtbot.wait(1)
    assert not loss_plot._key.isVisible()
    assert loss_plot.area().height() > 90
    loss_plot.set_marker(3)
    assert loss_plot._key.isVisible()
    loss_plot.set_marker(None)
    assert not loss_plot._key.isVisible()
    loss_plot.setFixedSize(760, 400)
    qtbot.wait(1)
    assert loss_plot._key.isVisible()


def test_the_key_above_a_plot_stays_while_its_values_change(loss_plot, qtbot):
    loss_plot.set_theme(replace(DARK, scale=1.5))
    loss_plot.show_history(variational(2))
    qtbot.wait(1)
    assert covered(loss_plot) == 0
    before = loss_plot.area(), loss_plot._key.sceneBoundingRect()
    loss_plot.show_history(variational(9))
    loss_plot.set_stops(range(9))
    loss_plot.set_marker(3)
    qtbot.wait(1)
    assert (loss_plot.area(), loss_plot._key.sceneBoundingRect()) == before
    loss_plot.set_theme(DARK)
    loss_plot.start("Digits", "Binary cross-entropy", 10)
    loss_plot.show_history(FALLING)
    qtbot.wait(1)
    assert loss_plot.area().height() > before[0].height() + 60
    assert 0 < covered(loss_plot) < 0.2


def test_a_logarithmic_axis_keeps_the_epochs_and_says_losses(loss_plot, qtbot):
    loss_plot.show_history(FALLING)
    epochs = loss_plot.viewRange()[0]
    loss_plot.set_log(True)
    assert loss_plot.viewRange()[0] == epochs
    low, high = loss_plot.viewRange()[1]
    assert low < math.log10(0.1)
    assert high > math.log10(0.7)
    axis = loss_plot.plotItem.getAxis("left")
    ((_, ticks),) = axis.tickValues(low, high, 250)
    assert "0.1" in axis.logTickStrings(ticks, 1.0, None)
    assert len(ticks) >= 4
    qtbot.wait(1)
    assert count_pixels(loss_plot.grab().toImage(), DARK.series[0]) > 100


def test_a_narrow_logarithmic_axis_has_ticks_too(loss_plot):
    loss_plot.show_history(history((None, 0.6932), (0.6931, 0.6929)))
    loss_plot.set_log(True)
    ((_, ticks),) = loss_plot.plotItem.getAxis("left").tickValues(*loss_plot.viewRange()[1], 250)
    assert len(ticks) >= 2


def test_ticks_between_epochs_are_not_written(loss_plot):
    axis = loss_plot.plotItem.getAxis("bottom")
    assert all(spacing >= 1 for spacing, _ in axis.tickSpacing(0, 2, 600))


def test_the_bars_are_a_hundred_and_add_up(histogram):
    errors = np.random.default_rng(0).normal(25, 6, 10_000).astype(np.float32)
    histogram.show_histogram(error_histogram(errors))
    heights = histogram._bars.opts["height"]
    assert len(heights) == 100
    assert heights.sum() == 10_000
    assert histogram.summary == f"mean {errors.mean():.2f}  σ = {errors.std():.2f}  n = 10\u00a0000"


def test_bars_appear_in_the_hue_of_the_run(histogram, qtbot):
    before = histogram.grab().toImage()
    histogram.show_histogram(SPREAD)
    qtbot.wait(1)
    assert count_pixels(before, DARK.series[0]) == 0
    assert count_pixels(histogram.grab().toImage(), DARK.series[0]) > 1000


def test_the_error_axis_stays_while_the_errors_fit_it(histogram):
    errors = np.linspace(5, 100, 500, dtype=np.float32)
    histogram.show_histogram(error_histogram(errors))
    held = histogram.viewRange()[0]
    histogram.show_histogram(error_histogram(errors * np.float32(0.8)))
    assert histogram.viewRange()[0] == held
    histogram.show_histogram(error_histogram(errors * np.float32(0.3)))
    assert histogram.viewRange()[0][1] < 40
    histogram.show_histogram(error_histogram(errors * np.float32(2)))
    assert histogram.viewRange()[0][1] > 200


@pytest.mark.parametrize("errors", [[], [3.0], [3.0] * 20, [math.nan, 2.0]])
def test_few_or_equal_errors_are_shown(histogram, errors):
    histogram.show_histogram(error_histogram(np.array(errors)))
    histogram.grab()
    finite = [error for error in errors if math.isfinite(error)]
    assert histogram._bars.opts["height"].sum() == len(finite)


def test_narrow_bars_have_no_gaps(histogram, qtbot):
    histogram.show_histogram(SPREAD)
    histogram.setFixedSize(900, 200)
    qtbot.wait(1)
    edges = SPREAD.edges
    assert histogram._bars.opts["width"] < (edges[1] - edges[0]) * 0.95
    histogram.setFixedSize(250, 200)
    qtbot.wait(1)
    assert histogram._bars.opts["width"] == pytest.approx(edges[1] - edges[0])


def test_the_theme_reaches_everything(loss_plot, histogram, qtbot):
    loss_plot.show_history(FALLING)
    histogram.show_histogram(SPREAD)
    for plot in (loss_plot, histogram):
        plot.set_theme(LIGHT)
        qtbot.wait(1)
        picture = plot.grab().toImage()
        assert picture.pixelColor(1, 1).name() == LIGHT.surface
        assert count_pixels(picture, LIGHT.series[0]) > 100
        assert count_pixels(picture, DARK.surface) == 0


def test_the_keyboard_is_seen(loss_plot, qtbot):
    loss_plot.setFocus()
    qtbot.wait(1)
    frame = loss_plot.grab().toImage()
    assert frame.pixelColor(0, 0).name() == DARK.accent


def test_the_wheel_and_a_drag_leave_the_plot_as_it_is(loss_plot, qtbot):
    loss_plot.show_history(FALLING)
    held = loss_plot.viewRange()
    port = loss_plot.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    qtbot.mouseMove(port, QPoint(300, 150))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
    assert loss_plot.viewRange() == held


def test_a_right_click_opens_the_menu(loss_plot, qtbot):
    port, place = loss_plot.viewport(), QPoint(200, 100)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, port.mapToGlobal(place))
    QApplication.sendEvent(port, event)
    menu = loss_plot.findChild(ExportMenu).menu
    qtbot.waitUntil(menu.isVisible)
    texts = [action.text() for action in menu.actions() if action.text()]
    kept = ["Copy picture", "Save as PNG…", "Save as SVG…", "Save as CSV…"]
    assert texts == [*kept, "Save for paper"]
    menu.close()


def test_saved_pictures_read_back(loss_plot, saved_as):
    loss_plot.show_history(FALLING)
    menu = loss_plot.findChild(ExportMenu)
    png = saved_as("a.png")
    menu.save_png()
    picture = QImage(str(png))
    assert picture.width() == 2 * loss_plot.width()
    assert count_pixels(picture, DARK.series[0]) > 100
    svg = saved_as("a.svg")
    menu.save_svg()
    drawing = QSvgRenderer(str(svg))
    assert drawing.isValid()
    assert drawing.viewBox().size() == loss_plot.size()
    assert "Validation" in svg.read_text(encoding="utf-8")
    menu.copy_picture()
    assert QGuiApplication.clipboard().image().size() == picture.size()


def test_what_is_painted_and_no_plot_is_saved_as_a_drawing_too(in_window, saved_as):
    bars = CodeBars()
    in_window(bars)
    bars.show_code(np.array([0.2, -0.7, 1.0], np.float32))
    actions = {a.text(): a for a in bars.findChild(ExportMenu).menu.actions()[-1].menu().actions()}
    svg = saved_as("a.svg")
    actions["SVG…"].trigger()
    drawing = QSvgRenderer(str(svg))
    assert drawing.viewBox().size() == bars.size()
    drawn = QImage(bars.size(), QImage.Format.Format_RGB32)
    drawn.fill(Qt.GlobalColor.red)
    painter = QPainter(drawn)
    drawing.render(painter)
    painter.end()
    png = saved_as("a.png")
    actions["PNG, 1×…"].trigger()
    inked = count_pixels(QImage(str(png)), PAPER.code)
    assert inked > 200
    assert abs(count_pixels(drawn, PAPER.code) - inked) < 0.1 * inked


def test_a_plot_is_saved_for_paper(loss_plot, saved_as):
    loss_plot.show_history(FALLING)
    menu = loss_plot.findChild(ExportMenu)
    before = loss_plot.picture()
    actions = {a.text(): a for a in menu.menu.actions()[-1].menu().actions()}
    assert list(actions) == ["PDF…", "SVG…", "PNG, 1×…", "PNG, 2×…"]
    for name, times in (("PNG, 1×…", 1), ("PNG, 2×…", 2)):
        png = saved_as("a.png")
        actions[name].trigger()
        picture = QImage(str(png))
        assert picture.size() == loss_plot.size() * times
        # What is drawn is seen on white.
        assert picture.pixelColor(1, 1) == Qt.GlobalColor.white
        assert count_pixels(picture, PAPER.series[0]) > 20 * times
    svg = saved_as("a.svg")
    actions["SVG…"].trigger()
    assert PAPER.series[0] in svg.read_text(encoding="utf-8")
    pdf = saved_as("a.pdf")
    actions["PDF…"].trigger()
    contents = pdf.read_bytes()
    assert contents.startswith(b"%PDF-")
    box = re.search(rb"/MediaBox \[0 0 (\S+) (\S+)\]", contents)
    assert box is not None
    page = [float(side) / 0.75 for side in box.groups()]
    assert page == pytest.approx([loss_plot.width(), loss_plot.height()], abs=2)
    assert loss_plot.picture() == before


def test_saved_numbers_read_back(loss_plot, histogram, saved_as):
    loss_plot.show_history(FALLING)
    path = saved_as("loss")
    loss_plot.findChild(ExportMenu).save_csv()
    rows = read_csv(path.with_suffix(".csv"))
    assert rows[0] == ["epoch", "training loss", "validation loss"]
    assert rows[1] == ["0", "", "0.7"]
    assert len(rows) == 5
    histogram.show_histogram(SPREAD)
    path = saved_as("bins.csv")
    histogram.findChild(ExportMenu).save_csv()
    assert sum(int(row[2]) for row in read_csv(path)[1:]) == 500


def test_the_parts_of_a_variational_loss_are_saved_too(loss_plot, saved_as):
    loss_plot.show_history(variational(3))
    path = saved_as("loss.csv")
    loss_plot.findChild(ExportMenu).save_csv()
    rows = read_csv(path)
    assert rows[0][3:] == [
        "training reconstruction",
        "validation reconstruction",
        "training KL",
        "validation KL",
    ]
    assert rows[1] == ["0", "", "0.9", "", "0.2", "", "21.5"]
    assert rows[3] == ["2", "0.4", "0.5", "0.3", "0.2", "22.0", "23.5"]
    svg = saved_as("loss.svg")
    loss_plot.findChild(ExportMenu).save_svg()
    assert "KL (nats)" in svg.read_text(encoding="utf-8")


def test_a_save_that_fails_says_so_and_loses_nothing(loss_plot, saved_as, monkeypatch, tmp_path):
    said = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: said.append(words[-1]))
    path = saved_as("no such folder/a.csv")
    loss_plot.findChild(ExportMenu).save_csv()
    assert str(path) in said[0]
    assert "No such file or directory" in said[0]
    kept = saved_as("kept.svg")
    kept.write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", refuse)
    loss_plot.findChild(ExportMenu).save_svg()
    assert "disk full" in said[1]
    assert kept.read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.glob("*kept*")] == ["kept.svg"]


def refuse(*_: object) -> None:
    raise OSError("disk full")


def hover(plot: LossPlot, position: float) -> None:
    plot.scene().sigMouseMoved.emit(plot.plotItem.vb.mapViewToScene(QPointF(position, 0.3)))


def column(picture: QImage, x: int) -> list[int]:
    return [picture.pixel(x, y) for y in range(picture.height())]


def read_csv(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def count_pixels(picture: QImage, colour: str) -> int:
    """Count pixels of exactly this colour."""
    exact = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(exact.constBits(), np.uint32).reshape(exact.height(), -1)
    return int(np.count_nonzero((pixels & 0xFFFFFF) == int(colour[1:], 16)))


# The floor of the loss.


@pytest.mark.parametrize("log", [False, True])
def test_the_floor_is_a_line_where_its_value_says(loss_plot, qtbot, log):
    loss_plot.set_log(log)
    loss_plot.show_history(FALLING)
    loss_plot.set_floor(0.058)
    qtbot.wait(1)
    low, high = loss_plot.viewRange()[1]
    place = math.log10(0.058) if log else 0.058
    assert low < place < high
    assert loss_plot._floor.is_in_range
    assert loss_plot._floor.text == "floor 0.0580"
    y = round(loss_plot.plotItem.vb.mapViewToScene(QPointF(5, place)).y())
    picture = loss_plot.grab().toImage()
    x = round(loss_plot.plotItem.vb.sceneBoundingRect().center().x())
    lightness = {row: picture.pixelColor(x + 9, row).lightness() for row in range(y - 4, y + 5)}
    lightest = max(lightness, key=lightness.__getitem__)
    assert lightness[lightest] > 2 * lightness[y - 4]
    assert abs(lightest - y) <= 1


@pytest.mark.parametrize("log", [False, True])
def test_a_floor_that_would_press_the_curve_flat_is_told_by_an_arrow(loss_plot, qtbot, log):
    loss_plot.set_log(log)
    loss_plot.show_history(history((None, 0.6935), (0.693, 0.691), (0.69, 0.68)))
    held = loss_plot.viewRange()[1]
    loss_plot.set_floor(0.5)
    qtbot.wait(1)
    assert loss_plot.viewRange()[1] == held
    assert not loss_plot._floor.is_in_range
    assert loss_plot._floor.text == "↓ floor 0.5000"
    label = loss_plot._floor._label.sceneBoundingRect()
    assert loss_plot.plotItem.vb.sceneBoundingRect().contains(label)


def test_the_floor_stays_in_view_while_the_curve_settles(loss_plot):
    loss_plot.set_floor(0.058)
    seen = []
    losses = [(None, 0.7), *((0.1 + 0.2 / k, 0.095 + 0.2 / k) for k in range(1, 30))]
    for count in range(1, len(losses) + 1):
        loss_plot.show_history(history(*losses[:count]))
        seen.append(loss_plot._floor.is_in_range)
    assert seen[3:] == [True] * len(seen[3:])


@pytest.mark.parametrize("floor", [None, 0.0])
def test_without_a_floor_nothing_is_marked(loss_plot, qtbot, floor):
    loss_plot.show_history(FALLING)
    qtbot.wait(1)
    before = loss_plot.grab().toImage()
    loss_plot.set_floor(0.058)
    loss_plot.set_floor(floor)
    qtbot.wait(1)
    assert loss_plot._floor.text == ""
    loss_plot.start("Digits", "Binary cross-entropy", 10)
    loss_plot.show_history(FALLING)
    qtbot.wait(1)
    assert loss_plot.grab().toImage() == before


# What the errors are measured against.


def against(mean: float, pca: float | None, width: int = 32) -> Baselines:
    return Baselines(
        mean=ErrorFigures(mean=mean, std=1.5),
        pca=None if pca is None else ErrorFigures(mean=pca, std=2.5),
        pca_width=width,
        floor=0.058,
    )


def test_the_baselines_are_lines_where_their_errors_say(histogram, qtbot):
    histogram.show_histogram(SPREAD)
    before = histogram.grab().toImage()
    histogram.set_baselines(against(40.0, 20.5))
    qtbot.wait(1)
    after = histogram.grab().toImage()
    lines = histogram._lines
    assert lines.texts == ["training mean: 40.00", "PCA of 32: 20.50"]
    bottom = round(histogram.plotItem.vb.sceneBoundingRect().bottom()) - 12
    for error, mark in zip((40.0, 20.5), lines.marks, strict=True):
        place = histogram.plotItem.vb.mapViewToScene(QPointF(error, 0)).x()
        assert lines.mapToScene(QPointF(lines.across(mark), 0)).x() == pytest.approx(place)
        columns = [x for x in range(round(place) - 3, round(place) + 4)
                   if column(before, x)[60:bottom] != column(after, x)[60:bottom]]  # fmt: skip
        assert columns
        assert max(abs(x - place) for x in columns) <= 2


def test_the_axis_grows_for_baselines_nearby(histogram):
    histogram.show_histogram(error_histogram(np.linspace(10, 60, 500)))
    histogram.set_baselines(against(70.0, 30.0))
    low, high = histogram.viewRange()[0]
    assert low < 30 < 70 < high
    assert histogram._lines.texts == ["training mean: 70.00", "PCA of 32: 30.00"]


def test_baselines_far_off_are_arrows_at_the_edge(histogram, qtbot):
    errors = np.linspace(40, 60, 500)
    histogram.show_histogram(error_histogram(errors))
    held = histogram.viewRange()[0]
    histogram.set_baselines(against(400.0, 0.001, 2))
    qtbot.wait(1)
    assert histogram.viewRange()[0] == held
    assert histogram._lines.texts == ["training mean: 400.00 →", "← PCA of 2: 0.00"]
    area = histogram.area()
    places = [histogram._lines.label_area(row) for row in (0, 1)]
    assert all(area.contains(place) for place in places)
    assert places[0].right() > area.right() - 10
    assert places[1].left() < area.left() + 10


@pytest.mark.parametrize("width", [250, 400, 900])
@pytest.mark.parametrize("scale", [1, 1.5])
def test_no_label_covers_another(histogram, qtbot, width, scale):
    histogram.set_theme(replace(DARK, scale=scale))
    histogram.setFixedSize(width, 220)
    histogram.show_histogram(error_histogram(np.linspace(4, 11, 500)))
    histogram.set_baselines(against(8.0, 7.9))
    qtbot.wait(1)
    first, second = (histogram._lines.label_area(row) for row in (0, 1))
    summary = histogram._summary.mapRectToParent(histogram._summary.boundingRect())
    for one, other in ((first, second), (first, summary), (second, summary)):
        assert not one.intersects(other)


@pytest.mark.parametrize("width", [250, 400, 900])
def test_a_label_stands_at_its_own_line(histogram, qtbot, width):
    histogram.setFixedSize(width, 220)
    histogram.show_histogram(error_histogram(np.linspace(20, 130, 500)))
    histogram.set_baselines(against(118.0, 45.0))
    qtbot.wait(1)
    lines = histogram._lines
    for row, mark in enumerate(lines.marks):
        place, area = lines.across(mark), lines.label_area(row)
        assert area.left() - 6 <= place <= area.right() + 6
        assert histogram.area().contains(area)


def test_baselines_are_given_in_words(histogram):
    histogram.set_baselines(against(40.0, 20.5))
    words = histogram._lines.toolTip()
    assert "Always answering the training mean: error 40.00, σ = 1.50" in words
    assert "PCA with 32 components" in words
    assert "error 20.50, σ = 2.50" in words
    assert histogram.accessibleDescription() == words
    histogram.set_baselines(against(40.0, None))
    assert histogram._lines.texts == ["training mean: 40.00 →"]
    histogram.start("digit")
    assert histogram._lines.texts == []
    assert histogram._lines.toolTip() == ""
