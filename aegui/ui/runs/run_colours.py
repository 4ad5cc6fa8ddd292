"""Which of the theme's hues each run has: its own if somebody chose one, else by its turn."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from aegui.runs import RunCard
from aegui.ui.theme import DARK

HUES = len(DARK.series)
"""Hues for runs; every theme has as many."""


class Turns:
    """Gives each run a number, in the order in which they were made; it stays while others go."""

    def __init__(self) -> None:
        self._turns: dict[Path, int] = {}

    def take(self, cards: Sequence[RunCard]) -> Mapping[Path, int]:
        """Return the number of each run, by its folder; ``cards`` are newest first."""
        for card in reversed(cards):
            self._turns.setdefault(card.folder, len(self._turns))
        return self._turns


def hues_of(
    cards: Sequence[RunCard], ticked: Sequence[Path], turns: Mapping[Path, int]
) -> dict[Path, int]:
    """Return each run's place among the theme's hues, by its folder.

    Among the ticked runs no two have the same as long as there are enough: a hue that a person
    chose stays, and another one makes way.
    """
    chosen = {card.folder: card.about.colour for card in cards if card.about.colour is not None}
    hues = {card.folder: chosen.get(card.folder, turns[card.folder]) % HUES for card in cards}
    taken = [hues[folder] for folder in ticked if folder in chosen]
    for folder in ticked:
        if folder in hues and folder not in chosen:
            free = (hue for hue in range(HUES) if hue not in taken)
            if hues[folder] in taken:
                hues[folder] = next(free, hues[folder])
            taken.append(hues[folder])
    return hues
