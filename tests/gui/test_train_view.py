"""The Train tab."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from aegui.data import Dataset
from aegui.records import EpochRecord, EpochSnapshot, History
from aegui.ui.theme import DARK, LIGHT
from aegui.ui.views.train_view import EMPTY, TrainView


@pytest.fixture
def view(qtbot) -> TrainView:
    view = TrainView()
    qtbot.addWidget(view)
    view.set_theme(DARK)
    view.resize(870, 830)
    view.show()
    qtbot.waitExposed(view)
    return view


def snapshot(dataset: Dataset, model: object, epoch: int = 0) -> EpochSnapshot:
    made = dataset.test * np.float32(0.5)
    errors = np.abs(dataset.test - made).sum(axis=1)
    return EpochSnapshot(epoch, made[dataset.showcase()], errors, model)


def records(count: int) -> History:
    return History(
        tuple(
            EpochRecord(epoch, None if epoch == 0 else 0.5 / epoch, 0.7 / (1 + epoch), 1, 0.001, 1)
            for epoch in range(count)
        )
    )


def texts(view: TrainView) -> list[str]:
    return [view._epoch.text(), view._strip_card.hint.text(), view._loss_card.hint.text()]


def test_before_a_run_it_says_what_will_be_there(view):
    label = view._stack.currentWidget()
    assert label.text() == EMPTY
    assert label.isVisible()


def test_a_run_begins_with_the_originals(view, digits):
    view.start("Ten digits", "Binary cross-entropy", 24, digits)
    assert view._strip.isVisible()
    assert view._strip.count == 10
    assert texts(view) == ["", "the same ten test digits, redrawn every epoch", "Ten digits"]
    assert view._loss.plotItem.getAxis("left").labelText == "Binary cross-entropy"
    assert view._errors.plotItem.getAxis("bottom").labelText == "Sum of absolute error per digit"


def test_epoch_0_fills_all_three(view, digits, fake_model):
    view.start("Ten digits", "Binary cross-entropy", 24, digits)
    before = view.grab().toImage()
    shown = snapshot(digits, fake_model)
    view.show_epoch(records(1), shown)
    QApplication.processEvents()
    after = view.grab().toImage()
    for card in (view._strip_card, view._loss_card, view._errors_card):
        assert before.copy(card.geometry()) != after.copy(card.geometry())
    assert view._epoch.text() == "epoch 0 · before training"
    first = digits.showcase()
    assert view._strip.captions == [f"{error:.1f}" for error in shown.row_errors[first]]


def test_later_epochs_reach_every_view(view, digits, fake_model):
    view.start("Ten digits", "Binary cross-entropy", 24, digits)
    view.show_epoch(records(8), snapshot(digits, fake_model, 7))
    assert view._epoch.text() == "epoch 7 of 24"
    assert view._loss._validation.getOriginalDataset()[0].tolist() == list(range(8))
    assert view._errors._bars.opts["height"].sum() == len(digits.test)


def test_a_run_from_the_disk_is_shown_in_two_steps(view, digits, fake_model):
    view.start("Ten digits", "Binary cross-entropy", 24, digits)
    shown = snapshot(digits, fake_model)
    view.show_result(records(25), shown.row_errors)
    assert view._epoch.text() == "epoch 24 of 24"
    assert view._strip.captions[0] == f"{shown.row_errors[0]:.1f}"
    QApplication.processEvents()
    before = view._strip.grab().toImage()
    view.show_strip(shown.strip)
    assert view._strip.grab().toImage() != before


def test_rows_of_numbers_are_named_as_such(view, curves, fake_model):
    view.start("Noise", "Mean squared error", 3, curves)
    view.show_epoch(records(1), snapshot(curves, fake_model))
    assert view._strip_card.hint.text() == "the same ten test rows, redrawn every epoch"
    assert view._errors.plotItem.getAxis("left").labelText == "Rows"


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_in_a_low_window_everything_is_in_view(view, digits, fake_model, theme):
    view.set_theme(theme)
    view.resize(740, 560)
    view.start("Ten digits", "Binary cross-entropy", 24, digits)
    view.set_compact(True)
    view.show_epoch(records(8), snapshot(digits, fake_model, 7))
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


def test_captions_under_the_strip_are_in_view(view, digits, curves, fake_model):
    for dataset in (digits, curves):
        view.start("Run", "Loss", 3, dataset)
        view.show_epoch(records(1), snapshot(dataset, fake_model))
        QApplication.processEvents()
        assert view._strip.tile_area(0).bottom() <= view._strip.height()


def test_the_log_switch_is_reached_by_keyboard_and_works(view, digits, fake_model, qtbot):
    view.start("Ten digits", "Binary cross-entropy", 24, digits)
    view.show_epoch(records(8), snapshot(digits, fake_model, 7))
    linear = view._loss.viewRange()[1]
    view._log.setFocus()
    qtbot.keyClick(view._log, " ")
    assert view._log.isChecked()
    assert view._loss.viewRange()[1] != linear


def test_a_long_title_does_not_widen_the_view(view, digits):
    before = view.minimumSizeHint().width()
    view.start("A title " * 60, "Binary cross-entropy", 24, digits)
    assert view.minimumSizeHint().width() <= max(before, 740)


def test_it_can_be_emptied_again(view, digits):
    view.start("Ten digits", "Binary cross-entropy", 24, digits)
    view.show_empty()
    assert view._stack.currentWidget().text() == EMPTY
