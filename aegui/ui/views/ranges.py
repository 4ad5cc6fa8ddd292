"""Ranges of axes that stay put while numbers change a little."""

from collections.abc import Iterable

Range = tuple[float, float]

_LEAST_USED = 0.6
_BELOW = 0.06
_ABOVE = 0.12
_LOYALTY = 1.5


def with_guests(
    low: float, high: float, guests: Iterable[float], held: Range | None, most: float = 1.5
) -> Range:
    """Return ``low`` and ``high``, moved apart for those guests that do not cost too much room.

    A guest is a value that is good to see among others. It may make the range ``most`` times as
    long; one that ``held`` has room for stays until it is half as much again.
    """
    start, end = low, high
    for guest in guests:
        was_inside = held is not None and held[0] <= guest <= held[1]
        longest = (high - low) * most * (_LOYALTY if was_inside else 1.0)
        if max(high, guest) - min(low, guest) <= longest:
            start, end = min(start, guest), max(end, guest)
    return start, end


def settled_range(held: Range | None, low: float, high: float, *, from_zero: bool = False) -> Range:
    """Return the range to show values between ``low`` and ``high``.

    It is ``held`` as long as all values are inside and take up at least 60 % of it; otherwise
    a new one with some room at both ends.

    Parameters
    ----------
    held
        The range shown so far, if any.
    low, high
        The smallest and the greatest value, finite.
    from_zero
        Whether the range begins at 0 unless that wastes too much of it; for values that are
        never negative.
    """
    if held is not None and held[0] <= low and high <= held[1]:
        start = held[0] if from_zero and held[0] == 0.0 else low
        if high - start >= _LEAST_USED * (held[1] - held[0]):
            return held
    positive = low >= 0.0
    span = high - low
    if span <= abs(high) * 1e-6:
        span = abs(high) * 0.2 or 1.0
        low, high = low - span / 2, high + span / 2
    start, end = low - _BELOW * span, high + _ABOVE * span
    if from_zero and positive and start < 0.3 * end:
        start = 0.0
    return start, end
