"""Rows of numbers as pictures: grey images, signed differences, curves."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainterPath

from aegui.records import FloatArray
from aegui.ui.theme import Theme

ValueRange = tuple[float, float]
Grey = NDArray[np.uint8]


def grey_levels(rows: FloatArray, value_range: ValueRange) -> Grey:
    """Return 0 … 255 for the low … high end of ``value_range``, in the shape of ``rows``.

    The range is that of the data and never that of one row, so brightness can be compared;
    values beyond it are clipped, and what is not a number is black.
    """
    low, high = value_range
    # Clipped first: a model that goes astray makes numbers that overflow when they are scaled.
    inside = np.clip(np.nan_to_num(rows, nan=low), low, high)
    return np.rint((inside - low) * (255.0 / ((high - low) or 1.0))).astype(np.uint8)


def grey_image(row: FloatArray, shape: tuple[int, int], value_range: ValueRange) -> QImage:
    """Return a row as a picture of ``shape`` (height, width)."""
    levels = np.ascontiguousarray(grey_levels(row, value_range).reshape(shape))
    height, width = shape
    image = QImage(levels.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
    return image.copy()


def difference_image(
    difference: FloatArray, shape: tuple[int, int], span: float, theme: Theme
) -> QImage:
    """Return a signed difference as a picture: red below zero, blue above, quiet around it.

    Parameters
    ----------
    difference
        Reconstruction − original, (features,).
    shape
        (height, width).
    span
        The difference that has the full colour, either way.
    theme
        Its field is the colour of zero, its error and accent those of the two ends.
    """
    strength = np.clip(np.nan_to_num(difference) / (span or 1.0), -1.0, 1.0).reshape(*shape, 1)
    zero, below, above = (rgb(name) for name in (theme.field, theme.error, theme.accent))
    end = np.where(strength < 0, below, above)
    return rgb_image(zero + np.sqrt(np.abs(strength)) * (end - zero))


def curve_path(values: FloatArray, value_range: ValueRange, area: QRectF) -> QPainterPath:
    """Return a row of numbers as a line through ``area``, the range's low end at its bottom.

    Values are clipped to the range; those that are not numbers are left out. A single number
    is a level line.
    """
    numbers = np.repeat(values, 2) if values.size == 1 else values
    low, high = value_range
    share = (np.clip(numbers, low, high) - low) / ((high - low) or 1.0)
    places = np.linspace(area.left(), area.right(), numbers.size)
    heights = area.bottom() - share * area.height()
    is_number = np.isfinite(heights)
    return pg.arrayToQPath(places[is_number], heights[is_number])


def rgb_image(colours: NDArray[np.float64]) -> QImage:
    """Return colours, (height, width, 3) from 0 to 255, as a picture."""
    pixels = np.ascontiguousarray(np.rint(colours).astype(np.uint8))
    height, width, _ = pixels.shape
    image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return image.copy()


def rgb(name: str) -> NDArray[np.float64]:
    """Return a colour by its name, ``#rrggbb``, as three numbers from 0 to 255."""
    colour = QColor(name)
    return np.array([colour.red(), colour.green(), colour.blue()], dtype=np.float64)
