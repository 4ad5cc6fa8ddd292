import gc

from aegui.engine.backend import keras, tf


def test_a_search_for_garbage_passes_over_tensorflow() -> None:
    assert gc.isenabled()
    looked_through = {id(each) for each in gc.get_objects()}
    assert id(vars(keras)) not in looked_through
    assert id(vars(tf)) not in looked_through


def test_a_search_for_garbage_still_finds_what_came_later() -> None:
    class Loop:
        """Refers to itself, so that only a search finds it."""

        def __init__(self) -> None:
            self.itself = self

    Loop()
    assert gc.collect() > 0
    assert not any(isinstance(each, Loop) for each in gc.get_objects())
