from collections.abc import Callable

import pytest

from aegui.engine.backend import tf
from aegui.engine.compilation import CompiledFunctions

Function = Callable[[], str]


def test_two_that_find_xla_missing_at_once_both_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def make(function: Function, *, jit_compile: bool, autograph: bool) -> Function:
        assert not autograph
        return refuse if jit_compile else function

    calls = []

    def refuse() -> str:
        calls.append("refused")
        if len(calls) == 1:
            # While this call is on its way, another one is refused and makes plain graphs.
            assert functions.call("one") == "done"
        raise tf.errors.UnimplementedError(None, None, "no XLA here")

    monkeypatch.setattr(tf, "function", make)
    functions = CompiledFunctions({"one": lambda: "done"}, with_xla=True)
    assert functions.call("one") == "done"
    assert calls == ["refused", "refused"]
    assert functions.call("one") == "done"
    assert len(calls) == 2


def test_an_error_of_the_plain_graph_is_told() -> None:
    functions = CompiledFunctions({"one": lambda: tf.reshape([1, 2], [3])}, with_xla=False)
    with pytest.raises((tf.errors.InvalidArgumentError, ValueError)):
        functions.call("one")
