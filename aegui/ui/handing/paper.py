"""Pictures for paper: on white, in colours that print, as PDF and as SVG."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPoint, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsView, QWidget

from aegui.ui.theme import PAPER, Theme, palette_for, stylesheet, theme_in_force

_POINTS_PER_PIXEL = 72 / 96
# As finely as printers place dots: a picture's pixels keep their edges.
_DOTS_PER_INCH = 1200


@runtime_checkable
class Themed(Protocol):
    """A widget that paints in the colours of a theme."""

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        ...


@contextmanager
def on_paper(widget: QWidget) -> Iterator[None]:
    """Let a widget look as on paper for a moment, in which nothing is shown on the screen."""
    style, palette = widget.styleSheet(), widget.palette()
    in_force = theme_in_force()
    try:
        _dress(widget, PAPER, stylesheet(PAPER))
        widget.setPalette(palette_for(PAPER))
        yield
    finally:
        _dress(widget, in_force, style)
        widget.setPalette(palette)


def at_one_to_one(image: QImage) -> QImage:
    """Return a picture with one pixel to one of the screen's, where it has more."""
    ratio = image.devicePixelRatio()
    if ratio <= 1:
        return image
    size = image.size() / ratio
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    small.setDevicePixelRatio(1.0)
    return small


def write_pdf_of_view(path: Path, view: QGraphicsView) -> None:
    """Write what a view shows as a PDF page of its size; raises ``OSError``."""
    # Axes are recorded at the screen's resolution, and would be scaled to another.
    with _page(path, view.size().toSizeF(), view.logicalDpiX()) as painter:
        view.render(painter)


def write_pdf_of_image(path: Path, image: QImage) -> None:
    """Write a picture as a PDF page of its size; raises ``OSError`` when it is empty."""
    if image.isNull():
        raise OSError("there is no picture yet")
    with _page(path, image.deviceIndependentSize(), _DOTS_PER_INCH) as painter:
        painter.drawImage(QRectF(painter.viewport()), image)


def write_svg_of_widget(path: Path, widget: QWidget) -> None:
    """Write what a widget paints as SVG of its size; raises ``OSError``."""
    with svg_page(path, widget) as painter:
        # A QGraphicsView has a render() of its own, which leaves its child widgets out.
        QWidget.render(widget, painter, QPoint())


@contextmanager
def svg_page(path: Path, widget: QWidget, title: str = "") -> Iterator[QPainter]:
    """Give what draws on an SVG of a widget's size, and write that; raises ``OSError``."""
    buffer, generator = QBuffer(), QSvgGenerator()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator.setOutputDevice(buffer)
    # Axes are recorded at the screen's resolution, and would be scaled to another.
    generator.setResolution(widget.logicalDpiX())
    generator.setSize(widget.size())
    generator.setViewBox(widget.rect())
    generator.setTitle(title)
    painter = QPainter(generator)
    try:
        yield painter
    finally:
        painter.end()
    path.write_bytes(buffer.data().data())


@contextmanager
def _page(path: Path, size: QSizeF, resolution: int) -> Iterator[QPainter]:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(resolution)
    writer.setPageSize(QPageSize(size * _POINTS_PER_PIXEL, QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF())
    writer.setCreator("aegui")
    painter = QPainter(writer)
    try:
        yield painter
    finally:
        painter.end()
    path.write_bytes(buffer.data().data())


def _dress(widget: QWidget, theme: Theme, style: str) -> None:
    widget.setStyleSheet(style)
    if isinstance(widget, Themed):
        widget.set_theme(theme)
