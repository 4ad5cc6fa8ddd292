"""Inside the layers: all units of a wide layer, what is said of rows, what it costs a training."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aegui.analysis.insides import UnitPictures
from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.specs import ArchitectureSpec, DenseCode, ExperimentSpec, MnistSpec, stages
from aegui.ui.latent.layers_desk import _layers_of
from aegui.ui.main_window import MainWindow
from aegui.ui.panels.funnel import Funnel
from aegui.ui.shown import Shown
from aegui.ui.theme import DARK
from aegui.ui.views.latent.layers_card import LayersCard
from aegui.ui.views.latent.unit_card import UnitCard

LEFT = Qt.MouseButton.LeftButton


def layer_of(units: int, *, turned: bool = False) -> UnitPictures:
    """Return a layer of so many units; ``turned`` has the least used ones first."""
    numbers = np.arange(units)[:: -1 if turned else 1]
    pictures = np.random.default_rng(0).normal(size=(units, 28, 28)).astype(np.float32)
    best = np.tile(np.arange(3), (units, 1))
    ones = np.ones(units, np.float32)
    reach = np.ones((units, 3), np.float32)
    return UnitPictures("Code", numbers, ones, pictures, best, reach, rows=1000)


@pytest.fixture
def card(qtbot: QtBot) -> LayersCard:
    card = LayersCard()
    qtbot.addWidget(card)
    card.set_theme(DARK)
    card.resize(800, 600)
    card.show()
    return card


def test_all_units_of_a_wide_layer_can_be_picked(card: LayersCard) -> None:
    picked: list[Any] = []
    card.unit_chosen.connect(lambda layer, place: picked.append((layer.name, place)))
    card.show_layers([layer_of(130)])
    assert card.hint.text() == "1–60 of 130 units, most used first"
    assert not card.back.isEnabled()
    QTest.mouseClick(card.on, LEFT)
    assert picked[-1] == ("Code", 60)
    assert card.units.item(0).text() == "61"
    QTest.mouseClick(card.on, LEFT)
    assert card.units.count() == 10
    assert not card.on.isEnabled()
    card.units.setCurrentRow(9)
    assert picked[-1] == ("Code", 129)
    assert card.chosen is not None
    assert card.chosen[1] == 129
    # An epoch later it may be the most used of all.
    card.show_layers([layer_of(130, turned=True)])
    assert card.chosen[1] == 129
    assert picked[-1] == ("Code", 0)
    assert card.hint.text().startswith("1–60")
    QTest.mouseClick(card.on, LEFT)
    QTest.mouseClick(card.back, LEFT)
    assert card.units.count() == 60


def test_a_layer_with_room_for_all_has_no_pages(card: LayersCard) -> None:
    card.show_layers([layer_of(60)])
    assert card.hint.text() == "60 units, most used first"
    assert not card.on.isVisible()
    card.start()
    assert card.hint.text() == ""


@pytest.mark.parametrize(("rows", "is_part"), [(1000, False), (1001, True)])
def test_it_is_said_of_which_rows_the_best_are(qtbot: QtBot, rows: int, is_part: bool) -> None:
    card = UnitCard()
    qtbot.addWidget(card)
    test = np.zeros((rows, 784), np.float32)
    card.start(Dataset(test[:1], test, (0.0, 1.0), "", "digit", image_shape=(28, 28)))
    card.show_unit(layer_of(5), 2)
    assert ("first 1\u00a0000" in card.words.text()) == is_part
    assert "excite it most" in card.words.text()


def test_the_funnel_shows_nothing_of_layers_of_other_sizes(qtbot: QtBot) -> None:
    funnel = Funnel()
    qtbot.addWidget(funnel)
    experiment = ExperimentSpec(architecture=ArchitectureSpec(code=DenseCode(width=30)))
    funnel.show_stages(stages(experiment.architecture, experiment.dataset.row_shape))
    cells = np.ones((3, 28), np.float32)
    funnel.show_activations(cells, (784, 31, 784))
    assert not funnel.is_alive
    funnel.show_activations(cells, (784, 30, 784))
    assert funnel.is_alive
    funnel.show_activations(None)
    assert not funnel.is_alive


class Narrow:
    """A model whose code is the first two pixels of a row."""

    weights: tuple[FloatArray, ...] = (
        np.ones((784, 2), np.float32),
        np.zeros(2, np.float32),
        np.ones((2, 784), np.float32),
        np.zeros(784, np.float32),
    )

    def encode(self, rows: FloatArray) -> FloatArray:
        return rows[:, 300:302] + np.float32(1)

    def decode(self, codes: FloatArray) -> FloatArray:
        return np.repeat(codes[:, :1], 784, axis=1)

    def activations(self, rows: FloatArray) -> tuple[FloatArray, ...]:
        return self.encode(rows), self.reconstruct(rows)

    def reconstruct(self, rows: FloatArray) -> FloatArray:
        return rows


@pytest.mark.parametrize(("is_live", "heard"), [(True, 1000), (False, 1200)])
def test_all_test_rows_are_heard_once_nothing_learns(is_live: bool, heard: int) -> None:
    rows = np.random.default_rng(0).random((1200, 784), np.float32)
    data = Dataset(rows[:1], rows, (0.0, 1.0), "", "digit", image_shape=(28, 28))
    experiment = ExperimentSpec(architecture=ArchitectureSpec(code=DenseCode(width=2)))
    shown = Shown(experiment, data, Narrow(), np.ones(1200, np.float32), 1, is_live)
    (code, _), _ = _layers_of(shown)
    assert code.rows == heard
    best = int(np.argmax(rows[:heard, 300 + code.numbers[0]]))
    assert code.best[0, 0] == best


def test_while_the_layers_are_looked_at_no_map_is_drawn_live(
    window: MainWindow, hands: Any, digits: Dataset
) -> None:
    window.middle.show_tabs()
    window.tabs.setCurrentWidget(window.tabs.latent_view)
    view, presenter = window.tabs.latent_view, window.presenter
    experiment = ExperimentSpec(
        dataset=MnistSpec(rows=1000), architecture=ArchitectureSpec(code=DenseCode(width=2))
    )
    presenter.start_run(experiment, digits, None)
    errors = np.ones(len(digits.test), np.float32)
    models = [Narrow() for _ in range(3)]

    def show(number: int, *, live: bool) -> None:
        presenter.shown.emit(Shown(experiment, digits, models[number], errors, number, live))

    def drawn() -> Any:
        return None if view.chart is None else view.chart.model

    show(0, live=True)
    hands.until(lambda: drawn() is models[0])
    hands.click(view, "Inside the layers")
    hands.until(lambda: view.layers.units.count() == 2)
    show(1, live=True)
    hands.until(lambda: window.session.latent._layers._seen.model is models[1])
    QTest.qWait(200)
    assert drawn() is models[0]
    hands.click(view, "Map")
    hands.until(lambda: drawn() is models[1])
    hands.click(view, "Inside the layers")
    show(2, live=False)
    hands.until(lambda: drawn() is models[2])
