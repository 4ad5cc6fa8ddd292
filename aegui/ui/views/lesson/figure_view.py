"""Any figure, drawn: panels beside and below each other, in the colours of a theme."""

from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage

from aegui.records.figures import Bars, Curve, Dots, Figure, Mark, Sheet, Whiskers
from aegui.ui.handing.export import Table, install_export_menu, picture_of
from aegui.ui.handing.paper import svg_page, write_pdf_of_view
from aegui.ui.theme import DARK, Theme
from aegui.ui.views.lesson.figure_blocks import Paragraph
from aegui.ui.views.lesson.figure_panel import PanelLayout, kind_of

_NOTHING = Figure("figure", "", ())


class FigureView(pg.GraphicsLayoutWidget):
    """Shows one figure; a figure of the same build is shown by the items of the one before.

    Parameters
    ----------
    titled
        Whether the figure's title is written above it, as in a file.
    """

    def __init__(self, *, titled: bool = False) -> None:
        super().__init__()
        self._figure = _NOTHING
        self._theme = DARK
        self._titled = titled
        self._title = Paragraph(is_title=True)
        self._note = Paragraph()
        self._grid: pg.GraphicsLayout | None = None
        self._panels: list[PanelLayout] = []
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAntialiasing(True)
        self.ci.setContentsMargins(12, 10, 6, 8)
        self.ci.layout.setVerticalSpacing(6)
        self.addItem(self._title, 0, 0)
        self.addItem(self._note, 2, 0)
        install_export_menu(
            self,
            "figure",
            image=self.picture,
            svg=self.write_svg,
            pdf=self.write_pdf,
            table=self.table,
        )
        self.set_theme(self._theme)

    @property
    def figure(self) -> Figure:
        """What is shown."""
        return self._figure

    @property
    def panels(self) -> list[PanelLayout]:
        """The panels that are shown, in their order."""
        return list(self._panels)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the scale of ``theme``."""
        self._theme = theme
        self.setBackground(theme.surface)
        self._title.set_theme(theme)
        self._note.set_theme(theme)
        self._show_panels()

    def show_figure(self, figure: Figure) -> None:
        """Show a figure; what it has in common in build with the last one is kept."""
        if self._grid is None or _build(figure) != _build(self._figure):
            self._rebuild(figure)
        self._figure = figure
        self.setAccessibleName(figure.title)
        self._title.set_text(figure.title if self._titled else "")
        self._note.set_text(figure.note)
        self._show_panels()

    def picture(self) -> QImage:
        """Return what is shown, with two pixels to one of the screen's."""
        return picture_of(self)

    def write_svg(self, path: Path) -> None:
        """Write the figure as SVG; raises ``OSError`` when ``path`` cannot be written."""
        with svg_page(path, self, self._figure.title) as painter:
            self.render(painter)

    def write_pdf(self, path: Path) -> None:
        """Write the figure as a PDF page; raises ``OSError`` when ``path`` cannot be written."""
        write_pdf_of_view(path, self)

    def table(self) -> Table:
        """Return the numbers shown: panel, mark, place and height of each."""
        rows = [
            (panel.title, *line)
            for panel in self._figure.panels
            for mark in panel.marks
            for line in _numbers(mark)
        ]
        return ("panel", "name", "x", "y"), rows

    def sizeHint(self) -> QSize:
        """Return a size that does not follow what is shown."""
        return QSize(700, 420)

    def _rebuild(self, figure: Figure) -> None:
        if self._grid is not None:
            self.removeItem(self._grid)
        self._grid = pg.GraphicsLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.layout.setSpacing(14)
        self._panels = []
        for place, panel in enumerate(figure.panels):
            made = PanelLayout(kind_of(panel))
            row, column = divmod(place, figure.columns)
            self._grid.addItem(made, row, column)
            # Without a preference of their own, columns share the width evenly.
            self._grid.layout.setColumnPreferredWidth(column, 100 * panel.share)
            self._grid.layout.setColumnStretchFactor(column, panel.share)
            self._grid.layout.setRowPreferredHeight(row, 100)
            self._panels.append(made)
        self.addItem(self._grid, 1, 0)
        # Without panels the layout had shrunk to its two paragraphs.
        self.ci.setGeometry(QRectF(self.rect()))

    def _show_panels(self) -> None:
        for panel, made in zip(self._figure.panels, self._panels, strict=True):
            made.show_panel(panel, self._theme)


def _build(figure: Figure) -> tuple[object, ...]:
    """Return what decides which items a figure takes."""
    return (figure.columns, *((kind_of(panel), panel.share) for panel in figure.panels))


def _numbers(mark: Mark) -> list[tuple[object, ...]]:
    match mark:
        case Bars():
            return [(mark.name, x, y) for x, y in zip(mark.edges, mark.heights, strict=False)]
        case Curve() | Dots() | Whiskers():
            return [(mark.name, x, y) for x, y in zip(mark.x, mark.y, strict=True)]
        case Sheet():
            return [("", *line) for line in mark.lines]
        case _:
            return []
