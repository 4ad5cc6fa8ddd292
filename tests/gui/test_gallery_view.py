"""The Gallery tab."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from aegui.ui.theme import DARK, LIGHT
from aegui.ui.views.gallery.gallery_view import EMPTY, NO_DREAMS, GalleryView


@pytest.fixture
def view(qtbot) -> GalleryView:
    view = GalleryView()
    qtbot.addWidget(view)
    view.set_theme(DARK)
    view.resize(870, 760)
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def asked(view) -> list:
    wishes: list = []
    view.rows_requested.connect(wishes.append)
    return wishes


def errors_of(dataset) -> np.ndarray:
    return np.random.default_rng(5).permutation(len(dataset.test)).astype(np.float32)


def choose(view, order: str) -> None:
    view._choice._buttons[order].click()


def test_before_a_run_it_says_what_will_be_there(view, digits):
    view.start(digits)
    assert view._stack.currentWidget().text() == EMPTY


def test_the_best_ten_are_those_with_the_smallest_errors(view, asked, digits, fake_model):
    view.start(digits)
    view._choice._count.setValue(10)
    errors = errors_of(digits)
    view.show_errors(errors)
    choose(view, "best")
    rows = asked[-1]
    assert rows.dtype == np.intp
    np.testing.assert_array_equal(np.sort(errors)[:10], errors[rows])
    view.show_reconstructions(rows, fake_model.reconstruct(digits.test[rows]))
    assert view._grid.captions == [f"{error:.1f}" for error in range(10)]
    choose(view, "worst")
    np.testing.assert_array_equal(errors[asked[-1]], np.sort(errors)[::-1][:10])


def test_a_choice_shows_its_originals_at_once(view, digits):
    view.start(digits)
    view.show_errors(errors_of(digits))
    before = view.grab().toImage()
    choose(view, "worst")
    QApplication.processEvents()
    assert view.grab().toImage() != before
    assert view._grid._reconstructions is None


def test_reconstructions_change_the_picture(view, asked, digits, fake_model):
    view.start(digits)
    view.show_errors(errors_of(digits))
    choose(view, "best")
    before = view._grid.grab().toImage()
    view.show_reconstructions(asked[-1], fake_model.reconstruct(digits.test[asked[-1]]))
    assert view._grid.grab().toImage() != before


def test_an_answer_to_an_earlier_wish_is_passed_over(view, asked, digits, fake_model):
    view.start(digits)
    view.show_errors(errors_of(digits))
    choose(view, "best")
    late = asked[-1]
    choose(view, "worst")
    view.show_reconstructions(late, fake_model.reconstruct(digits.test[late]))
    assert view._grid._reconstructions is None


def test_each_epoch_chooses_anew_and_keeps_the_old_until_the_answer(
    view, asked, digits, fake_model
):
    view.start(digits)
    errors = errors_of(digits)
    view.show_errors(errors)
    choose(view, "best")
    first = asked[-1]
    view.show_reconstructions(first, fake_model.reconstruct(digits.test[first]))
    view.show_errors(errors.max() - errors)
    assert view._grid._reconstructions is not None
    assert set(asked[-1].tolist()) != set(first.tolist())
    made = fake_model.reconstruct(digits.test[asked[-1]])
    view.show_reconstructions(asked[-1], made)
    np.testing.assert_array_equal(view._grid._originals, digits.test[asked[-1]])


def test_by_class_shows_that_class(view, asked, digits):
    view.start(digits)
    view.show_errors(errors_of(digits))
    choose(view, "class")
    view._choice._classes.setCurrentText("7")
    assert asked[-1].tolist() == [7, 17, 27, 37]


def test_without_labels_there_is_no_choice_by_class(view, asked, digits, curves):
    view.start(digits)
    view.show_errors(errors_of(digits))
    choose(view, "class")
    view.start(curves)
    view.show_errors(errors_of(curves))
    assert not view._choice._buttons["class"].isVisible()
    assert not view._choice._classes.isVisible()
    assert asked[-1].tolist() == list(range(20))


def test_random_rows_stay_until_others_are_drawn(view, asked, digits):
    view.start(digits)
    view.show_errors(errors_of(digits))
    choose(view, "random")
    drawn = asked[-1]
    view.show_errors(errors_of(digits) * 2)
    np.testing.assert_array_equal(asked[-1], drawn)
    view._choice._shuffle.click()
    assert asked[-1].tolist() != drawn.tolist()


def test_no_more_tiles_than_rows(view, asked, curves):
    view.start(curves)
    view._choice._count.setValue(200)
    view.show_errors(errors_of(curves))
    assert len(asked[-1]) == len(curves.test) == 20


def test_many_tiles_scroll_and_few_are_large(view, asked, digits):
    many = replace(digits, test=np.tile(digits.test, (5, 1)), test_labels=None)
    view.start(many)
    view._choice._count.setValue(200)
    view.show_errors(errors_of(many))
    view.show_reconstructions(asked[-1], many.test[asked[-1]])
    QApplication.processEvents()
    assert view._grid.count == 200
    assert view._grid.side == 56
    assert view._scroll.verticalScrollBar().maximum() > 0
    view._choice._count.setValue(4)
    QApplication.processEvents()
    assert view._grid.side == 112
    assert view._scroll.verticalScrollBar().maximum() == 0


def test_nothing_is_wished_for_while_nobody_looks(view, asked, digits):
    view.start(digits)
    view.hide()
    view.show_errors(errors_of(digits))
    view.show_errors(errors_of(digits) * 2)
    assert asked == []
    view.show()
    assert len(asked) == 1


def test_pointing_enlarges_and_says_which_row(view, asked, digits, fake_model):
    view.start(digits)
    errors = errors_of(digits)
    view.show_errors(errors)
    rows = asked[-1]
    view.show_reconstructions(rows, fake_model.reconstruct(digits.test[rows]))
    view._grid.tile_hovered.emit(3, view.mapToGlobal(QPoint(300, 300)))
    card = view._hover_card
    assert card.isVisible()
    assert card.text == f"digit {digits.test_labels[3]} · test row 3 · error {errors[3]:.1f}"
    view.show_errors(errors * 2)
    view.show_reconstructions(rows, fake_model.reconstruct(digits.test[rows]))
    assert card.text.endswith(f"error {errors[3] * 2:.1f}")
    view._grid.tile_left.emit()
    assert not card.isVisible()


def test_other_data_of_the_same_size_replace_the_pictures(view, asked, digits):
    view.start(digits)
    view.show_errors(errors_of(digits))
    view.show_reconstructions(asked[-1], digits.test[asked[-1]])
    other = replace(digits, test=digits.test[::-1].copy())
    view.start(other)
    view.show_errors(errors_of(other))
    view.show_reconstructions(asked[-1], other.test[asked[-1]])
    np.testing.assert_array_equal(view._grid._originals, other.test[asked[-1]])


def test_the_theme_reaches_the_tiles(view, asked, digits):
    view.start(digits)
    view.show_errors(errors_of(digits))
    view.show_reconstructions(asked[-1], digits.test[asked[-1]])
    view.set_theme(LIGHT)
    assert view._grid.grab().toImage().pixelColor(1, 1).name() == LIGHT.surface


@pytest.fixture
def dreamt(view) -> list:
    wishes: list = []
    view.dreams_requested.connect(lambda count, seed: wishes.append((count, seed)))
    return wishes


def click(view, text: str) -> None:
    button = next(b for b in view.findChildren(QPushButton) if b.text() == text and b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def says(view, text: str) -> bool:
    return any(label.text() == text and label.isVisible() for label in view.findChildren(QLabel))


def buttons(view) -> list[str]:
    return [button.text() for button in view.findChildren(QPushButton) if button.isVisible()]


def test_only_a_variational_model_dreams(view, dreamt, digits):
    view.start(digits)
    view.show_errors(errors_of(digits))
    assert "Dreams" not in buttons(view)
    view.set_dreams_available(True)
    assert "Dreams" in buttons(view)
    assert "New dreams" not in buttons(view)
    assert dreamt == []


def test_dreams_are_wished_for_and_shown(view, dreamt, digits):
    view.start(digits)
    view.set_dreams_available(True)
    view.show_errors(errors_of(digits))
    click(view, "Dreams")
    assert dreamt == [(20, 0)]
    assert says(view, NO_DREAMS)
    before = view.grab().toImage()
    view.show_dreams(digits.test[:20])
    QApplication.processEvents()
    assert not says(view, NO_DREAMS)
    assert view.grab().toImage() != before
    assert view._grid.count == 20
    click(view, "New dreams")
    assert dreamt[1:] == [(20, 1)]
    assert not says(view, NO_DREAMS), "the old ones stay until the new ones come"
    first = view._grid.grab().toImage()
    view.show_dreams(digits.test[20:])
    assert view._grid.grab().toImage() != first
    view._choice._count.setValue(5)
    assert dreamt[-1] == (5, 1)


def test_dreams_follow_the_model_with_the_same_codes(view, dreamt, digits):
    view.start(digits)
    view.set_dreams_available(True)
    view.show_errors(errors_of(digits))
    click(view, "Dreams")
    view.show_errors(errors_of(digits) * 2)
    assert dreamt == [(20, 0), (20, 0)]


def test_a_dream_has_nothing_to_be_compared_with(view, digits):
    view.start(digits)
    view.set_dreams_available(True)
    view.show_errors(errors_of(digits))
    click(view, "Dreams")
    view.show_dreams(digits.test[:20])
    view._grid.tile_hovered.emit(3, view.mapToGlobal(QPoint(300, 300)))
    assert not view._hover_card.isVisible()


def test_rows_come_back_after_dreams(view, asked, digits):
    view.start(digits)
    view.set_dreams_available(True)
    view.show_errors(errors_of(digits))
    click(view, "Dreams")
    view.show_dreams(digits.test[:20])
    click(view, "First")
    view.show_dreams(digits.test[20:])
    np.testing.assert_array_equal(view._grid._originals, digits.test[:20])
    view.show_reconstructions(asked[-1], digits.test[asked[-1]])
    assert view._grid._reconstructions is not None
    click(view, "Dreams")
    assert says(view, NO_DREAMS)


def test_a_model_without_dreams_leaves_the_first_rows(view, asked, dreamt, digits):
    view.start(digits)
    view.set_dreams_available(True)
    view.show_errors(errors_of(digits))
    click(view, "Dreams")
    view.show_dreams(digits.test[:20])
    view.start(digits)
    view.set_dreams_available(False)
    view.show_errors(errors_of(digits))
    assert len(dreamt) == 1
    assert asked[-1].tolist() == list(range(20))
    view.show_reconstructions(asked[-1], digits.test[asked[-1]])
    assert not says(view, NO_DREAMS)
    assert "New dreams" not in buttons(view)


def test_a_new_run_begins_without_the_dreams_of_the_last(view, digits):
    view.start(digits)
    view.set_dreams_available(True)
    view.show_errors(errors_of(digits))
    click(view, "Dreams")
    view.show_dreams(digits.test[:20])
    view.start(digits)
    view.show_errors(errors_of(digits))
    assert says(view, NO_DREAMS)
