"""How much of a training's time a live map takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aegui.ui.latent.live_map import LiveMap

SECONDS = st.floats(0.0, 100.0)


def test_long_epochs_can_afford_a_glide_of_their_own() -> None:
    assert LiveMap(drawing=0.04, painting=0.01, epoch=13.0).glide == 0.6
    assert LiveMap(drawing=0.0, painting=0.001, epoch=1.0).glide == pytest.approx(0.5)


def test_short_epochs_get_the_newest_map_at_once() -> None:
    quick = LiveMap(drawing=0.02, painting=0.01, epoch=0.7)
    assert quick.glide == 0.0
    # Every epoch has its map nevertheless.
    assert quick.rest(quick.glide) < 0.7


@given(SECONDS, st.floats(0.0, 1.0), SECONDS)
def test_drawing_and_painting_never_take_more_than_their_share(
    drawing: float, painting: float, epoch: float
) -> None:
    live = LiveMap(drawing, painting, epoch)
    frames = 1 + live.glide / 0.033
    assert 0.0 <= live.glide <= max(epoch / 2, 0.0)
    assert drawing + frames * painting <= 0.05 * live.rest(live.glide) * 1.0001
