"""One row as a picture or as a curve, whichever the data are; or a few words in its place."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from aegui.records import FloatArray
from aegui.ui.handing.export import Table, install_export_menu, picture_of
from aegui.ui.picture_room import room_for
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.pictures import ValueRange, curve_path, grey_image
from aegui.ui.views.text import small_font

_INSET = 6.0


class RowPicture(QWidget):
    """A square field of a fixed side.

    Parameters
    ----------
    name
        What it shows, in words; also the name of a file that it is saved to.
    side
        Its width and height in pixels, at the usual scale.
    """

    def __init__(self, name: str, side: int) -> None:
        super().__init__()
        self._theme = DARK
        self._side = side
        self._row: FloatArray | None = None
        self._words = ""
        self._shape: tuple[int, int] | None = None
        self._value_range: ValueRange = (0.0, 1.0)
        self._names: Sequence[str] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(side, side)
        install_export_menu(self, name, image=lambda: picture_of(self), table=self.table)

    @property
    def row(self) -> FloatArray | None:
        """The row that is shown, (features,), if any."""
        return self._row

    @property
    def words(self) -> str:
        """What stands in its place."""
        return self._words

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of a theme."""
        self._theme = theme
        self.setFixedSize(theme.px(self._side), theme.px(self._side))
        self.update()

    def set_kind(
        self,
        shape: tuple[int, int] | None,
        value_range: ValueRange,
        names: Sequence[str] = (),
    ) -> None:
        """Say what rows are: pictures of (height, width), or curves; and their least and most.

        ``names`` are those of a row's numbers; without any they are counted.
        """
        self._shape, self._value_range, self._names = shape, value_range, names
        self.show_row(None)

    def show_row(self, row: FloatArray | None, words: str = "") -> None:
        """Show a row, (features,); without one, words."""
        self._row = None if row is None else row.reshape(-1)
        self._words = words
        self.update()

    def table(self) -> Table:
        """Return the row's numbers."""
        row = [] if self._row is None else self._row.tolist()
        places = self._names or range(1, len(row) + 1)
        return ("feature", "value"), list(zip(places, row, strict=False))

    def sizeHint(self) -> QSize:
        """Return the side."""
        return self.minimumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row, or the words."""
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._row is not None and self._shape is not None:
            self._draw_picture(painter, self._row, self._shape)
            return
        painter.setPen(QColor(self._theme.border))
        painter.setBrush(QColor(self._theme.field))
        painter.drawRect(area)
        if self._row is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.link), 1.6 * self._theme.scale))
            inside = area.adjusted(_INSET, _INSET, -_INSET, -_INSET)
            painter.drawPath(curve_path(self._row, self._value_range, inside))
        elif self._words:
            painter.setPen(QColor(self._theme.muted))
            painter.setFont(small_font(self._theme))
            painter.drawText(
                area.adjusted(4, 4, -4, -4),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self._words,
            )

    def _draw_picture(self, painter: QPainter, row: FloatArray, shape: tuple[int, int]) -> None:
        image = grey_image(row, shape, self._value_range)
        painter.drawImage(room_for(shape, QRectF(self.rect())), image)
