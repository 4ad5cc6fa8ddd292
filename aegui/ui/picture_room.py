"""Where a picture goes in a square field."""

from PySide6.QtCore import QRectF

# A narrower square cannot be made out; one of 28 pixels is four times as large at least.
_LEAST_WIDTH = 96


def sharp_sizes(side: int, most: int) -> list[int]:
    """Return how wide a square of ``side`` pixels can be, rising, up to ``most`` if one fits.

    It is a whole number of times larger, or smaller, so that its pixels are alike.
    """
    smaller = [side // times for times in range(side // _LEAST_WIDTH, 1, -1)]
    larger = range(side, max(most, 2 * _LEAST_WIDTH) + 1, side)
    sizes = [size for size in (*smaller, *larger) if size >= _LEAST_WIDTH]
    return [size for size in sizes if size <= most] or sizes[:1]


def room_for(shape: tuple[int, int], field: QRectF) -> QRectF:
    """Return the part of a square field that a picture of ``shape`` (height, width) fills.

    It is as large as the field allows, in its middle, and as long and as wide as it should be.
    """
    height, width = shape
    longest = max(height, width)
    place = QRectF(0, 0, field.width() * width / longest, field.height() * height / longest)
    place.moveCenter(field.center())
    return place
