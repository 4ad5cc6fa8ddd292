"""The pictures of epochs that can be gone back to."""

import numpy as np
import pytest

from aegui.analysis.histogram import error_histogram
from aegui.analysis.reel import Reel
from aegui.records import EpochFrame


def frame(position: float) -> EpochFrame:
    nothing = np.zeros((1, 1))
    return EpochFrame(
        position, nothing.astype(np.float16), nothing[0].astype(np.float32), error_histogram([])
    )


def test_an_empty_reel_has_nothing():
    reel = Reel()
    assert reel.positions == []
    assert reel.last is None
    assert reel.nearest(3) is None


@pytest.mark.parametrize(("wanted", "found"), [(-1, 0), (0.4, 0), (0.6, 1), (9, 2.4)])
def test_the_nearest_frame_is_found(wanted, found):
    reel = Reel(map(frame, (0, 1, 2.4)))
    assert reel.nearest(wanted).position == found


def test_an_epoch_stopped_inside_gives_way_when_the_run_goes_on():
    reel = Reel(map(frame, (0, 1, 1.4)))
    assert reel.last.position == 1.4
    reel.add(frame(2))
    assert reel.positions == [0, 1, 2]


def test_a_frame_replaces_those_at_its_place_or_later():
    reel = Reel(map(frame, (0, 1, 2, 3)))
    again = frame(2)
    reel.add(again)
    assert reel.positions == [0, 1, 2]
    assert reel.last is again


def test_long_runs_are_thinned_and_keep_their_ends():
    reel = Reel()
    for epoch in range(2301):
        reel.add(frame(epoch))
        assert reel.last.position == epoch
    positions = reel.positions
    assert len(positions) <= 500
    assert positions[0] == 0
    assert len(set(np.diff(positions[:-1]))) == 1


def test_a_frame_that_was_lost_is_put_back_at_its_place():
    reel = Reel(map(frame, (0, 2, 4, 5)))
    assert reel.at(3) is None
    lost = frame(3)
    reel.put(lost)
    assert reel.positions == [0, 2, 3, 4, 5]
    assert reel.at(3) is lost
    again = frame(3)
    reel.put(again)
    assert reel.positions == [0, 2, 3, 4, 5]
    assert reel.at(3) is again
