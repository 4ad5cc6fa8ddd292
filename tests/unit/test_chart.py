"""A chart: rows encoded and mapped at once."""

import numpy as np

from aegui.analysis.chart import draw_chart, on_other_plane
from aegui.analysis.latent_map import LatentMap
from aegui.analysis.tsne import NeighbourMap
from aegui.data import Dataset
from aegui.records import FloatArray, TrainedModel


class Narrow:
    """A model whose code is the first numbers of a row."""

    weights: tuple[FloatArray, ...] = ()

    def __init__(self, width: int) -> None:
        self.width = width

    def encode(self, rows: FloatArray) -> FloatArray:
        return rows[:, : self.width].copy()

    def decode(self, codes: FloatArray) -> FloatArray:
        return np.repeat(codes[:, :1], 784, axis=1)

    def activations(self, rows: FloatArray) -> tuple[FloatArray, ...]:
        return self.encode(rows), self.reconstruct(rows)

    def reconstruct(self, rows: FloatArray) -> FloatArray:
        return self.decode(self.encode(rows))


def test_a_code_of_two_is_charted_as_it_is(fake_model: TrainedModel, digits: Dataset) -> None:
    chart = draw_chart(fake_model, digits.test, digits.test_labels)
    np.testing.assert_array_equal(chart.crowd.places, digits.test[:, :2])
    assert set(chart.names) == set(range(10))
    assert chart.units.width == 2


def test_one_unit_gives_each_class_a_lane(curves: Dataset) -> None:
    labels = np.arange(len(curves.test), dtype=np.uint8) % 4
    chart = draw_chart(Narrow(1), curves.test, labels)
    assert chart.plane.is_line
    np.testing.assert_array_equal(chart.crowd.places[:, 0], curves.test[:, 0])
    np.testing.assert_array_equal(np.floor(chart.crowd.places[:, 1]), labels)


def test_two_units_are_charted_when_they_are_picked(curves: Dataset) -> None:
    chart = draw_chart(Narrow(5), curves.test, None, pair=(3, 0))
    np.testing.assert_allclose(chart.crowd.places, curves.test[:, [3, 0]], rtol=1e-6)


def test_a_chart_follows_the_one_before(curves: Dataset) -> None:
    model = Narrow(5)
    chart = draw_chart(model, curves.test, None)
    assert isinstance(chart.plane, LatentMap)
    turned = LatentMap(chart.plane.origin, -chart.plane.axes, chart.plane.names, "")
    after = draw_chart(model, curves.test, None, like=turned)
    np.testing.assert_allclose(after.crowd.places, -chart.crowd.places, atol=1e-5)


def test_the_same_codes_lie_elsewhere_on_another_plane(
    fake_model: TrainedModel, digits: Dataset
) -> None:
    chart = draw_chart(fake_model, digits.test, digits.test_labels)
    places = np.random.default_rng(0).normal(size=(40, 2)).astype(np.float32)
    other = on_other_plane(chart, NeighbourMap(places, chart.codes, "searched"), places)
    assert other.codes is chart.codes
    assert other.plane.caption == "searched"
    assert other.crowd.row_at(places[5]) == 5
