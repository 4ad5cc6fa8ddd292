from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aegui.records import History
from aegui.runs import About, RunCard
from aegui.specs import ExperimentSpec
from aegui.ui.runs.run_colours import HUES, Turns, hues_of
from aegui.ui.theme import DARK, LIGHT

START = datetime(2026, 1, 1, tzinfo=UTC)


def _cards(count: int) -> list[RunCard]:
    """Return runs, newest first."""
    return [
        RunCard(Path(str(n)), START + timedelta(n), ExperimentSpec(), History(), None)
        for n in reversed(range(count))
    ]


def _with_colour(card: RunCard, colour: int) -> RunCard:
    return replace(card, about=About(colour=colour))


def test_every_theme_has_a_hue_for_each_place() -> None:
    assert len(DARK.series) == len(LIGHT.series) == HUES == len(set(DARK.series))


def test_a_run_keeps_its_hue_when_others_come_and_go() -> None:
    turns = Turns()
    cards = _cards(4)
    before = hues_of(cards, (), turns.take(cards))
    assert [before[card.folder] for card in cards] == [3, 2, 1, 0]
    more = _cards(6)
    after = hues_of(more, (), turns.take(more))
    assert all(after[folder] == hue for folder, hue in before.items())
    fewer = more[:2]
    left = hues_of(fewer, (), turns.take(fewer))
    assert left == {card.folder: after[card.folder] for card in fewer}


def test_a_chosen_hue_wins_and_another_ticked_run_makes_way() -> None:
    cards = _cards(3)
    cards[0] = _with_colour(cards[0], 0)
    turns = Turns().take(cards)
    ticked = [card.folder for card in cards]
    assert hues_of(cards, (), turns)[cards[0].folder] == 0
    assert hues_of(cards, (), turns)[cards[2].folder] == 0
    hues = hues_of(cards, ticked, turns)
    assert hues[cards[0].folder] == 0
    assert len(set(hues.values())) == 3


def test_two_runs_of_one_chosen_hue_keep_it() -> None:
    cards = [_with_colour(card, 2) for card in _cards(2)]
    hues = hues_of(cards, [card.folder for card in cards], Turns().take(cards))
    assert set(hues.values()) == {2}


def test_more_ticked_runs_than_hues_share_some() -> None:
    cards = _cards(HUES + 2)
    hues = hues_of(cards, [card.folder for card in cards], Turns().take(cards))
    assert set(hues.values()) == set(range(HUES))
