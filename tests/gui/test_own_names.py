"""The views speak of rows, columns and classes of a person's own file as the file does."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aegui.analysis.error_report import report_errors
from aegui.analysis.feature_errors import FeatureErrors
from aegui.data import Dataset, Scale
from aegui.ui.theme import DARK
from aegui.ui.views.class_marks import class_colour, class_shape
from aegui.ui.views.draw.near_rows import NearRows
from aegui.ui.views.errors.box_plot import BoxPlot
from aegui.ui.views.errors.feature_page import FeaturePage
from aegui.ui.views.errors.row_table import RowModel, row_table
from aegui.ui.views.gallery.gallery_choice import GalleryChoice
from aegui.ui.views.hover_card import HoverCard
from aegui.ui.views.latent.class_legend import ClassLegend
from aegui.ui.views.latent.probe import Probe
from aegui.ui.views.latent.row_box import RowBox
from aegui.ui.views.name_ticks import name_ticks
from aegui.ui.views.readout import MOST_READINGS, Reading, read_out
from aegui.ui.views.row_picture import RowPicture
from aegui.ui.views.row_words import describe_row
from aegui.ui.views.text import beside_name
from aegui.ui.views.tiles.tiles import TileGrid

SPECIES = ("setosa", "versicolor", "virginica")


def flowers(names: tuple[str, ...] | None = None) -> Dataset:
    rows = np.array([[0.0, 0.5], [0.5, 1.0], [1.0, 0.0]], np.float32)
    return Dataset(
        train=rows.copy(),
        test=rows,
        value_range=(0.0, 1.0),
        scaling="min–max of the training rows",
        noun="row",
        train_labels=np.array([0, 1, 2], np.uint8),
        test_labels=np.array([2, 0, 1], np.uint8),
        columns=("petal width", "stem"),
        scale=Scale(np.array([0.0, 100.0]), np.array([2.0, 50.0])),
        class_names=SPECIES,
        test_numbers=np.array([1205, 7, 31]),
        test_names=names,
    )


def digits() -> Dataset:
    return Dataset(
        train=np.zeros((3, 4), np.float32),
        test=np.zeros((3, 4), np.float32),
        value_range=(0.0, 1.0),
        scaling="",
        noun="digit",
        test_labels=np.array([7, 2, 1], np.uint8),
        image_shape=(2, 2),
    )


ERRORS = np.array([0.5, 0.25, 0.75], np.float32)


def test_a_row_is_told_by_its_number_in_the_file_and_its_class_by_name() -> None:
    assert describe_row(flowers(), 0) == "class virginica · row 1\u00a0205"
    assert describe_row(flowers(("a-1", "", "c-3")), 0) == "class virginica · row a-1"
    # Where its id is missing, the number stands in.
    assert describe_row(flowers(("a-1", "", "c-3")), 1) == "class setosa · row 7"
    assert describe_row(digits(), 0) == "digit 7 · test row 0"


@pytest.mark.usefixtures("qapp")
def test_the_table_of_errors_has_the_files_own_names() -> None:
    model = RowModel()
    model.start(flowers(("a-1", "b-2", "c-3")))
    model.show_rows(np.array([1, 0, 2]), ERRORS)
    cells = [[model.data(model.index(row, place)) for place in range(3)] for row in range(3)]

    assert model.headerData(1, Qt.Orientation.Horizontal) == "Class"
    assert cells[0] == ["c-3", "versicolor", "0.7500"]
    tip = model.data(model.index(0, 1), Qt.ItemDataRole.ToolTipRole)
    assert tip == "versicolor"
    headers, rows = row_table(np.array([0, 2]), ERRORS, flowers(("a-1", "b-2", "c-3")))
    assert headers == ("row", "id", "label", "error")
    assert list(rows) == [(1205, "a-1", "virginica", 0.5), (31, "c-3", "versicolor", 0.75)]
    headers, rows = row_table(np.array([0, 2]), ERRORS, digits())
    assert (headers, list(rows)) == (("row", "label", "error"), [(0, 7, 0.5), (2, 1, 0.75)])


def test_choices_legend_and_boxes_name_classes(qtbot: QtBot) -> None:
    legend, choice, boxes = ClassLegend(), GalleryChoice(), BoxPlot()
    for widget in (legend, choice, boxes):
        qtbot.addWidget(widget)
    data = flowers()
    legend.set_classes([0, 1, 2], data.class_name)
    choice.set_classes([0, 1, 2], data.class_name)
    boxes.resize(600, 200)
    boxes.show()
    boxes.start(data)
    boxes.show_boxes(report_errors(ERRORS, data).boxes)

    assert [chip.text() for chip in legend.chips] == list(SPECIES)
    assert [row[0] for row in boxes.table()[1]] == list(SPECIES)
    assert boxes.plotItem.getAxis("bottom").label.toPlainText().strip() == "Class of the row"


def test_a_hundred_classes_do_not_make_the_window_wider(qtbot: QtBot) -> None:
    legend = ClassLegend()
    qtbot.addWidget(legend)
    legend.set_classes(range(100))

    assert legend.minimumSizeHint().width() < 400
    legend.resize(500, legend.height())
    legend.show()
    assert legend.height() > legend.chips[0].height()  # with its scroll bar


def test_the_probe_and_the_nearest_rows_tell_names(qtbot: QtBot) -> None:
    probe, near = Probe(), NearRows()
    qtbot.addWidget(probe)
    qtbot.addWidget(near)
    probe.start(flowers())
    probe.show_nearest(1)
    assert probe.words == "Row 7: class setosa"
    probe.start(digits())
    probe.show_nearest(1)
    assert probe.words == "Test digit 1: a 2"
    near.start(flowers())
    near.show_rows(np.array([1]), np.array([1.5], np.float32))
    assert list(near.captions) == ["setosa · 1.5"]


def test_a_row_to_begin_with_is_chosen_by_its_name(qtbot: QtBot) -> None:
    box = RowBox()
    qtbot.addWidget(box)
    box.start(flowers(), 3)
    assert box.text() == "1205"
    box.selectAll()
    QTest.keyClicks(box, "31")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert (box.value(), box.text()) == (2, "31")
    box.selectAll()
    QTest.keyClicks(box, "99")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert (box.value(), box.text()) == (2, "31")
    box.start(digits(), 3)
    assert box.text() == "2"


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("count", [3, 40, 400])
def test_names_along_an_axis_keep_within_their_room(count: int) -> None:
    names = [f"a rather long name {number}" for number in range(count)]
    ticks = name_ticks(names, 1, 600.0, QFont())
    places = [place for place, _ in ticks]

    assert places[0] == 1.0
    assert all(ahead - place >= 0.6 * 44 * count / 600 for place, ahead in pairwise(places))
    assert name_ticks(["a", "b"], 0, 600.0, QFont()) == [(0.0, "a"), (1.0, "b")]


@pytest.mark.usefixtures("qapp")
def test_a_name_gives_way_to_the_number_beside_it() -> None:
    font = QFont()
    assert beside_name("setosa", "0.25", font, 500.0) == "setosa · 0.25"
    assert beside_name("setosa", "0.25", font, 10.0) == "0.25"
    assert beside_name("7", "0.25", font, 10.0) == "7 · 0.25"


def test_the_errors_of_columns_have_names_and_the_files_units(qtbot: QtBot) -> None:
    page = FeaturePage()
    qtbot.addWidget(page)
    page.resize(700, 300)
    page.show()
    page.start(flowers())
    page.show_errors(FeatureErrors(np.array([0.25, 0.01]), np.array([-0.25, 0.0]), 3))

    assert page.bars.table() == (
        ("feature", "name", "error", "bias", "error in units", "bias in units"),
        [(1, "petal width", 0.25, -0.25, 0.5, -0.5), (2, "stem", 0.01, 0.0, 0.5, 0.0)],
    )
    box = page.bars.plotItem.vb
    at = page.bars.mapFromScene(box.mapViewToScene(QPointF(1.0, 0.1)))
    qtbot.mouseMove(page.bars, at)
    assert page.told.startswith("petal width: mean |x − x̂| 0.5, mean x̂ − x -0.5 · scaled 0.2500")


@pytest.mark.usefixtures("qapp")
def test_a_row_is_read_out_in_the_files_units_the_worst_first() -> None:
    data = flowers()
    read = read_out(data, data.test[0], np.array([0.1, 0.75], np.float32))
    assert read == (Reading("stem", "125", "138"), Reading("petal width", "0.000", "0.200"))
    far = np.full(40, np.inf, np.float32)
    one = Scale(np.zeros(1), np.ones(1))
    plain = replace(data, test=np.zeros((1, 40), np.float32), columns=(), scale=one)
    told = read_out(plain, plain.test[0], far)
    assert (len(told), told[0]) == (MOST_READINGS, Reading("column 1", "0.00", "inf"))


def test_the_card_of_a_row_reads_out_a_files_rows_alone(qtbot: QtBot) -> None:
    card = HoverCard(NearRows())
    qtbot.addWidget(card)
    card.show_test_row(flowers(), 0, np.array([0.1, 0.75], np.float32), QPoint())
    assert card.text == "class virginica · row 1\u00a0205"
    assert card.readout.words == [("stem", "125", "138"), ("petal width", "0.000", "0.200")]
    card.show_test_row(digits(), 0, np.zeros(4, np.float32), QPoint())
    assert card.readout.isHidden()


def test_rows_are_saved_under_the_names_of_their_columns(qtbot: QtBot) -> None:
    grid, picture, data = TileGrid("gallery"), RowPicture("nearest row", 112), flowers()
    qtbot.addWidget(grid)
    qtbot.addWidget(picture)
    grid.name_features(data.columns)
    grid.set_rows(data.test, None, data.value_range)
    picture.set_kind(None, data.value_range, data.columns)
    picture.show_row(data.test[1])

    assert grid.table()[0] == ("tile", "part", "error", "petal width", "stem")
    assert picture.table() == (("feature", "value"), [("petal width", 0.5), ("stem", 1.0)])


def shape_of(number: int) -> tuple[tuple[float, float], ...]:
    shape = class_shape(number, 6.0)
    places = [shape.elementAt(place) for place in range(shape.elementCount())]
    return tuple((round(place.x, 3), round(place.y, 3)) for place in places)


def test_a_hundred_classes_have_marks_of_their_own() -> None:
    marks = {(class_colour(DARK, number).name(), shape_of(number)) for number in range(100)}
    assert len(marks) == 100
