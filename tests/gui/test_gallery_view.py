"""The Gallery tab."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from aegui.ui.theme import DARK, LIGHT
from aegui.ui.views.gallery_view import EMPTY, GalleryView


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
