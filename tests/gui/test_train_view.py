"""The Train tab."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from aegui.analysis.diagnosis import Finding
from aegui.analysis.histogram import error_histogram
from aegui.data import Dataset
from aegui.records import ChunkSnapshot, EpochFrame, EpochRecord, History, RunEvent
from aegui.ui.theme import DARK, LIGHT
from aegui.ui.views.train.loss_plot import NOTE
from aegui.ui.views.train.train_view import EMPTY, TrainView

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot) -> TrainView:
    view = TrainView()
    qtbot.addWidget(view)
    view.set_theme(DARK)
    view.resize(870, 830)
    view.show()
    qtbot.waitExposed(view)
    return view


def frame(dataset: Dataset, position: float = 0) -> EpochFrame:
    """Return the picture of a model that learns: the later, the brighter and the better."""
    made = dataset.test * np.float32(position / (position + 2))
    errors = np.abs(dataset.test - made).sum(axis=1)
    chosen = dataset.showcase()
    strip = made[chosen].astype(np.float16)
    return EpochFrame(position, strip, errors[chosen], error_histogram(errors))


def records(count: int) -> History:
    return History(
        tuple(
            EpochRecord(epoch, None if epoch == 0 else 0.5 / epoch, 0.7 / (1 + epoch), 1, 0.001, 1)
            for epoch in range(count)
        )
    )


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def texts(view: TrainView) -> list[str]:
    return [view._epoch.text(), view._strip_card.hint.text(), view._loss_card.hint.text()]


def counts(view: TrainView) -> list[int]:
    return list(view._errors._bars.opts["height"])


def look(view: TrainView) -> QImage:
    QApplication.processEvents()
    return view._strip.grab().toImage()


def start(view: TrainView, dataset: Dataset, inputs: np.ndarray | None = None) -> None:
    view.start("Ten digits", "Binary cross-entropy", 24, dataset, inputs)


def run(view: TrainView, dataset: Dataset, epochs: int = 8) -> None:
    start(view, dataset)
    view.show_run(records(epochs + 1), [frame(dataset, epoch) for epoch in range(epochs + 1)])
    QApplication.processEvents()


def at(view: TrainView, position: float) -> QPoint:
    """Return where an epoch is on the loss plot, in pixels of its viewport."""
    plot = view._loss
    return plot.mapFromScene(plot.plotItem.vb.mapViewToScene(QPointF(position, 0.2)))


def drag(view: TrainView, *positions: float) -> None:
    port = view._loss.viewport()
    QTest.mousePress(port, LEFT, pos=at(view, positions[0]))
    for position in positions[1:]:
        point_at(view, position)
    QTest.mouseRelease(port, LEFT, pos=at(view, positions[-1]))


def point_at(view: TrainView, position: float) -> None:
    port, place = view._loss.viewport(), at(view, position)
    # A cursor that is there already would not be a movement.
    QTest.mouseMove(port, place + QPoint(1, 0))
    QTest.mouseMove(port, place)


def has_line(view: TrainView) -> bool:
    """Tell whether there is a line inside an epoch."""
    x, _ = view._loss._running.getData()
    return x is not None and len(x) > 0


def way_back(view: TrainView) -> QPushButton | None:
    buttons = view._strip_card.findChildren(QPushButton)
    return next((button for button in buttons if button.isVisible()), None)


def test_before_a_run_it_says_what_will_be_there(view):
    label = view._stack.currentWidget()
    assert label.text() == EMPTY
    assert label.isVisible()


def test_a_run_begins_with_the_originals(view, digits):
    start(view, digits)
    assert view._strip.isVisible()
    assert view._strip.count == 10
    assert texts(view) == ["", "the same ten test digits, redrawn every epoch", "Ten digits"]
    assert view._loss.plotItem.getAxis("left").labelText == "Binary cross-entropy"
    assert view._errors.plotItem.getAxis("bottom").labelText == "Sum of absolute error per digit"


def test_epoch_0_fills_all_three(view, digits):
    start(view, digits)
    before = view.grab().toImage()
    shown = frame(digits)
    view.show_epoch(records(1), shown)
    QApplication.processEvents()
    after = view.grab().toImage()
    for card in (view._strip_card, view._loss_card, view._errors_card):
        assert before.copy(card.geometry()) != after.copy(card.geometry())
    assert view._epoch.text() == "epoch 0 · before training"
    assert view._strip.captions == [f"{error:.1f}" for error in shown.strip_errors]


def test_later_epochs_reach_every_view(view, digits):
    start(view, digits)
    view.show_epoch(records(8), frame(digits, 7))
    assert view._epoch.text() == "epoch 7 of 24"
    assert view._loss._validation.getOriginalDataset()[0].tolist() == list(range(8))
    assert sum(counts(view)) == len(digits.test)


def test_an_epoch_is_painted_once(view, digits, qtbot):
    run(view, digits)
    qtbot.wait(50)
    paints = [Paints(plot.viewport()) for plot in (view._strip, view._loss, view._errors)]
    view.show_epoch(records(10), frame(digits, 9))
    qtbot.wait(50)
    assert [counted.count for counted in paints] == [1, 1, 1]


def test_a_whole_run_is_shown_at_its_last_epoch(view, digits):
    run(view, digits, 24)
    assert view._epoch.text() == "epoch 24 of 24"
    last = frame(digits, 24)
    assert view._strip.captions == [f"{error:.1f}" for error in last.strip_errors]
    assert counts(view) == last.histogram.counts.tolist()


def test_a_run_without_pictures_has_curves_and_originals(view, digits):
    start(view, digits)
    view.show_run(records(25), [])
    assert view._epoch.text() == "epoch 24 of 24"
    assert view._strip._reconstructions is None
    assert sum(counts(view)) == 0
    drag(view, 3)
    assert view._epoch.text() == "epoch 3 of 24"
    assert view._loss._key.texts[0] == "Epoch 3"


def test_more_epochs_than_were_asked_for_are_counted(view, digits):
    run(view, digits, 30)
    assert view._epoch.text() == "epoch 30 of 30"


def test_rows_of_numbers_are_named_as_such(view, curves):
    view.start("Noise", "Mean squared error", 3, curves)
    view.show_epoch(records(1), frame(curves))
    assert view._strip_card.hint.text() == "the same ten test rows, redrawn every epoch"
    assert view._errors.plotItem.getAxis("left").labelText == "Rows"


def test_inside_an_epoch_strip_and_curve_go_on(view, digits):
    start(view, digits)
    view.show_epoch(records(3), frame(digits, 2))
    before = look(view), counts(view)
    inside = frame(digits, 3)
    strip = inside.strip.astype(np.float32)
    view.show_chunk(ChunkSnapshot(2.4, 0.2, strip, inside.strip_errors, None))
    assert view._epoch.text() == "epoch 3, 40\u00a0%"
    assert look(view) != before[0]
    assert counts(view) == before[1]
    assert view._loss._running.getOriginalDataset()[0].tolist() == [1.5, 2.4]
    view.show_epoch(records(4), inside)
    assert view._epoch.text() == "epoch 3 of 24"
    assert not has_line(view)


def test_an_epoch_stopped_inside_says_how_far_it_came(view, digits):
    start(view, digits)
    history = records(3).with_record(EpochRecord(3, 0.1, 0.1, 1, 0.001, 1, fraction=0.4))
    view.show_epoch(records(3), frame(digits, 2))
    view.show_epoch(history, frame(digits, 2.4))
    assert view._epoch.text() == "epoch 3, 40\u00a0%"
    drag(view, 1.9)
    assert view._epoch.text() == "epoch 2 of 24"
    assert way_back(view).text() == "Back to epoch 3, 40\u00a0%"


def test_events_come_without_an_epoch(view, digits):
    run(view, digits)
    event = RunEvent(3.0, "learning_rate", "Learning rate 0.001 → 0.01")
    followed = RunEvent(2.5, "speed", "Views: every epoch → slow motion")
    view.show_history(records(9).with_event(event).with_event(followed))
    point_at(view, 3)
    assert event.text in view._loss._key.texts
    assert followed.text in view._loss._key.texts


# Going back to earlier epochs.


def test_dragging_along_the_loss_plays_all_views(view, digits):
    run(view, digits)
    newest = look(view)
    shown: list[float] = []
    view.frame_shown.connect(shown.append)
    drag(view, 6, 3.2, 1.9)
    second = frame(digits, 2)
    assert look(view) != newest
    assert view._strip.captions == [f"{error:.1f}" for error in second.strip_errors]
    assert counts(view) == second.histogram.counts.tolist()
    assert view._epoch.text() == "epoch 2 of 24"
    assert view._loss._key.texts[0] == "Epoch 2"
    assert shown == [6, 3, 2]
    drag(view, 2, 0)
    assert view._epoch.text() == "epoch 0 · before training"


def test_the_marker_stands_where_it_was_put(view, digits):
    run(view, digits)
    before = view._loss.grab().toImage()
    drag(view, 5)
    QApplication.processEvents()
    x, y = at(view, 5).x(), at(view, 5).y() - 40
    after = view._loss.grab().toImage()
    near = [after.pixelColor(x + step, y).name() for step in (-2, -1, 0, 1, 2)]
    assert DARK.text in near
    assert before.pixelColor(x, y).name() != DARK.text


@pytest.mark.parametrize("way", ["button", "escape", "end", "double click", "drag"])
def test_there_are_ways_back(view, digits, way):
    run(view, digits)
    newest, spread = look(view), counts(view)
    drag(view, 2)
    button = way_back(view)
    assert button.text() == "Back to epoch 8"
    plot = view._loss
    if way == "button":
        QTest.mouseClick(button, LEFT)
    elif way == "double click":
        QTest.mouseDClick(plot.viewport(), LEFT, pos=at(view, 4))
    elif way == "drag":
        drag(view, 3, 7.8)
    else:
        QTest.keyClick(plot, Qt.Key.Key_Escape if way == "escape" else Qt.Key.Key_End)
    assert look(view) == newest
    assert counts(view) == spread
    assert view._epoch.text() == "epoch 8 of 24"
    assert view._loss._key.texts[0] == "Epoch 8"
    assert way_back(view) is None


def test_the_keyboard_goes_where_the_hand_was(view, digits, qtbot):
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    run(view, digits)
    drag(view, 4)
    assert view._loss.hasFocus()
    QTest.keyClick(view._loss, Qt.Key.Key_Left)
    assert view._epoch.text() == "epoch 3 of 24"
    QTest.keyClick(view._loss, Qt.Key.Key_Home)
    assert view._epoch.text() == "epoch 0 · before training"
    QTest.keyClick(view._loss, Qt.Key.Key_Right)
    assert view._epoch.text() == "epoch 1 of 24"


def test_escape_is_the_windows_again_when_the_run_is_followed(view, digits):
    run(view, digits)
    assert not wants_escape(view)
    drag(view, 4)
    assert wants_escape(view)
    QTest.keyClick(view._loss, Qt.Key.Key_Escape)
    assert not wants_escape(view)


def wants_escape(view: TrainView) -> bool:
    none = Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, none)
    event.ignore()
    QApplication.sendEvent(view._loss, event)
    return event.isAccepted()


def test_nothing_else_moves_when_the_way_back_comes(view, digits):
    run(view, digits)
    parts = (view._strip_card, view._strip, view._epoch, view._loss, view._errors)
    before = [part.geometry() for part in parts[:2]] + [part.pos() for part in parts[2:]]
    drag(view, 5)
    QApplication.processEvents()
    assert way_back(view) is not None
    after = [part.geometry() for part in parts[:2]] + [part.pos() for part in parts[2:]]
    assert after == before


def test_live_epochs_leave_an_earlier_one_in_view(view, digits):
    start(view, digits)
    for epoch in range(6):
        view.show_epoch(records(epoch + 1), frame(digits, epoch))
    drag(view, 2)
    held = look(view), counts(view), view._epoch.text()
    view.show_epoch(records(7), frame(digits, 6))
    chunk = frame(digits, 7)
    strip = chunk.strip.astype(np.float32)
    view.show_chunk(ChunkSnapshot(6.5, 0.1, strip, chunk.strip_errors, None))
    assert (look(view), counts(view), view._epoch.text()) == held
    assert view._loss._validation.getOriginalDataset()[0].tolist() == list(range(7))
    assert way_back(view).text() == "Back to epoch 6"
    QTest.mouseClick(way_back(view), LEFT)
    assert view._epoch.text() == "epoch 7, 50\u00a0%"
    view.show_epoch(records(8), chunk)
    assert view._epoch.text() == "epoch 7 of 24"
    assert counts(view) == chunk.histogram.counts.tolist()


def test_a_run_that_ends_leaves_an_earlier_epoch_in_view(view, digits):
    start(view, digits)
    for epoch in range(6):
        view.show_epoch(records(epoch + 1), frame(digits, epoch))
    chunk = frame(digits, 6)
    strip = chunk.strip.astype(np.float32)
    view.show_chunk(ChunkSnapshot(5.4, 0.1, strip, chunk.strip_errors, None))
    drag(view, 2)
    held = look(view), counts(view), view._epoch.text()
    view.show_run(records(6), [frame(digits, epoch) for epoch in range(6)])
    assert (look(view), counts(view), view._epoch.text()) == held
    assert not has_line(view), "the run stopped inside an epoch that counts for nothing"
    QTest.mouseClick(way_back(view), LEFT)
    assert view._epoch.text() == "epoch 5 of 24"


def test_a_run_that_goes_on_begins_the_epoch_again_that_it_stopped_in(view, digits):
    start(view, digits)
    view.show_run(records(3), [frame(digits, position) for position in (0, 1, 2, 2.4)])
    second = frame(digits, 2)
    assert view._strip.captions == [f"{error:.1f}" for error in second.strip_errors]
    view.show_epoch(records(4), frame(digits, 3))
    drag(view, 2.4)
    assert view._epoch.text() == "epoch 2 of 24"


def test_hovering_does_not_leave_the_newest_epoch(view, digits):
    run(view, digits)
    held = look(view)
    point_at(view, 3)
    assert view._loss._key.texts[0] == "Epoch 3"
    assert look(view) == held
    assert view._epoch.text() == "epoch 8 of 24"


def test_another_run_begins_at_its_newest_epoch(view, digits):
    run(view, digits)
    drag(view, 3)
    start(view, digits)
    assert way_back(view) is None
    view.show_epoch(records(1), frame(digits))
    assert view._epoch.text() == "epoch 0 · before training"
    drag(view, 0)
    run(view, digits, 5)
    assert view._epoch.text() == "epoch 5 of 24"
    assert way_back(view) is None


# Denoising and variational models.


def test_damaged_rows_stand_between_and_fit(view, digits):
    start(view, digits)
    two = view._strip_card.height()
    damaged = digits.test[digits.showcase()] * np.float32(0.5)
    start(view, digits, damaged)
    view.show_epoch(records(8), frame(digits, 7))
    QApplication.processEvents()
    assert view._strip_card.height() > two
    assert view._strip.tile_area(0).bottom() <= view._strip.height()
    names = {row[1] for row in view._strip.table()[1]}
    assert names == {"original", "input", "reconstruction"}
    for size, compact in (((870, 830), False), ((740, 560), True)):
        view.resize(*size)
        view.set_compact(compact)
        QApplication.processEvents()
        cards = view._loss_card.geometry().united(view._errors_card.geometry())
        assert view.rect().contains(cards)
        assert view._loss.height() > 120


def test_inside_an_epoch_a_variational_curve_grows_too(view, digits):
    start(view, digits)
    record = EpochRecord(0, None, 0.9, 1, 0.001, 1, val_kl=20.0, val_reconstruction=0.7)
    view.show_epoch(History((record,)), frame(digits))
    inside = frame(digits, 1)
    strip = inside.strip.astype(np.float32)
    view.show_chunk(ChunkSnapshot(0.4, 0.8, strip, inside.strip_errors, None))
    assert view._epoch.text() == "epoch 1, 40\u00a0%"
    assert has_line(view)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_in_a_low_window_everything_is_in_view(view, digits, theme):
    view.set_theme(theme)
    view.resize(740, 560)
    start(view, digits)
    view.set_compact(True)
    view.show_epoch(records(8), frame(digits, 7))
    QApplication.processEvents()
    loss, errors = view._loss_card.geometry(), view._errors_card.geometry()
    assert loss.top() == errors.top()
    assert view.rect().contains(loss.united(errors))
    assert view._loss.height() > 150
    view.resize(870, 830)
    view.set_compact(False)
    QApplication.processEvents()
    loss, errors = view._loss_card.geometry(), view._errors_card.geometry()
    assert loss.bottom() < errors.top()
    assert view.rect().contains(errors)


def test_captions_under_the_strip_are_in_view(view, digits, curves):
    for dataset in (digits, curves):
        view.start("Run", "Loss", 3, dataset)
        view.show_epoch(records(1), frame(dataset))
        QApplication.processEvents()
        assert view._strip.tile_area(0).bottom() <= view._strip.height()


def test_the_log_switch_is_reached_by_keyboard_and_works(view, digits, qtbot):
    run(view, digits)
    linear = view._loss.viewRange()[1]
    view._loss_card.log.setFocus()
    qtbot.keyClick(view._loss_card.log, " ")
    assert view._loss_card.log.isChecked()
    assert view._loss.viewRange()[1] != linear


def test_a_long_title_does_not_widen_the_view(view, digits):
    before = view.minimumSizeHint().width()
    view.start("A title " * 60, "Binary cross-entropy", 24, digits)
    assert view.minimumSizeHint().width() <= max(before, 740)


def test_the_mouse_brings_the_keyboard_without_a_frame(view, digits, qtbot):
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    run(view, digits)
    view._loss_card.log.setFocus()
    drag(view, 4)
    QApplication.processEvents()
    assert view._loss.hasFocus()
    assert view._loss.grab().toImage().pixelColor(0, 0).name() != DARK.accent
    view._loss_card.log.setFocus()
    view._loss.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert view._loss.hasFocus()
    assert view._loss.grab().toImage().pixelColor(0, 0).name() == DARK.accent


# Early stopping that put the best weights back.

STOPPED = RunEvent(8.0, "early_stop", "No better validation loss for 3 epochs: stopped early")
RESTORED = RunEvent(5.0, "restored", "The weights of epoch 5, the best, were kept")


def stopped_early(view: TrainView, dataset: Dataset) -> None:
    run(view, dataset)
    for event in (STOPPED, RESTORED):
        view.show_history(view._history.with_event(event))


def test_the_best_epoch_is_shown_when_its_weights_were_put_back(view, digits):
    stopped_early(view, digits)
    best = frame(digits, 5)
    assert view._epoch.text() == "epoch 5 of 8, the best"
    assert view._errors_card.hint.text() == "epoch 5, the best"
    assert view._strip.captions == [f"{error:.1f}" for error in best.strip_errors]
    assert counts(view) == best.histogram.counts.tolist()
    assert view._loss._key.texts[0] == "Epoch 5"
    assert way_back(view) is None


def test_a_reopened_run_shows_its_best_epoch(view, digits):
    start(view, digits)
    history = records(9).with_event(STOPPED).with_event(RESTORED)
    view.show_run(history, [frame(digits, epoch) for epoch in range(9)])
    assert view._epoch.text() == "epoch 5 of 8, the best"
    assert counts(view) == frame(digits, 5).histogram.counts.tolist()


def test_from_the_best_epoch_one_goes_to_the_last_and_comes_back(view, digits):
    stopped_early(view, digits)
    drag(view, 8)
    assert view._epoch.text() == "epoch 8 of 24"
    assert counts(view) == frame(digits, 8).histogram.counts.tolist()
    assert way_back(view).text() == "Back to epoch 5, the best"
    QTest.mouseClick(way_back(view), LEFT)
    assert view._epoch.text() == "epoch 5 of 8, the best"
    QTest.keyClick(view._loss, Qt.Key.Key_Right)
    assert view._epoch.text() == "epoch 6 of 24"
    QTest.keyClick(view._loss, Qt.Key.Key_End)
    assert view._epoch.text() == "epoch 8 of 24"
    drag(view, 5)
    assert way_back(view) is None
    assert view._epoch.text() == "epoch 5 of 8, the best"


def test_a_marker_on_the_best_epoch_becomes_where_the_run_is(view, digits):
    run(view, digits)
    drag(view, 5)
    view.show_history(view._history.with_event(STOPPED).with_event(RESTORED))
    view.show_run(view._history, [frame(digits, epoch) for epoch in range(9)])
    assert view._loss.marker is None
    assert way_back(view) is None
    assert view._epoch.text() == "epoch 5 of 8, the best"


def test_a_run_that_goes_on_leaves_the_best_epoch_for_its_last(view, digits):
    stopped_early(view, digits)
    view.show_history(view._history.with_event(RunEvent(8.0, "continued", "Continued")))
    assert view._epoch.text() == "epoch 8 of 24"
    assert view._errors_card.hint.text() == ""
    assert counts(view) == frame(digits, 8).histogram.counts.tolist()
    drag(view, 8)
    assert way_back(view) is None


def test_while_somebody_presents_the_plot_has_the_place_of_the_note(view, digits):
    run(view, digits)
    assert NOTE in [
        label.text() for label in view._loss_card.below.findChildren(QLabel) if label.isVisible()
    ]
    view.set_theme(replace(DARK, scale=1.5))
    assert not view._loss_card.below.isVisible()
    view.show_finding(Finding("collapse", "All the same.", "Why.", None))
    assert view.diagnosis.isVisible()
    view.set_theme(DARK)
    view.show_finding(None)
    assert view._loss_card.below.isVisible()
