import pytest

from aegui.engine.pace import Pace


def test_an_epoch_that_went_on_inside_is_told_as_a_whole_one() -> None:
    pace = Pace(steps=100, epochs=4)
    pace.epoch_done(2.0, 25)
    news = pace.progress(2, 50)
    assert news.seconds_per_epoch == pytest.approx(8.0)
    assert news.seconds_left == pytest.approx(20.0)
    pace.epoch_done(6.0, 100)
    assert pace.progress(3, 0).seconds_per_epoch == pytest.approx(6.0)
