"""A row under the mouse, enlarged: original, reconstruction and their difference."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from aegui.data import Dataset
from aegui.records import FloatArray
from aegui.ui.forms import label
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.pictures import ValueRange, curve_path, difference_image, grey_image
from aegui.ui.views.readout import Reading, has_readout, read_out
from aegui.ui.views.readout_table import ReadoutTable
from aegui.ui.views.row_words import describe_row

_SIDE = 140
_CURVES = QSize(218, 140)
_DISTANCE = 18
_EDGE = 6
_PICTURE_NOTE = "Difference: blue where the reconstruction is brighter, red where it is darker."
_CURVE_NOTE = "Difference: the reconstruction less the original; the level line is 0."


class HoverCard(QFrame):
    """A frame over the window of ``owner`` that takes neither the mouse nor the keyboard."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.setProperty("role", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._owner = owner
        self._theme = DARK
        self._pictures = [QLabel() for _ in range(3)]
        self._names = [label("", "muted") for _ in range(3)]
        self._text = label()
        self._note = label("", "muted")
        self.readout = ReadoutTable()
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28)
        shadow.setOffset(0, 4)
        self.setGraphicsEffect(shadow)
        row = QHBoxLayout()
        row.setSpacing(10)
        for picture, name in zip(self._pictures, self._names, strict=True):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(name)
            column.addWidget(picture)
            row.addLayout(column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        layout.addLayout(row)
        layout.addWidget(self._text)
        layout.addWidget(self.readout)
        layout.addWidget(self._note)
        self.hide()

    @property
    def text(self) -> str:
        """What is written under the pictures."""
        return self._text.text()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``, from the next row on."""
        self._theme = theme

    def show_row(
        self,
        text: str,
        original: FloatArray,
        reconstruction: FloatArray,
        image_shape: tuple[int, int] | None,
        value_range: ValueRange,
        at: QPoint,
        readings: Sequence[Reading] = (),
    ) -> None:
        """Show a row, (features,), and its reconstruction beside a point of the screen.

        ``image_shape`` is (height, width) where rows are pictures; ``value_range`` is what is
        black and what is white, or the bottom and the top of curves. ``readings`` tell some of
        its columns in the file's units.
        """
        self._text.setText(text)
        difference = reconstruction - original
        if image_shape is None:
            self._show_curves(original, reconstruction, difference, value_range)
        else:
            span = value_range[1] - value_range[0]
            images = [
                grey_image(original, image_shape, value_range),
                grey_image(reconstruction, image_shape, value_range),
                difference_image(difference, image_shape, span, self._theme),
            ]
            names = ["Original", "Reconstruction", "Difference"]
            self._show(names, [self._enlarged(image) for image in images])
            self._note.setText(_PICTURE_NOTE)
        self.readout.show_readings(readings)
        self._stand_at(at)

    def show_test_row(
        self,
        dataset: Dataset,
        row: int,
        reconstruction: FloatArray,
        at: QPoint,
        errors: FloatArray | None = None,
    ) -> None:
        """Show a test row of a dataset, named, and what a model makes of it, (features,).

        ``errors`` are those of all test rows, where they are known.
        """
        original = dataset.test[row]
        readings = read_out(dataset, original, reconstruction) if has_readout(dataset) else ()
        self.show_row(
            describe_row(dataset, row, errors),
            original,
            reconstruction,
            dataset.image_shape,
            dataset.value_range,
            at,
            readings,
        )

    def _show(self, names: list[str], pixmaps: list[QPixmap]) -> None:
        for number, (picture, name) in enumerate(zip(self._pictures, self._names, strict=True)):
            there = number < len(pixmaps)
            picture.setVisible(there)
            name.setVisible(there)
            if there:
                picture.setPixmap(pixmaps[number])
                name.setText(names[number])

    def _show_curves(
        self,
        original: FloatArray,
        reconstruction: FloatArray,
        difference: FloatArray,
        value_range: ValueRange,
    ) -> None:
        span = value_range[1] - value_range[0]
        muted, accent = self._theme.muted, self._theme.accent
        both = self._curves([(original, muted), (reconstruction, accent)], value_range)
        apart = self._curves([(difference * 0, muted), (difference, accent)], (-span, span))
        self._show(["Original and reconstruction", "Difference"], [both, apart])
        self._note.setText(_CURVE_NOTE)

    def _enlarged(self, image: QImage) -> QPixmap:
        ratio = self.devicePixelRatioF()
        side = round(self._theme.px(_SIDE) * ratio)
        pixmap = QPixmap.fromImage(image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _curves(self, curves: list[tuple[FloatArray, str]], value_range: ValueRange) -> QPixmap:
        ratio = self.devicePixelRatioF()
        size = _CURVES * self._theme.scale
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(self._theme.field))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(6, 6, size.width() - 12, size.height() - 12)
        for values, colour in curves:
            painter.setPen(QPen(QColor(colour), 2 * self._theme.scale))
            painter.drawPath(curve_path(values, value_range, area))
        painter.end()
        return pixmap

    def _stand_at(self, at: QPoint) -> None:
        """Stand right of and below a point, or on its other side where the window ends."""
        window = self._owner.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        place, size = window.mapFromGlobal(at), self.sizeHint()
        x = place.x() + _DISTANCE
        if x + size.width() > window.width() - _EDGE:
            x = place.x() - _DISTANCE - size.width()
        y = place.y() + _DISTANCE
        if y + size.height() > window.height() - _EDGE:
            y = place.y() - _DISTANCE - size.height()
        self.move(
            min(max(x, _EDGE), max(window.width() - size.width() - _EDGE, _EDGE)),
            min(max(y, _EDGE), max(window.height() - size.height() - _EDGE, _EDGE)),
        )
        self.show()
        self.raise_()
