"""A black square with white ink on it: what was drawn, the way back and forth, its picture."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from aegui.records import FloatArray
from aegui.ui.handing.export import install_export_menu
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.draw.brush import brush_cursor
from aegui.ui.views.draw.sheet import Sheet
from aegui.ui.views.draw.strokes import Drawing, Stamp, Stroke
from aegui.ui.views.row_drag import RowTarget

BRUSH_WIDTH = 0.1

_SIDE = 560
SMALLEST, LARGEST = 220, 640
_USUAL = 420
_CORNER = 6


class SheetCanvas(RowTarget):
    """A square to draw on. Strokes are kept in units of its side, so its size may change.

    The hand that draws is ``Canvas``'s.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._drawing = Drawing()
        self._sheet = Sheet(_SIDE)
        self._stroke: Stroke | None = None
        self._brush_width = BRUSH_WIDTH
        self._focus_colour = QColor(DARK.accent)
        self._was_empty = True
        self._invitation = "Draw a digit here"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumSize(LARGEST, LARGEST)
        install_export_menu(self, "drawing", image=self.image)

    @property
    def is_empty(self) -> bool:
        """Whether there is no ink at all."""
        return self._sheet.is_blank

    @property
    def can_undo(self) -> bool:
        """Whether there is a stroke or a clearing to take back."""
        return self._drawing.can_undo or self._stroke is not None

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back and nothing was drawn since."""
        return self._drawing.can_redo and self._stroke is None

    @property
    def brush_width(self) -> float:
        """Width of the next stroke at neutral pressure, in units of the canvas' side."""
        return self._brush_width

    def set_brush_width(self, width: float) -> None:
        """Take another brush, ``width`` in units of the canvas' side."""
        self._brush_width = width
        self._show_brush()

    def invite(self, noun: str) -> None:
        """Say on the empty canvas what is to be drawn, such as ``digit``."""
        self._invitation = f"Draw a {noun} here"
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colour of the frame that shows the focus; the field is black in any theme."""
        self._focus_colour = QColor(theme.accent)
        self.update()

    def ink(self) -> FloatArray:
        """Return the drawing as (560, 560), 0 for the ground and 1 for full ink."""
        return self._sheet.ink()

    def image(self) -> QImage:
        """Return the drawing as a grey picture of 560 × 560 pixels."""
        return self._view_of_sheet().copy()

    def undo(self) -> None:
        """Take back the last stroke, or the last clearing."""
        self._finish_stroke()
        if self._drawing.can_undo:
            self._drawing.undo()
            self._redraw()

    def redo(self) -> None:
        """Bring back what was taken back last."""
        self._finish_stroke()
        if self._drawing.can_redo:
            self._drawing.redo()
            self._redraw()

    def clear(self) -> None:
        """Take away all ink; undo brings it back."""
        self._finish_stroke()
        if self._drawing.strokes:
            self._drawing.clear()
            self._redraw()

    def put_picture(self, pixels: FloatArray) -> None:
        """Put a picture, (height, width) in [0, 1], in the place of the drawing, to undo."""
        self._finish_stroke()
        self._drawing.put(Stamp(pixels))
        self._redraw()

    def sizeHint(self) -> QSize:
        """Ask for the usual size."""
        return QSize(_USUAL, _USUAL)

    def minimumSizeHint(self) -> QSize:
        """Ask for a size that a digit can be drawn in."""
        return QSize(SMALLEST, SMALLEST)

    def heightForWidth(self, width: int) -> int:
        """Be a square."""
        return width

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pointer as large as the brush."""
        super().resizeEvent(event)
        self._show_brush()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the field, then the ink or the invitation, then the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = self._field()
        outline = QPainterPath()
        outline.addRoundedRect(field, _CORNER, _CORNER)
        painter.fillPath(outline, Qt.GlobalColor.black)
        if self.is_empty:
            painter.setPen(QColor(DARK.muted))
            painter.drawText(field, Qt.AlignmentFlag.AlignCenter, self._invitation)
        else:
            self._paint_ink(painter, field, outline)
        if self.hasFocus():
            painter.setPen(QPen(self._focus_colour, 1))
            painter.drawRoundedRect(field.adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)

    def _paint_ink(self, painter: QPainter, field: QRectF, outline: QPainterPath) -> None:
        painter.save()
        painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        # Added to the field, the sheet's black leaves the soft edge of the corners as it is.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        painter.drawImage(field, self._view_of_sheet())
        painter.restore()

    def _view_of_sheet(self) -> QImage:
        """Return an image that shares the sheet's memory; valid as long as the sheet."""
        return QImage(self._sheet.pixels.data, _SIDE, _SIDE, _SIDE, QImage.Format.Format_Grayscale8)

    def _field(self) -> QRectF:
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, 0, side, side)

    def _finish_stroke(self) -> None:
        if self._stroke is None:
            return
        stroke, self._stroke = self._stroke, None
        self._drawing.add(stroke)
        self._announce(self._sheet.add(stroke.end(), erases=stroke.erases))

    def _redraw(self) -> None:
        self._sheet.redraw(self._drawing.strokes)
        self._was_empty = self.is_empty
        self.update()
        self.changed.emit()

    def _announce(self, touched: QRectF) -> None:
        """Repaint the part that was touched, given in units of the side, and say so."""
        if self.is_empty != self._was_empty:
            # The invitation comes or goes.
            self._was_empty = self.is_empty
            self.update()
        field = self._field()
        part = QRectF(touched.topLeft() * field.width(), touched.size() * field.width())
        self.update(part.translated(field.topLeft()).toAlignedRect())
        self.changed.emit()

    def _show_brush(self) -> None:
        width = round(self._brush_width * self._field().width())
        self.setCursor(brush_cursor(width, self.devicePixelRatioF()))
