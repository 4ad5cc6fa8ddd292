"""Where a picture goes in a square field."""

from PySide6.QtCore import QRectF


def room_for(shape: tuple[int, int], field: QRectF) -> QRectF:
    """Return the part of a square field that a picture of ``shape`` (height, width) fills.

    It is as large as the field allows, in its middle, and as long and as wide as it should be.
    """
    height, width = shape
    longest = max(height, width)
    place = QRectF(0, 0, field.width() * width / longest, field.height() * height / longest)
    place.moveCenter(field.center())
    return place
