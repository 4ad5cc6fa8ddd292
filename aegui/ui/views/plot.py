"""The plot that the others are made from: flat, quiet, and always the same shape."""

from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QImage, QPaintEvent

from aegui.ui.handing.export import Table, install_export_menu, picture_of
from aegui.ui.handing.paper import svg_page, write_pdf_of_view
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.axis import PlotAxis
from aegui.ui.views.focus import draw_focus_frame
from aegui.ui.views.text import small_font

# Of two moves within 10 ms pyqtgraph would drop the later one, also where the hand then rests.
pg.setConfigOption("mouseRateLimit", 0)

_MARGINS = (0, 6, 16, 0)
_LEFT_WIDTH = 58
_BOTTOM_HEIGHT = 38
# Below the view box, so that grid lines do not run through what is drawn in it.
_BEHIND = -1000


class Plot(pg.PlotWidget):
    """A plot in the colours of the theme, whose axes keep their place.

    The mouse neither pans nor zooms, so the plot cannot be lost; it has the right-click menu
    of all pictures.

    Parameters
    ----------
    name
        Proposed as the name of saved files.
    whole_x, whole_y
        Whether the numbers along an axis are whole.
    """

    def __init__(self, name: str, *, whole_x: bool = False, whole_y: bool = False) -> None:
        bottom, left = PlotAxis("bottom", whole=whole_x), PlotAxis("left", whole=whole_y)
        axes = {"bottom": bottom, "left": left, "right": PlotAxis("right")}
        # Menus that nobody would see take as long to make as the rest of a plot.
        super().__init__(axisItems=axes, enableMenu=False)
        self.plotItem.hideAxis("right")
        self._bottom, self._left = bottom, left
        self._theme = DARK
        self._labels: dict[str, str] = {}
        self._has_frame = False
        for axis in (bottom, left):
            axis.setZValue(_BEHIND)
        self._free_above = 0.0
        self.plotItem.setContentsMargins(*_MARGINS)
        self.plotItem.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.plotItem.vb.disableAutoRange()
        self.setAntialiasing(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(200, 120)
        install_export_menu(
            self,
            name,
            image=self.picture,
            svg=self.write_svg,
            pdf=self.write_pdf,
            table=self.table,
        )

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        self._left.setWidth(theme.px(_LEFT_WIDTH))
        self._bottom.setHeight(theme.px(_BOTTOM_HEIGHT))
        self.setBackground(theme.surface)
        for axis in (self._left, self._bottom):
            axis.setPen(None)
            axis.setTickPen(pg.mkPen(theme.grid))
            axis.setTextPen(pg.mkPen(theme.muted))
            axis.setTickFont(small_font(theme))
        for side, text in self._labels.items():
            self.set_label(side, text)

    def set_label(self, side: str, text: str) -> None:
        """Write ``text`` along the ``left`` or the ``bottom`` axis."""
        self._labels[side] = text
        axis = self.plotItem.getAxis(side)
        font = small_font(self._theme)
        axis.setLabel(text, color=self._theme.muted, **{"font-size": f"{font.pixelSize()}px"})
        axis.label.setFont(font)
        # It stands where it would with the font that it had before.
        axis.resizeEvent()

    def keep_free(self, height: float) -> None:
        """Keep so many pixels free above the data."""
        if height != self._free_above:
            self._free_above = height
            left, top, right, bottom = _MARGINS
            self.plotItem.setContentsMargins(left, top + height, right, bottom)
            # At once: nothing is to be seen in its old place for a moment.
            self.plotItem.layout.activate()

    def area(self) -> QRectF:
        """Return where the data are drawn, in pixels of the view box."""
        return QRectF(self.plotItem.vb.rect())

    def picture(self) -> QImage:
        """Return what the plot shows, with two pixels to one of the screen's."""
        return picture_of(self)

    def write_svg(self, path: Path) -> None:
        """Write the plot as SVG; raises ``OSError`` when ``path`` cannot be written."""
        # pyqtgraph's own exporter fails on the closed paths that Qt writes.
        with svg_page(path, self, self.accessibleName()) as painter:
            self.render(painter)

    def write_pdf(self, path: Path) -> None:
        """Write the plot as a PDF page; raises ``OSError`` when ``path`` cannot be written."""
        write_pdf_of_view(path, self)

    def table(self) -> Table:
        """Return the numbers shown: headers and rows."""
        return (), ()

    def sizeHint(self) -> QSize:
        """Return a size that does not follow the present one, as a graphics view's would."""
        return QSize(320, 180)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard; whoever comes with the mouse knows where it is."""
        super().focusInEvent(event)
        self._has_frame = event.reason() != Qt.FocusReason.MouseFocusReason

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plot, and a frame when it has the keyboard."""
        super().paintEvent(event)
        if self._has_frame:
            draw_focus_frame(self, self._theme.accent)
