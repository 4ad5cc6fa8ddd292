import pytest

from aegui.control import RunState
from aegui.records import EpochRecord, History, RunEvent, RunResult
from aegui.records.history import EventKind
from aegui.ui.runs.run_words import result_in_words


def _words(
    state: RunState, position: float, *events: tuple[float, EventKind], seconds: float = 2.4
) -> str:
    whole = [EpochRecord(n, 0.5, 0.7, 3.0, 0.001, 0.1) for n in range(int(position) + 1)]
    inside = [EpochRecord(len(whole), 0.5, 0.7, 3.0, 0.001, 0.1, fraction=position % 1)]
    records = whole + (inside if position % 1 else [])
    happened = tuple(RunEvent(place, kind, "") for place, kind in events)
    history = History(tuple(records), happened)
    return result_in_words(RunResult(state, history=history, train_seconds=seconds))


def test_a_run_in_one_piece_is_told_as_a_whole() -> None:
    assert _words(RunState.FINISHED, 10) == "Finished · 10 epochs · 2.4 s"
    assert _words(RunState.STOPPED, 1) == "Stopped · 1 epoch · 2.4 s"
    assert _words(RunState.STOPPED, 2.5) == "Stopped · in epoch 3 · 2.4 s"
    assert _words(RunState.STOPPED, 0) == "Stopped before the first epoch"
    assert _words(RunState.FINISHED, 7, (7, "early_stop")) == "Stopped early · 7 epochs · 2.4 s"


@pytest.mark.parametrize(
    ("position", "events", "words"),
    [
        (12, [(2, "continued")], "Finished · 10 more epochs · 2.4 s"),
        (6, [(5.4, "continued")], "Finished · 1 more epoch · 2.4 s"),
        (9, [(3, "early_stop"), (3, "continued")], "Finished · 6 more epochs · 2.4 s"),
        (
            9,
            [(3, "early_stop"), (3, "continued"), (9, "early_stop")],
            "Stopped early · 6 more epochs · 2.4 s",
        ),
        (4, [(0.5, "continued")], "Finished · 4 epochs · 2.4 s"),
    ],
)
def test_of_a_run_that_went_on_its_last_leg_is_told(
    position: float, events: list[tuple[float, EventKind]], words: str
) -> None:
    assert _words(RunState.FINISHED, position, *events) == words


def test_a_continuation_that_was_stopped_at_once_is_told_as_that() -> None:
    assert _words(RunState.STOPPED, 3, (3, "continued")) == "Stopped before another epoch"
