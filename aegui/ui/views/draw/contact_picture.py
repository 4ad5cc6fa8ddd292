"""A contact sheet as one picture: own digits, and below each what the model made of it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from aegui.records import FloatArray
from aegui.ui.theme import Theme
from aegui.ui.views.pictures import grey_image

_SIDE, _GAP, _EDGE, _CAPTION = 140, 12, 28, 30


def contact_picture(
    digits: list[int],
    rows: FloatArray,
    made: FloatArray | None,
    shape: tuple[int, int],
    title: str,
    theme: Theme,
) -> QImage:
    """Return the sheet; a null image without rows.

    Parameters
    ----------
    digits
        What each row was meant to be.
    rows, made
        (digits, pixels) in [0, 1]; ``made`` may be missing still.
    shape
        (height, width) of a row.
    title
        Written below, such as the model's name.
    theme
        Its colours are those of the ground and of the words.
    """
    if not digits:
        return QImage()
    width = 2 * _EDGE + len(digits) * _SIDE + (len(digits) - 1) * _GAP
    height = 2 * _EDGE + 2 * _SIDE + _GAP + 2 * _CAPTION
    image = QImage(QSize(width, height), QImage.Format.Format_RGB32)
    image.fill(QColor(theme.surface))
    painter = QPainter(image)
    font = QFont(painter.font())
    font.setPixelSize(16)
    painter.setFont(font)
    for number, digit in enumerate(digits):
        layers = (rows[number], None if made is None else made[number])
        _paint_digit(painter, number, str(digit), layers, shape, theme)
    below = QRect(_EDGE, height - _EDGE - 12, width - 2 * _EDGE, _CAPTION)
    words = f"Drawn above, rebuilt below · {title}"
    painter.drawText(below, Qt.AlignmentFlag.AlignLeft, words)
    painter.end()
    return image


def _paint_digit(
    painter: QPainter,
    number: int,
    name: str,
    layers: tuple[FloatArray, FloatArray | None],
    shape: tuple[int, int],
    theme: Theme,
) -> None:
    """Paint a digit's column: its name, then what was drawn over what was made of it."""
    left = _EDGE + number * (_SIDE + _GAP)
    painter.setPen(QColor(theme.muted))
    head = QRect(left, _EDGE - 4, _SIDE, _CAPTION)
    painter.drawText(head, Qt.AlignmentFlag.AlignHCenter, name)
    for line, row in enumerate(layers):
        field = QRect(left, _EDGE + _CAPTION - 4 + line * (_SIDE + _GAP), _SIDE, _SIDE)
        painter.fillRect(field, QColor(theme.grid))
        if row is not None:
            painter.drawImage(field, grey_image(row, shape, (0.0, 1.0)))
